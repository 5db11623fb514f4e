package org.skep.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.skep.engine.Engine;
import org.skep.engine.Page;
import org.skep.engine.PostView;
import org.skep.kernel.AccountId;
import org.skep.kernel.Audience;
import org.skep.kernel.Bytes;
import org.skep.kernel.Intent;
import org.skep.kernel.Tasks;
import org.skep.kernel.Verdict;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.testkit.scuttlebutt.Fixture;

/** The views of a node with real networks and a real past, built anew while it is in use. */
@Timeout(300)
class RebuildUnderLoadTest {
  private static final Fixture PAST = new Fixture(2, 3000, 30);

  @TempDir Path folder;
  private RealNode node;
  private Engine engine;
  private AccountId ana;

  @BeforeEach
  void open() throws InterruptedException {
    node = new RealNode(folder);
    engine = node.engine;
    ana = node.ana;
    PAST.feeds().forEach(node::follow);
    List<Bytes> batch = new ArrayList<>();
    for (ClassicMessage message : PAST.stream().toList()) {
      batch.add(message.text());
      if (batch.size() == 500) {
        take(batch);
        batch.clear();
      }
    }
    take(batch);
  }

  private void take(List<Bytes> batch) throws InterruptedException {
    for (Verdict verdict : node.offer(batch)) {
      assertInstanceOf(Verdict.Accepted.class, verdict);
    }
  }

  @AfterEach
  void close() {
    node.close();
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
    try (Tasks.Scope scope = node.tasks.scope("reader")) {
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
