package org.skep.doors;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import org.skep.kernel.Clock;

/** The machine's own time. */
public final class SystemClock implements Clock {
  @Override
  public long wallMillis() {
    return System.currentTimeMillis();
  }

  @Override
  public long monotonicNanos() {
    return System.nanoTime();
  }

  @Override
  public void sleep(Duration howLong) throws InterruptedException {
    Thread.sleep(howLong);
  }

  // The callers loop: a contract of the kernel's clock as of any condition.
  @SuppressWarnings("WaitNotInLoop")
  @Override
  public boolean await(Condition condition, Duration atMost) throws InterruptedException {
    return condition.awaitNanos(atMost.toNanos()) > 0;
  }
}
