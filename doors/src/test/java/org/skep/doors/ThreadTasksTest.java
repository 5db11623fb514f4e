package org.skep.doors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skep.kernel.Tasks;

/** A scope that closed has no task left, whenever it was forked. */
@Timeout(60)
class ThreadTasksTest {
  private final ThreadTasks tasks = new ThreadTasks();

  @AfterEach
  void close() {
    tasks.close();
  }

  @Test
  void closingEndsWhatWaitsAndWaitsForItsLastWords() throws InterruptedException {
    Tasks.Scope scope = tasks.scope("test");
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    scope.fork(
        "waits for ever",
        () -> {
          try {
            begun.countDown();
            new CountDownLatch(1).await();
          } finally {
            ended.set(true);
          }
        });
    begun.await();

    scope.close();

    assertTrue(ended.get());
  }

  /** Each task ends only when all have been told to: else each would wait for those before it. */
  @Test
  void closingTellsAllAtOnce() throws InterruptedException {
    int count = 5;
    Tasks.Scope scope = tasks.scope("test");
    CountDownLatch begun = new CountDownLatch(count);
    CountDownLatch told = new CountDownLatch(count);
    AtomicInteger ended = new AtomicInteger();
    for (int i = 0; i < count; i++) {
      scope.fork(
          "ends slowly",
          () -> {
            begun.countDown();
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException e) {
              told.countDown();
            }
            assertTrue(told.await(30, TimeUnit.SECONDS));
            ended.incrementAndGet();
          });
    }
    begun.await();

    scope.close();

    assertEquals(count, ended.get());
  }

  @Test
  void aClosedScopeTakesNothingMore() {
    Tasks.Scope scope = tasks.scope("test");
    scope.close();

    assertThrows(IllegalStateException.class, () -> scope.fork("late", () -> {}));
  }

  @Test
  void noTaskOutlivesItsScopeThoughItWasForkedWhileThatClosed() throws InterruptedException {
    for (int i = 0; i < 200; i++) {
      forkWhileClosing();
    }
  }

  private void forkWhileClosing() throws InterruptedException {
    Tasks.Scope scope = tasks.scope("test");
    AtomicBoolean closed = new AtomicBoolean();
    AtomicBoolean outlived = new AtomicBoolean();
    CountDownLatch ready = new CountDownLatch(1);
    Thread forking =
        Thread.ofPlatform()
            .start(() -> {
              ready.countDown();
              try {
                while (true) {
                  scope.fork("short", () -> outlived.compareAndSet(false, closed.get()));
                }
              } catch (IllegalStateException expected) {
                ready.countDown();
              }
            });
    ready.await();

    scope.close();
    closed.set(true);
    forking.join();
    // What would have slipped through runs before this one, or beside it.
    try (Tasks.Scope after = tasks.scope("after")) {
      after.fork("last", () -> {});
      after.join();
    }

    assertFalse(outlived.get());
  }

  @Test
  void aTaskThatFailsEndsAlone() throws InterruptedException {
    try (Tasks.Scope scope = tasks.scope("test")) {
      CountDownLatch other = new CountDownLatch(1);
      scope.fork(
          "fails",
          () -> {
            throw new java.io.IOException("as it should");
          });
      scope.fork("goes on", other::countDown);

      assertTrue(other.await(30, TimeUnit.SECONDS));
      scope.join();
    }
  }

  @Test
  void answersStandInTheOrderOfTheWork() throws InterruptedException {
    AtomicInteger begun = new AtomicInteger();
    List<Callable<String>> work =
        List.of(
            () -> "a" + Integer.signum(begun.incrementAndGet()),
            () -> "b" + Integer.signum(begun.incrementAndGet()),
            () -> "c" + Integer.signum(begun.incrementAndGet()));

    assertEquals(List.of("a1", "b1", "c1"), tasks.compute(work));
  }
}
