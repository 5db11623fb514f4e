package org.skep.app;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.skep.kernel.Bell;
import org.skep.kernel.Clock;
import org.skep.kernel.DiskException;

/**
 * Keeps the data folder in shape while the node runs: again and again, each time a little, one step
 * after the other. A step that fails says so and is tried again later and later; the others have
 * their turn all the same. While nothing changes it rests, so that a machine that is left alone is
 * left to sleep.
 */
final class Upkeep {
  private static final System.Logger LOG = System.getLogger(Upkeep.class.getName());
  private static final Duration BETWEEN = Duration.ofMinutes(1);

  /** Some of what is tidied grows old without a change. */
  private static final Duration REST_MAX = Duration.ofMinutes(15);

  private static final int ROUNDS_BETWEEN_TRIES_MAX = 60;

  /** What is to be done each time; it ends early only by interruption or by failing. */
  @FunctionalInterface
  interface Work {
    /**
     * @return whether it is through; else it has its turn again soon, whether anything changes or
     *     not
     */
    boolean go() throws InterruptedException;
  }

  /** What is through each time that it does not fail. */
  @FunctionalInterface
  interface WholeWork {
    void go() throws InterruptedException;
  }

  static Work whole(WholeWork work) {
    return () -> {
      work.go();
      return true;
    };
  }

  private final Clock clock;
  private final Bell changed;
  private final List<Step> steps;
  private volatile Optional<String> trouble = Optional.empty();

  /**
   * @param changed rings when there may be something to tidy
   */
  Upkeep(Clock clock, Bell changed, Work... steps) {
    this.clock = clock;
    this.changed = changed;
    this.steps = Arrays.stream(steps).map(Step::new).toList();
  }

  private static final class Step {
    private final Work work;
    private int failures;
    private int roundsToRest;
    private Optional<String> trouble = Optional.empty();

    Step(Work work) {
      this.work = work;
    }

    /** Whether it is through. */
    boolean goIfDue() throws InterruptedException {
      if (roundsToRest > 1) {
        roundsToRest--;
        return false;
      }
      try {
        boolean through = work.go();
        failures = 0;
        roundsToRest = 0;
        trouble = Optional.empty();
        return through;
      } catch (RuntimeException e) {
        failures++;
        // Twice as long each time.
        roundsToRest = Math.min(1 << Math.min(failures - 1, 10), ROUNDS_BETWEEN_TRIES_MAX);
        trouble = Optional.of(words(e, roundsToRest));
        if (failures == 1 && !(e instanceof DiskException)) {
          LOG.log(System.Logger.Level.ERROR, "the data folder could not be tidied", e);
        }
        return false;
      }
    }

    private static String words(RuntimeException e, int minutes) {
      return "Skep could not tidy up its data folder ("
          + e.getMessage()
          + "). Nothing is lost, and it tries again in "
          + (minutes == 1 ? "a minute." : minutes + " minutes.");
    }
  }

  /** What keeps the data folder from being tidied, as one plain sentence. Any thread. */
  Optional<String> trouble() {
    return trouble;
  }

  /** Works until the thread is interrupted. */
  void run() throws InterruptedException {
    while (true) {
      if (once()) {
        changed.await(REST_MAX);
      }
      // Of what changes much changes at once.
      clock.sleep(BETWEEN);
    }
  }

  /**
   * Takes every step that is due.
   *
   * @return whether all are through
   */
  boolean once() throws InterruptedException {
    boolean through = true;
    for (Step step : steps) {
      through &= step.goIfDue();
      trouble = steps.stream().flatMap(each -> each.trouble.stream()).findFirst();
    }
    return through;
  }
}
