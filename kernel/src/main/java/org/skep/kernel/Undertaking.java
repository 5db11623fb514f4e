package org.skep.kernel;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Work that may take longer than a moment, from its beginning on: whoever does it says how far it
 * is, and whoever looks is told how far that is and how long it may still take. The time left
 * follows the pace of the recent past. It is not said at first, nor while nothing moves, and it
 * changes little by little, because a number that leaps is believed by nobody. Any thread.
 */
public final class Undertaking {
  /** Nothing is shown of what takes no longer. */
  static final Duration MOMENT = Duration.ofSeconds(1);

  /** Earlier nothing is known of the pace. */
  static final Duration WATCHED_MIN = Duration.ofSeconds(4);

  /** What has not moved for so long may never end. */
  static final Duration STANDSTILL = Duration.ofSeconds(10);

  /** Whoever speaks of days knows nothing. */
  static final Duration LEFT_MAX = Duration.ofDays(1);

  private static final double SAMPLE_SECONDS_MIN = 0.25;

  /** The past that the pace is taken from: of what is so long ago a third still counts. */
  private static final double PACE_SECONDS = 20;

  /** So long it takes until most of a new estimate is said. */
  private static final double SAID_SECONDS = 5;

  private final Clock clock;
  private final String words;
  private final String parts;
  private final ReentrantLock lock = new ReentrantLock();
  private final long beganNanos;
  private long done;
  private OptionalLong total = OptionalLong.empty();
  private long sampledNanos;
  private long sampledDone;
  private long movedNanos;

  /** Parts a second, weighed by how recent they are; to be divided by the sum of the weights. */
  private double pace;

  private double weights;

  /** The seconds left that were last said; absent while none are. */
  private Optional<Double> said = Optional.empty();

  private Undertaking(Clock clock, String words, String parts) {
    this.clock = clock;
    this.words = words;
    this.parts = parts;
    this.beganNanos = clock.monotonicNanos();
    this.sampledNanos = beganNanos;
    this.movedNanos = beganNanos;
  }

  /**
   * Begins work whose parts mean something to a person.
   *
   * @param words what is done, as the beginning of a sentence
   * @param parts what they are called, in the plural
   */
  public static Undertaking counted(Clock clock, String words, String parts) {
    return new Undertaking(clock, words, parts);
  }

  /**
   * Begins work of which a person is told the share that is done.
   *
   * @param words what is done, as the beginning of a sentence
   */
  public static Undertaking measured(Clock clock, String words) {
    return new Undertaking(clock, words, "");
  }

  /**
   * So far it is.
   *
   * @param nowDone how many parts; may fall when the whole turns out to be another
   * @param nowTotal of how many, by the best guess; 0 where nobody can guess
   */
  public void at(long nowDone, long nowTotal) {
    lock.lock();
    try {
      movedNanos = nowDone > done ? clock.monotonicNanos() : movedNanos;
      done = Math.max(0, nowDone);
      total = nowTotal > 0 ? OptionalLong.of(nowTotal) : OptionalLong.empty();
      sample();
    } finally {
      lock.unlock();
    }
  }

  /** How far it is; empty in its first moment. */
  public Optional<Progress> progress() {
    lock.lock();
    try {
      sample();
      return isOlderThan(beganNanos, MOMENT)
          ? Optional.of(new Progress(words, parts, done, total, left()))
          : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private boolean isOlderThan(long nanos, Duration age) {
    return clock.monotonicNanos() - nanos >= age.toNanos();
  }

  private Optional<Duration> left() {
    return said.map(seconds -> Duration.ofMillis((long) (1_000 * seconds)))
        .filter(time -> time.compareTo(LEFT_MAX) < 0);
  }

  private void sample() {
    long now = clock.monotonicNanos();
    double passed = (now - sampledNanos) / 1e9;
    if (passed < SAMPLE_SECONDS_MIN) {
      return;
    }
    double kept = Math.exp(-passed / PACE_SECONDS);
    double gained = Math.max(0, done - sampledDone) / passed;
    pace = pace * kept + gained * (1 - kept);
    weights = weights * kept + 1 - kept;
    sampledNanos = now;
    sampledDone = done;
    said = estimate().map(seconds -> blended(seconds, passed));
  }

  private Optional<Double> estimate() {
    boolean blind =
        total.isEmpty()
            || pace <= 0
            || !isOlderThan(beganNanos, WATCHED_MIN)
            || isOlderThan(movedNanos, STANDSTILL);
    return blind
        ? Optional.empty()
        : Optional.of(Math.max(0, total.getAsLong() - done) * weights / pace);
  }

  /** What was said counts down by itself and gives way to what is known now. */
  private double blended(double estimate, double passedSeconds) {
    if (said.isEmpty()) {
      return estimate;
    }
    double due = Math.max(0, said.get() - passedSeconds);
    return due + (estimate - due) * (1 - Math.exp(-passedSeconds / SAID_SECONDS));
  }
}
