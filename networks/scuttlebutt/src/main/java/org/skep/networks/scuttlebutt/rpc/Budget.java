package org.skep.networks.scuttlebutt.rpc;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * So many bytes and no more, until somebody gives some back. One item always fits an empty budget,
 * however large. Any thread.
 */
final class Budget {
  private final long bytesMax;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition freed = lock.newCondition();
  private long used;
  private boolean closed;

  Budget(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** Waits until there is room, or the budget is closed. */
  void take(int bytes) throws InterruptedException {
    lock.lock();
    try {
      while (!closed && used > 0 && used + bytes > bytesMax) {
        freed.await();
      }
      used += bytes;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes without waiting, also beyond the bound by as much as {@code beyondBytes}.
   *
   * @return false, and nothing is taken, when even that is used up
   */
  boolean takeNow(int bytes, long beyondBytes) {
    lock.lock();
    try {
      boolean fits = used == 0 || used + bytes <= bytesMax + beyondBytes;
      if (fits) {
        used += bytes;
      }
      return fits;
    } finally {
      lock.unlock();
    }
  }

  void giveBack(long bytes) {
    lock.lock();
    try {
      used -= bytes;
      freed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Nobody waits any more. */
  void close() {
    lock.lock();
    try {
      closed = true;
      freed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
