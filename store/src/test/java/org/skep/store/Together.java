package org.skep.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Threads for tests, which may block as long as they like and fail aloud. */
final class Together implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;
  private static final long LOOK_AGAIN_NANOS = 200_000;

  private final List<Thread> threads = new ArrayList<>();
  private final List<FutureTask<Boolean>> results = new ArrayList<>();

  interface Work {
    void run() throws Exception;
  }

  /** Starts something on a virtual thread of its own. */
  Thread start(Work work) {
    FutureTask<Boolean> result =
        new FutureTask<>(() -> {
          work.run();
          return true;
        });
    results.add(result);
    Thread thread = Thread.ofVirtual().start(result);
    threads.add(thread);
    return thread;
  }

  /** Starts something and comes back when it waits. */
  Thread startAndLetWait(Work work) {
    Thread thread = start(work);
    until(() -> thread.getState() == Thread.State.WAITING);
    return thread;
  }

  /** Waits for all, and throws what the first failing one threw. */
  void finish() throws Exception {
    for (FutureTask<Boolean> result : results) {
      result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
  }

  static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("what was waited for did not happen");
      }
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
    }
  }

  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("what was waited for did not happen");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
