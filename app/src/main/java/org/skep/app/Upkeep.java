package org.skep.app;

import java.time.Duration;
import java.util.Optional;
import org.skep.kernel.Clock;
import org.skep.kernel.DiskException;
import org.skep.kernel.StoreException;

/**
 * Keeps the database in shape while the node runs: again and again, each time a little. When the
 * disk does not let it, it says so and tries again later and later.
 */
final class Upkeep {
  private static final System.Logger LOG = System.getLogger(Upkeep.class.getName());
  private static final Duration BETWEEN = Duration.ofMinutes(1);
  private static final Duration AFTER_FAILURES_MAX = Duration.ofHours(1);

  /** What is to be done each time; it ends early only by interruption or because of the disk. */
  @FunctionalInterface
  interface Round {
    void go() throws InterruptedException;
  }

  private final Clock clock;
  private final Round round;
  private int failures;
  private volatile Optional<String> trouble = Optional.empty();

  Upkeep(Clock clock, Round round) {
    this.clock = clock;
    this.round = round;
  }

  /** What keeps the database from being tidied, as one plain sentence. Any thread. */
  Optional<String> trouble() {
    return trouble;
  }

  /** Works until the thread is interrupted. */
  void run() throws InterruptedException {
    while (true) {
      clock.sleep(once());
    }
  }

  /**
   * Works once.
   *
   * @return how long to wait before the next time
   */
  Duration once() throws InterruptedException {
    try {
      round.go();
      failures = 0;
      trouble = Optional.empty();
      return BETWEEN;
    } catch (StoreException e) {
      failures++;
      Duration wait = waitAfter(failures);
      trouble =
          Optional.of(
              "Skep could not tidy up its database ("
                  + e.getMessage()
                  + "). Nothing is lost, and it tries again in "
                  + (wait.toMinutes() == 1 ? "a minute." : wait.toMinutes() + " minutes."));
      if (failures == 1 && !(e instanceof DiskException)) {
        LOG.log(System.Logger.Level.ERROR, "the database could not be tidied", e);
      }
      return wait;
    }
  }

  /** Twice as long each time. */
  private static Duration waitAfter(int failures) {
    Duration wait = BETWEEN.multipliedBy(1L << Math.min(failures - 1, 10));
    return wait.compareTo(AFTER_FAILURES_MAX) < 0 ? wait : AFTER_FAILURES_MAX;
  }
}
