package org.skep.app.frozen;

import java.nio.file.Path;
import java.util.List;
import org.skep.doors.SystemRandomness;
import org.skep.doors.ThreadTasks;
import org.skep.engine.Engine;
import org.skep.engine.PeopleReader;
import org.skep.engine.SqlAddressBook;
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

/** The rooms of a node over a data folder, without its ports. */
final class OpenFolder implements AutoCloseable {
  final ThreadTasks tasks = new ThreadTasks();
  final SqliteStore store;
  final FileBlobs blobs;
  final SqlVault vault;
  final SqlAddressBook addresses;
  final PeopleReader people;
  final Engine engine;

  OpenFolder(Path folder, Clock clock) throws InterruptedException {
    SystemRandomness randomness = new SystemRandomness();
    store = SqliteStore.open(folder, clock, tasks);
    blobs = FileBlobs.open(folder, store, clock);
    SqliteAliases aliases = new SqliteAliases();
    SqliteFacts facts = new SqliteFacts(store, aliases);
    vault = new SqlVault(randomness);
    people = new PeopleReader(store, aliases);
    addresses = new SqlAddressBook(store);
    engine =
        new Engine(
            new Engine.Ground(store, facts, facts, blobs, aliases, vault, clock, randomness, tasks),
            new HomeOwnLog(vault, facts, clock, randomness),
            List.of(
                new HomeNetwork(vault),
                new ScuttlebuttNetwork(vault, facts, clock, randomness, SignCap.NONE)),
            (_, _) -> {});
  }

  @Override
  public void close() {
    engine.close();
    store.close();
    tasks.close();
  }
}
