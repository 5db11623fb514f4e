package org.skep.app;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.kernel.Clock;

/**
 * Wakes whoever would otherwise look again and again whether something has happened. What rings
 * while nobody waits is heard by the next who does. Any thread; one waits.
 */
final class Bell {
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition rung = lock.newCondition();
  private boolean ringing;

  Bell(Clock clock) {
    this.clock = clock;
  }

  void ring() {
    lock.lock();
    try {
      ringing = true;
      rung.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until it rings, or as long. */
  void await(Duration atMost) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long end = clock.monotonicNanos() + atMost.toNanos();
      for (long left = atMost.toNanos();
          !ringing && left > 0;
          left = end - clock.monotonicNanos()) {
        clock.await(rung, Duration.ofNanos(left));
      }
      ringing = false;
    } finally {
      lock.unlock();
    }
  }
}
