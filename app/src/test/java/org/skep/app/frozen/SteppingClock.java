package org.skep.app.frozen;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import org.skep.doors.SystemClock;
import org.skep.kernel.Clock;

/** The time of the making, a second later whenever it is asked; waiting takes real time. */
public final class SteppingClock implements Clock {
  /** 2026-11-29T00:00:00Z. */
  private static final long BEGIN_MILLIS = 1_795_910_400_000L;

  private final SystemClock real = new SystemClock();
  private final AtomicLong wallMillis;

  SteppingClock() {
    this(Duration.ZERO);
  }

  /** Begins so much later. */
  public SteppingClock(Duration later) {
    wallMillis = new AtomicLong(BEGIN_MILLIS + later.toMillis());
  }

  @Override
  public long wallMillis() {
    return wallMillis.addAndGet(1_000);
  }

  @Override
  public long monotonicNanos() {
    return real.monotonicNanos();
  }

  @Override
  public void sleep(Duration howLong) throws InterruptedException {
    real.sleep(howLong);
  }

  @Override
  public boolean await(Condition condition, Duration atMost) throws InterruptedException {
    return real.await(condition, atMost);
  }
}
