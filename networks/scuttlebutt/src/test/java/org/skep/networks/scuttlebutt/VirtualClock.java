package org.skep.networks.scuttlebutt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.kernel.Clock;

/** A clock on which time passes when a test says so. Any thread. */
public final class VirtualClock implements Clock {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition later = lock.newCondition();
  private final List<Duration> sleepers = new ArrayList<>();
  private long wallMillis;
  private long passedNanos;

  public VirtualClock(long wallMillis) {
    this.wallMillis = wallMillis;
  }

  /** Time passes for everybody who sleeps. */
  public void pass(Duration time) {
    lock.lock();
    try {
      wallMillis += time.toMillis();
      passedNanos += time.toNanos();
      later.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Somebody sets the clock; no time passes. */
  public void set(long millis) {
    lock.lock();
    try {
      wallMillis = millis;
    } finally {
      lock.unlock();
    }
  }

  /** How long those sleep or wait who do so now. */
  public List<Duration> sleepers() {
    lock.lock();
    try {
      return List.copyOf(sleepers);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long wallMillis() {
    lock.lock();
    try {
      return wallMillis;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long monotonicNanos() {
    lock.lock();
    try {
      return passedNanos;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void sleep(Duration howLong) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long end = passedNanos + howLong.toNanos();
      sleepers.add(howLong);
      while (passedNanos < end) {
        later.await();
      }
    } finally {
      sleepers.remove(howLong);
      lock.unlock();
    }
  }

  /**
   * The condition's lock is not ours to signal under, so this wakes again and again for no reason:
   * then whoever waits sees that time has passed, or what was signalled just before it slept.
   */
  // The loop is the caller's.
  @SuppressWarnings("WaitNotInLoop")
  @Override
  public boolean await(Condition condition, Duration atMost) throws InterruptedException {
    long end = lieDown(atMost);
    try {
      return monotonicNanos() < end
          && (condition.await(50, TimeUnit.MILLISECONDS) || monotonicNanos() < end);
    } finally {
      getUp(atMost);
    }
  }

  private long lieDown(Duration atMost) {
    lock.lock();
    try {
      sleepers.add(atMost);
      return passedNanos + atMost.toNanos();
    } finally {
      lock.unlock();
    }
  }

  private void getUp(Duration atMost) {
    lock.lock();
    try {
      sleepers.remove(atMost);
    } finally {
      lock.unlock();
    }
  }
}
