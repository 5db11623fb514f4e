package org.skep.bench;

import java.io.IOException;
import java.time.Duration;
import org.skep.kernel.Clock;

/** Waits for other processes: a condition with a deadline. */
final class Until {
  /** What is waited for. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws IOException, InterruptedException;
  }

  private Until() {}

  /**
   * Looks again and again.
   *
   * @throws IOException when it does not come in time, naming what was waited for
   */
  static void holds(
      Clock clock, String what, Duration between, Duration patience, Condition condition)
      throws IOException, InterruptedException {
    long deadline = clock.monotonicNanos() + patience.toNanos();
    while (!condition.holds()) {
      if (clock.monotonicNanos() - deadline > 0) {
        throw new IOException("waited " + patience.toSeconds() + " s in vain until " + what);
      }
      clock.sleep(between);
    }
  }
}
