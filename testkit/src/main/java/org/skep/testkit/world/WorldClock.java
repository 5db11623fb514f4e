package org.skep.testkit.world;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import org.skep.kernel.Clock;

/** The clock of one machine: its time passes with the world's, its hour can be set. */
final class WorldClock implements Clock {
  /** 2026-11-01T00:00:00Z. */
  static final long BEGINNING_MILLIS = 1_793_491_200_000L;

  private final Scheduler scheduler;
  private long wrongByMillis;

  WorldClock(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Somebody sets the hour; 0 is right. */
  void setWrongBy(Duration time) {
    wrongByMillis = time.toMillis();
  }

  @Override
  public long wallMillis() {
    return BEGINNING_MILLIS + scheduler.nowNanos() / 1_000_000 + wrongByMillis;
  }

  @Override
  public long monotonicNanos() {
    return scheduler.nowNanos();
  }

  @Override
  public void sleep(Duration howLong) throws InterruptedException {
    new Waiting(scheduler).await(howLong);
  }

  // The callers loop: a contract of the kernel's clock as of any condition.
  @SuppressWarnings("WaitNotInLoop")
  @Override
  public boolean await(Condition condition, Duration atMost) throws InterruptedException {
    Thread self = Thread.currentThread();
    boolean[] over = new boolean[1];
    // The condition's lock is not ours to signal under, but a wait can be ended from outside.
    Scheduler.Timer timer =
        scheduler.in(
            atMost,
            () -> {
              if (self.getState() == Thread.State.WAITING) {
                over[0] = true;
                scheduler.interrupt(self);
              }
            });
    try {
      condition.await();
    } catch (InterruptedException e) {
      if (!over[0]) {
        throw e;
      }
      return false;
    } finally {
      timer.callOff();
    }
    if (over[0]) {
      // Signalled at the same moment: the interrupt was ours and means nothing any more.
      Thread.interrupted();
    }
    return true;
  }
}
