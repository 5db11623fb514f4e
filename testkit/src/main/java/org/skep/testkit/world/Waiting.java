package org.skep.testkit.world;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Where threads of a world wait to be woken. Needs no lock: one of them goes on at a time. */
final class Waiting {
  static final Duration FOR_EVER = Duration.ofDays(100_000);

  private final Scheduler scheduler;
  private final List<Thread> threads = new ArrayList<>();

  Waiting(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /**
   * Waits to be woken.
   *
   * @return false when the time was over first
   */
  boolean await(Duration atMost) throws InterruptedException {
    Thread self = Thread.currentThread();
    boolean[] over = new boolean[1];
    Scheduler.Timer timer =
        scheduler.in(
            atMost,
            () -> {
              over[0] = threads.remove(self);
              LockSupport.unpark(self);
            });
    threads.add(self);
    try {
      while (threads.contains(self)) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        LockSupport.park(this);
      }
      return !over[0];
    } finally {
      threads.remove(self);
      timer.callOff();
    }
  }

  void wakeAll() {
    List<Thread> woken = List.copyOf(threads);
    threads.clear();
    woken.forEach(LockSupport::unpark);
  }
}
