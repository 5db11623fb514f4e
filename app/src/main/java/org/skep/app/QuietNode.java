package org.skep.app;

import java.nio.file.Path;
import java.util.List;
import org.skep.doors.SystemRandomness;
import org.skep.doors.ThreadTasks;
import org.skep.engine.Engine;
import org.skep.engine.SqlVault;
import org.skep.kernel.Clock;
import org.skep.networks.home.HomeNetwork;
import org.skep.networks.home.HomeOwnLog;
import org.skep.networks.scuttlebutt.ScuttlebuttNetwork;
import org.skep.networks.scuttlebutt.message.SignCap;
import org.skep.store.FileBlobs;
import org.skep.store.SqliteAliases;
import org.skep.store.SqliteFacts;
import org.skep.store.SqliteStore;

/** The rooms of a node over a data folder, without page and connections: nobody can reach it. */
public final class QuietNode implements AutoCloseable {
  private final ThreadTasks tasks = new ThreadTasks();
  private final SqliteAliases aliases = new SqliteAliases();
  private final SqliteStore store;
  private final FileBlobs blobs;
  private final SqlVault vault;
  private final Engine engine;

  /**
   * Opens the rooms; after a change of version that is when all views have been built anew.
   *
   * @param folder a data folder that only this process uses
   * @throws org.skep.kernel.StoreException when it can't be used, in words
   */
  public QuietNode(Path folder, SignCap signCap, Clock clock) throws InterruptedException {
    SystemRandomness randomness = new SystemRandomness();
    boolean whole = false;
    try {
      store = SqliteStore.open(folder, clock, tasks);
      try {
        blobs = FileBlobs.open(folder, store, clock);
        SqliteFacts facts = new SqliteFacts(store, aliases);
        vault = new SqlVault(randomness);
        engine =
            new Engine(
                new Engine.Ground(
                    store, facts, facts, blobs, aliases, vault, clock, randomness, tasks),
                new HomeOwnLog(vault, facts, clock, randomness),
                List.of(
                    new HomeNetwork(vault),
                    new ScuttlebuttNetwork(vault, facts, clock, randomness, signCap)),
                (_, _) -> {});
        whole = true;
      } finally {
        if (!whole) {
          store.close();
        }
      }
    } finally {
      if (!whole) {
        tasks.close();
      }
    }
  }

  public SqliteStore store() {
    return store;
  }

  public SqliteAliases aliases() {
    return aliases;
  }

  public FileBlobs blobs() {
    return blobs;
  }

  public SqlVault vault() {
    return vault;
  }

  public Engine engine() {
    return engine;
  }

  @Override
  public void close() {
    engine.close();
    store.close();
    tasks.close();
  }
}
