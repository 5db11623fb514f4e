package org.skep.interop;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Waits for another process to reach a state: a condition with a deadline. */
final class Await {
  private static final Duration POLL = Duration.ofMillis(200);

  private Await() {}

  /**
   * Asks until the answer satisfies the condition.
   *
   * @throws AssertionError after {@code patience}, naming what was awaited and the last answer
   */
  static <T> T until(
      String what, Duration patience, Callable<T> question, Predicate<? super T> condition)
      throws Exception {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      T answer = question.call();
      if (condition.test(answer)) {
        return answer;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(
            "waited %d s in vain for %s; last answer: %s"
                .formatted(patience.toSeconds(), what, Objects.toString(answer)));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL.toMillis()));
    }
  }
}
