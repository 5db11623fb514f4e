package org.skep.store;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import org.skep.doors.SystemClock;
import org.skep.kernel.Clock;

/** A clock that stands at the hour it was made, as the disk has it, until a test moves it. */
final class HandClock implements Clock {
  private final AtomicLong wall = new AtomicLong(new SystemClock().wallMillis());

  void pass(Duration howLong) {
    wall.addAndGet(howLong.toMillis());
  }

  @Override
  public long wallMillis() {
    return wall.get();
  }

  @Override
  public long monotonicNanos() {
    throw new UnsupportedOperationException("only the hour is asked for");
  }

  @Override
  public void sleep(Duration howLong) {
    throw new UnsupportedOperationException("nobody sleeps here");
  }

  @Override
  public boolean await(Condition condition, Duration atMost) {
    throw new UnsupportedOperationException("nobody waits here");
  }
}
