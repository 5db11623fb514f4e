package org.skep.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.skep.doors.SystemClock;
import org.skep.doors.SystemRandomness;
import org.skep.doors.ThreadTasks;
import org.skep.engine.Engine;
import org.skep.engine.Page;
import org.skep.engine.PostView;
import org.skep.engine.SqlVault;
import org.skep.kernel.AccountId;
import org.skep.kernel.Audience;
import org.skep.kernel.FollowState;
import org.skep.kernel.Intent;
import org.skep.kernel.Lane;
import org.skep.kernel.Origin;
import org.skep.kernel.RawItem;
import org.skep.kernel.Tasks;
import org.skep.kernel.Verdict;
import org.skep.networks.home.HomeNetwork;
import org.skep.networks.home.HomeOwnLog;
import org.skep.networks.scuttlebutt.ScuttlebuttNetwork;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.SignCap;
import org.skep.store.FileBlobs;
import org.skep.store.SqliteAliases;
import org.skep.store.SqliteFacts;
import org.skep.store.SqliteStore;
import org.skep.testkit.scuttlebutt.Fixture;

/** The views of a node with real networks and a real past, built anew while it is in use. */
@Timeout(300)
class RebuildUnderLoadTest {
  private static final Fixture PAST = new Fixture(2, 3000, 30);

  @TempDir Path folder;
  private final ThreadTasks tasks = new ThreadTasks();
  private final SystemClock clock = new SystemClock();
  private SqliteStore store;
  private Engine engine;
  private AccountId ana;

  @BeforeEach
  void open() throws InterruptedException {
    store = SqliteStore.open(folder, clock, tasks);
    SqliteAliases aliases = new SqliteAliases();
    SqliteFacts facts = new SqliteFacts(store, aliases);
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
    for (FeedId feed : PAST.feeds()) {
      engine
          .actions()
          .act(
              ana,
              new Intent.Relate(
                  engine
                      .composer()
                      .person(engine.reader().personNamed(ScuttlebuttNetwork.refOf(feed)).id()),
                  FollowState.FOLLOWING,
                  Audience.ANYBODY));
    }
    List<RawItem> batch = new ArrayList<>();
    for (ClassicMessage message : PAST.stream().toList()) {
      batch.add(new RawItem(ScuttlebuttNetwork.ID, message.text()));
      if (batch.size() == 500) {
        take(batch);
        batch.clear();
      }
    }
    take(batch);
  }

  private void take(List<RawItem> batch) throws InterruptedException {
    for (Verdict verdict : engine.inbox().offer(batch, new Origin("fixture", Lane.BULK))) {
      assertInstanceOf(Verdict.Accepted.class, verdict);
    }
  }

  @AfterEach
  void close() {
    engine.close();
    store.close();
    tasks.close();
  }

  private void post(String text) {
    engine
        .actions()
        .act(
            ana,
            new Intent.Post(Audience.ANYBODY, text, Optional.empty(), "", List.of(), List.of()));
  }

  @Test
  void everyViewIsEqualAfterwardsIdsIncluded() throws InterruptedException {
    post("before the rebuild");
    List<String> before = engine.dumpViews();

    engine.rebuild((done, total) -> {});

    assertTrue(before.size() > PAST.messages(), "the dump holds rows: " + before.size());
    assertEquals(before, engine.dumpViews());
  }

  @Test
  void thePageAnswersAndPostsAreTakenMeanwhile() throws InterruptedException {
    AtomicInteger reads = new AtomicInteger();
    AtomicInteger posts = new AtomicInteger();
    AtomicLong readsAtLastStep = new AtomicLong();
    try (Tasks.Scope scope = tasks.scope("reader")) {
      scope.fork(
          "reads and posts",
          () -> {
            while (true) {
              List<PostView> home = engine.reader().home(ana, Page.newest(40));
              assertEquals(40, home.size());
              post("number " + posts.incrementAndGet());
              reads.incrementAndGet();
              if (Thread.interrupted()) {
                return;
              }
            }
          });

      engine.rebuild((done, total) -> {
        if (done < total) {
          readsAtLastStep.set(reads.get());
        }
      });
    }

    assertTrue(readsAtLastStep.get() > 0, "answers came while it was under way");
    List<String> after = engine.dumpViews();
    assertFalse(after.isEmpty());
    assertEquals(
        "number " + posts.get(), engine.reader().home(ana, Page.newest(1)).getFirst().text());
    engine.rebuild((done, total) -> {});
    assertEquals(after, engine.dumpViews(), "what came meanwhile stands as it would have");
  }
}
