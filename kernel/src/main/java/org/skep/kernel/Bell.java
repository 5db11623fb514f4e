package org.skep.kernel;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes whoever would otherwise look again and again whether something has happened. What rings
 * while nobody waits is heard by the next who does. Any thread rings; one at a time waits.
 */
public final class Bell {
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition rung = lock.newCondition();
  private boolean ringing;
  private boolean awaited;

  public Bell(Clock clock) {
    this.clock = clock;
  }

  public void ring() {
    lock.lock();
    try {
      ringing = true;
      rung.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until it rings. */
  public void await() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      awaited = true;
      while (!ringing) {
        rung.await();
      }
      ringing = false;
    } finally {
      awaited = false;
      lock.unlock();
    }
  }

  /** Waits until it rings, or as long. */
  public void await(Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      awaited = true;
      long end = clock.monotonicNanos() + atMost.toNanos();
      for (long left = atMost.toNanos();
          !ringing && left > 0;
          left = end - clock.monotonicNanos()) {
        clock.await(rung, Duration.ofNanos(left));
      }
      ringing = false;
    } finally {
      awaited = false;
      lock.unlock();
    }
  }

  /** Whether somebody waits for it and it has not rung. */
  public boolean isAwaited() {
    lock.lock();
    try {
      return awaited && !ringing;
    } finally {
      lock.unlock();
    }
  }
}
