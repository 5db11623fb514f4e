package org.skep.api;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.kernel.Announcement;

/**
 * What waits to be told to one listener. News must not be lost, so that a listener who falls too
 * far behind them is given up; while a history of thousands of entries is fetched, what does not
 * fit is left out, for whoever looks asks for the list anyway. The same thing waits only once. Any
 * thread.
 */
final class NewsQueue {
  static final int NEWS_MAX = 1_000;
  static final int REST_MAX = 100;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final SequencedSet<Announcement> waiting = new LinkedHashSet<>();
  private boolean over;

  /**
   * Never waits.
   *
   * @return false when the listener is given up
   */
  boolean offer(Announcement announcement) {
    boolean news = announcement instanceof Announcement.PostShown shown && shown.news();
    lock.lock();
    try {
      if (over) {
        return false;
      }
      if (waiting.size() < (news ? NEWS_MAX : REST_MAX)) {
        waiting.add(announcement);
        changed.signal();
      } else if (news && !waiting.contains(announcement)) {
        end();
      }
      return !over;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the next; nothing when it is over. */
  Optional<Announcement> take() throws InterruptedException {
    lock.lock();
    try {
      while (waiting.isEmpty() && !over) {
        changed.await();
      }
      return over ? Optional.empty() : Optional.of(waiting.removeFirst());
    } finally {
      lock.unlock();
    }
  }

  /** Gives up what waits; {@link #take} returns. */
  void close() {
    lock.lock();
    try {
      end();
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    over = true;
    waiting.clear();
    changed.signalAll();
  }
}
