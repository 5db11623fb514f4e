package org.skep.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import org.skep.doors.SystemClock;
import org.skep.kernel.Clock;

/**
 * A clock whose two times are set by hand; it waits in real time, because threads do. Waiting on a
 * condition is over as well when the time set by hand has gone so far.
 */
final class TestClock implements Clock {
  /** 2026-11-01T00:00:00Z. */
  static final long START_MILLIS = 1_793_491_200_000L;

  private final AtomicLong wall = new AtomicLong(START_MILLIS);
  private final AtomicLong monotonic = new AtomicLong();

  void advance(Duration howLong) {
    wall.addAndGet(howLong.toMillis());
    monotonic.addAndGet(howLong.toNanos());
  }

  void setWall(long millis) {
    wall.set(millis);
  }

  /** Waiting takes real time, whatever hour it is. */
  private final Clock real = new SystemClock();

  @Override
  public long wallMillis() {
    return wall.get();
  }

  @Override
  public long monotonicNanos() {
    return monotonic.get();
  }

  @Override
  public void sleep(Duration howLong) throws InterruptedException {
    real.sleep(howLong);
  }

  private static final long LOOK_NANOS = Duration.ofMillis(5).toNanos();

  /** A signal that comes just as a look ends is lost; whoever waits looks for himself then. */
  private static final int LOOKS_MAX = 200;

  @Override
  public boolean await(Condition condition, Duration atMost) throws InterruptedException {
    long begun = monotonic.get() + real.monotonicNanos();
    long left = atMost.toNanos();
    for (int look = 1; left > 0; look++) {
      if (condition.awaitNanos(Math.min(left, LOOK_NANOS)) > 0 || look == LOOKS_MAX) {
        return true;
      }
      left = atMost.toNanos() - (monotonic.get() + real.monotonicNanos() - begun);
    }
    return false;
  }
}
