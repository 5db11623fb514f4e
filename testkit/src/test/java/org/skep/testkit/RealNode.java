package org.skep.testkit;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.skep.doors.SystemClock;
import org.skep.doors.SystemRandomness;
import org.skep.doors.ThreadTasks;
import org.skep.engine.Engine;
import org.skep.engine.SqlVault;
import org.skep.kernel.AccountId;
import org.skep.kernel.Audience;
import org.skep.kernel.Bytes;
import org.skep.kernel.FollowState;
import org.skep.kernel.Intent;
import org.skep.kernel.Lane;
import org.skep.kernel.Origin;
import org.skep.kernel.RawItem;
import org.skep.kernel.Ref;
import org.skep.kernel.Verdict;
import org.skep.networks.home.HomeNetwork;
import org.skep.networks.home.HomeOwnLog;
import org.skep.networks.scuttlebutt.ScuttlebuttNetwork;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.SignCap;
import org.skep.store.FileBlobs;
import org.skep.store.SqliteAliases;
import org.skep.store.SqliteFacts;
import org.skep.store.SqliteStore;

/** A node with real networks and a real store, without protocols and pages; Ana lives there. */
final class RealNode implements AutoCloseable {
  final ThreadTasks tasks = new ThreadTasks();
  final SystemClock clock = new SystemClock();
  final SqliteStore store;
  final SqliteFacts facts;
  final Engine engine;
  final AccountId ana;

  /**
   * @param folder empty
   */
  RealNode(Path folder) throws InterruptedException {
    store = SqliteStore.open(folder, clock, tasks);
    SqliteAliases aliases = new SqliteAliases();
    facts = new SqliteFacts(store, aliases);
    SystemRandomness randomness = new SystemRandomness();
    SqlVault vault = new SqlVault(randomness);
    engine =
        new Engine(
            new Engine.Ground(
                store,
                facts,
                facts,
                FileBlobs.open(folder, store, clock),
                aliases,
                vault,
                clock,
                randomness,
                tasks),
            new HomeOwnLog(vault, facts, clock, randomness),
            List.of(
                new HomeNetwork(vault),
                new ScuttlebuttNetwork(vault, facts, clock, randomness, SignCap.NONE)),
            (_, _) -> {});
    ana = engine.actions().createAccount("Ana", Map.of());
  }

  void follow(FeedId feed) {
    Ref name = ScuttlebuttNetwork.refOf(feed);
    engine
        .actions()
        .act(
            ana,
            new Intent.Relate(
                engine.composer().person(engine.reader().personNamed(name).id()),
                FollowState.FOLLOWING,
                Audience.ANYBODY));
  }

  /** Offers messages as a peer's. */
  List<Verdict> offer(List<Bytes> messages) throws InterruptedException {
    return engine
        .inbox()
        .offer(
            messages.stream().map(text -> new RawItem(ScuttlebuttNetwork.ID, text)).toList(),
            new Origin("a test", Lane.BULK));
  }

  @Override
  public void close() {
    engine.close();
    store.close();
    tasks.close();
  }
}
