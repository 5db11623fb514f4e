package org.skep.interop;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skep.doors.SystemClock;
import org.skep.doors.SystemRandomness;
import org.skep.doors.ThreadTasks;
import org.skep.engine.Engine;
import org.skep.engine.SqlVault;
import org.skep.kernel.AccountId;
import org.skep.kernel.Audience;
import org.skep.kernel.Bytes;
import org.skep.kernel.Checked;
import org.skep.kernel.Evidence;
import org.skep.kernel.Facts;
import org.skep.kernel.FollowState;
import org.skep.kernel.Intent;
import org.skep.kernel.Lane;
import org.skep.kernel.LogPosition;
import org.skep.kernel.NewFact;
import org.skep.kernel.Origin;
import org.skep.kernel.RawItem;
import org.skep.kernel.Ref;
import org.skep.kernel.Target;
import org.skep.kernel.Vault;
import org.skep.kernel.Verdict;
import org.skep.networks.home.HomeNetwork;
import org.skep.networks.home.HomeOwnLog;
import org.skep.networks.scuttlebutt.ScuttlebuttNetwork;
import org.skep.networks.scuttlebutt.message.SignCap;
import org.skep.store.FileBlobs;
import org.skep.store.SqliteAliases;
import org.skep.store.SqliteFacts;
import org.skep.store.SqliteStore;

/** A real node in this process, without protocols: what is offered goes the way of all messages. */
final class InboxNode implements AutoCloseable {
  private final ThreadTasks tasks = new ThreadTasks();
  private final SqliteStore store;
  private final SqliteFacts facts;
  private final ScuttlebuttNetwork network;
  private final Engine engine;
  private final AccountId ana;

  /**
   * @param folder empty, or what another node left whose first person then is meant
   */
  InboxNode(Path folder, SignCap cap) throws IOException, InterruptedException {
    SystemClock clock = new SystemClock();
    SystemRandomness randomness = new SystemRandomness();
    store = SqliteStore.open(folder, clock, tasks);
    SqliteAliases aliases = new SqliteAliases();
    facts = new SqliteFacts(store, aliases);
    SqlVault vault = new SqlVault(randomness);
    network = new ScuttlebuttNetwork(vault, facts, clock, randomness, cap);
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
            List.of(new HomeNetwork(vault), network),
            (_, _) -> {});
    ana =
        store.read(vault::accounts).stream()
            .findFirst()
            .map(Vault.Account::id)
            .orElseGet(() -> engine.actions().createAccount("Ana", Map.of()));
  }

  /** Every row of every view. */
  List<String> views() {
    return engine.dumpViews();
  }

  /** Throws the views away and builds them from what is known. */
  void rebuild() throws InterruptedException {
    engine.rebuild((_, _) -> {});
  }

  /** What SQLite says of the whole file: {@code ok}. */
  String integrity() {
    return store.read(tx -> tx.first(row -> row.text(0), "PRAGMA integrity_check")).orElseThrow();
  }

  Checked check(Bytes message) {
    return network.check(message);
  }

  void follow(Ref person) {
    engine
        .actions()
        .act(
            ana,
            new Intent.Relate(
                new Target(List.of(person)), FollowState.FOLLOWING, Audience.ANYBODY));
  }

  /** Puts an entry of which the name alone is known at the end of an empty log. */
  void keepUnseen(Ref author, Ref entry, long sequence) {
    NewFact unseen =
        new NewFact(
            entry,
            author,
            new LogPosition(ScuttlebuttNetwork.LOG, sequence, Optional.empty()),
            1,
            Evidence.SELF_SIGNED,
            Bytes.ofUtf8("{}"));
    store.write(
        Lane.BULK,
        tx -> {
          facts.append(tx, facts.keep(tx, unseen, new Facts.Shown(1, 1, false), "a test"));
          return true;
        });
  }

  Verdict offer(Bytes message) throws InterruptedException {
    return engine
        .inbox()
        .offer(
            List.of(new RawItem(ScuttlebuttNetwork.ID, message)), new Origin("a test", Lane.LIVE))
        .getFirst();
  }

  @Override
  public void close() {
    engine.close();
    store.close();
    tasks.close();
  }
}
