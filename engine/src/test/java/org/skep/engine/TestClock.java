package org.skep.engine;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import org.skep.doors.SystemClock;
import org.skep.kernel.Clock;

/**
 * A clock that goes as the machine's does, and can be moved on by hand, or set; it waits in real
 * time, because threads do, and looks now and then whether it was moved on.
 */
final class TestClock implements Clock {
  /** 2026-11-01T00:00:00Z. */
  static final long START_MILLIS = 1_793_491_200_000L;

  private static final long LOOK_NANOS = Duration.ofMillis(5).toNanos();

  private final Clock real = new SystemClock();
  private final AtomicLong wall = new AtomicLong(START_MILLIS);
  private final AtomicLong ahead = new AtomicLong();

  void advance(Duration howLong) {
    wall.addAndGet(howLong.toMillis());
    ahead.addAndGet(howLong.toNanos());
  }

  void setWall(long millis) {
    wall.set(millis);
  }

  /** What it is set to: a test that compares moments wants to know them. */
  @Override
  public long wallMillis() {
    return wall.get();
  }

  @Override
  public long monotonicNanos() {
    return real.monotonicNanos() + ahead.get();
  }

  @Override
  public void sleep(Duration howLong) throws InterruptedException {
    real.sleep(howLong);
  }

  @Override
  public boolean await(Condition condition, Duration atMost) throws InterruptedException {
    long end = monotonicNanos() + atMost.toNanos();
    real.await(condition, Duration.ofNanos(Math.min(atMost.toNanos(), LOOK_NANOS)));
    return monotonicNanos() < end;
  }
}
