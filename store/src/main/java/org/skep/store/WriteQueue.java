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
  private final Map<Lane, Waiting> lanes = new EnumMap<>(Lane.class);
  private boolean closed;

  WriteQueue() {
    for (Lane lane : Lane.values()) {
      lanes.put(lane, new Waiting(new ArrayDeque<>(), lock.newCondition()));
    }
  }

  private record Waiting(ArrayDeque<Request> requests, Condition room) {}

  /** One write and what became of it. */
  final class Request {
    private final Lane lane;
    private final Runnable work;
    private final Condition answered = lock.newCondition();
    private boolean done;
    private Optional<Throwable> failure = Optional.empty();

    private Request(Lane lane, Runnable work) {
      this.lane = lane;
      this.work = work;
    }

    Lane lane() {
      return lane;
    }

    Runnable work() {
      return work;
    }

    /** Said by the writer after the commit that holds it. */
    void succeeded() {
      answer(Optional.empty());
    }

    /** Said by the writer when nothing of it was kept. */
    void failed(Throwable why) {
      answer(Optional.of(why));
    }

    private void answer(Optional<Throwable> outcome) {
      lock.lock();
      try {
        if (!done) {
          failure = outcome;
          done = true;
          answered.signalAll();
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** Waits for a place, then for the writer's answer, and throws the work's own failure. */
  void submit(Lane lane, Runnable work) {
    Waiting waiting = lanes.get(lane);
    if (waiting == null) {
      throw new IllegalStateException("no such lane: " + lane);
    }
    Request request = new Request(lane, work);
    lock.lock();
    try {
      while (!closed && waiting.requests.size() >= WAITING_PER_LANE_MAX) {
        waiting.room.awaitUninterruptibly();
      }
      if (closed) {
        throw new StoreException("the store is closed");
      }
      waiting.requests.addLast(request);
      arrived.signal();
      // Not interruptible: the write may already be on its way to the disk.
      while (!request.done) {
        request.answered.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
    if (request.failure.isPresent()) {
      throw unchecked(request.failure.get());
    }
  }

  private static RuntimeException unchecked(Throwable failure) {
    return switch (failure) {
      case RuntimeException same -> same;
      case Error error -> throw error;
      default -> new StoreException("a write failed: " + failure.getMessage(), failure);
    };
  }

  /** The most urgent waiting request; waits for one; empty when closed and drained. */
  Optional<Request> take() {
    lock.lock();
    try {
      while (true) {
        Optional<Request> next = mostUrgent(Lane.REBUILD);
        if (next.isPresent() || closed) {
          return next;
        }
        arrived.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The most urgent waiting request, if there is one now that is at least as urgent as this. */
  Optional<Request> poll(Lane leastUrgent) {
    lock.lock();
    try {
      return mostUrgent(leastUrgent);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether a person waits: for an own act or a letter that is more urgent than this. For what is
   * merely live, a lot is not cut in pieces: each would cost a commit.
   */
  boolean isAwaited(Lane than) {
    lock.lock();
    try {
      return lanes.entrySet().stream()
          .takeWhile(lane -> lane.getKey().compareTo(than) < 0)
          .takeWhile(lane -> lane.getKey().compareTo(Lane.LETTERS) <= 0)
          .anyMatch(lane -> !lane.getValue().requests.isEmpty());
    } finally {
      lock.unlock();
    }
  }

  private Optional<Request> mostUrgent(Lane leastUrgent) {
    for (Map.Entry<Lane, Waiting> lane : lanes.entrySet()) {
      if (lane.getKey().compareTo(leastUrgent) > 0) {
        break;
      }
      Request next = lane.getValue().requests.pollFirst();
      if (next != null) {
        lane.getValue().room.signal();
        return Optional.of(next);
      }
    }
    return Optional.empty();
  }

  /** How many wait in a lane, without those who wait to be let in. */
  int waiting(Lane lane) {
    lock.lock();
    try {
      Waiting waiting = lanes.get(lane);
      return waiting == null ? 0 : waiting.requests.size();
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
      lanes.values().forEach(waiting -> waiting.room.signalAll());
    } finally {
      lock.unlock();
    }
  }

  /** Said by a writer that will write no more: nobody is left waiting for it. */
  void abandon() {
    close();
    for (Optional<Request> left = poll(Lane.REBUILD); left.isPresent(); left = poll(Lane.REBUILD)) {
      left.get().failed(new StoreException("the store stopped before this was written"));
    }
  }
}
