package org.skep.store;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.kernel.Lane;
import org.skep.kernel.StoreException;

/**
 * Writes that wait for the one writer, by lane. Whoever asks waits until the writer has answered;
 * while a lane is full he waits to be let in.
 */
final class WriteQueue {
  /** Enough to fill a commit from many small writers, few enough to bound what waits. */
  static final int WAITING_PER_LANE_MAX = 256;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Map<Lane, ArrayDeque<Request>> lanes = new EnumMap<>(Lane.class);
  private final Map<Lane, Condition> room = new EnumMap<>(Lane.class);
  private boolean closed;

  WriteQueue() {
    for (Lane lane : Lane.values()) {
      lanes.put(lane, new ArrayDeque<>());
      room.put(lane, lock.newCondition());
    }
  }

  /** One write and what became of it. */
  final class Request {
    private final Runnable work;
    private final Condition answered = lock.newCondition();
    private boolean done;
    private Optional<RuntimeException> failure = Optional.empty();

    private Request(Runnable work) {
      this.work = work;
    }

    Runnable work() {
      return work;
    }

    /** Said by the writer after the commit that holds it, or when it failed. */
    void answer(Optional<RuntimeException> failed) {
      lock.lock();
      try {
        failure = failed;
        done = true;
        answered.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * Waits for a place, then for the writer's answer.
   *
   * @throws RuntimeException the work's own failure
   */
  void submit(Lane lane, Runnable work) {
    lock.lock();
    try {
      ArrayDeque<Request> waiting = queue(lane);
      while (!closed && waiting.size() >= WAITING_PER_LANE_MAX) {
        condition(lane).awaitUninterruptibly();
      }
      if (closed) {
        throw new StoreException("the store is closed");
      }
      Request request = new Request(work);
      waiting.addLast(request);
      arrived.signal();
      // Not interruptible: the write may already be on its way to the disk.
      while (!request.done) {
        request.answered.awaitUninterruptibly();
      }
      if (request.failure.isPresent()) {
        throw request.failure.get();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The most urgent waiting request; waits for one; empty when closed and drained. */
  Optional<Request> take() {
    lock.lock();
    try {
      while (true) {
        Optional<Request> next = pollLocked();
        if (next.isPresent() || closed) {
          return next;
        }
        arrived.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The most urgent waiting request, if there is one now. */
  Optional<Request> poll() {
    lock.lock();
    try {
      return pollLocked();
    } finally {
      lock.unlock();
    }
  }

  /** Lets nobody else in; what waits is still served. */
  void close() {
    lock.lock();
    try {
      closed = true;
      arrived.signalAll();
      room.values().forEach(Condition::signalAll);
    } finally {
      lock.unlock();
    }
  }

  private Optional<Request> pollLocked() {
    for (Lane lane : Lane.values()) {
      Request next = queue(lane).pollFirst();
      if (next != null) {
        condition(lane).signal();
        return Optional.of(next);
      }
    }
    return Optional.empty();
  }

  private ArrayDeque<Request> queue(Lane lane) {
    return lanes.computeIfAbsent(lane, missing -> new ArrayDeque<>());
  }

  private Condition condition(Lane lane) {
    return room.computeIfAbsent(lane, missing -> lock.newCondition());
  }
}
