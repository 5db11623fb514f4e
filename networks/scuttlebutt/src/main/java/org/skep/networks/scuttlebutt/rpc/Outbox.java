package org.skep.networks.scuttlebutt.rpc;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.kernel.PeerException;

/**
 * Packets that wait to be written, in order. Tasks wait for room; the thread that reads never does,
 * because two computers that both stop reading until the other reads would wait for ever.
 */
final class Outbox {
  private final RpcLimits limits;
  private final Budget budget;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<Frame> frames = new ArrayDeque<>();
  private boolean finished;

  Outbox(RpcLimits limits) {
    this.limits = limits;
    this.budget = new Budget(limits.outboxBytesMax());
  }

  /**
   * Leaves a packet, waiting for room first.
   *
   * @throws PeerException when the connection is ending
   */
  void put(Frame frame) throws PeerException, InterruptedException {
    budget.take(size(frame));
    if (!append(frame)) {
      throw new PeerException("the connection is ending");
    }
  }

  /**
   * Leaves an answer of the reading thread; after {@link #finish} it is dropped, for who asks while
   * the goodbye is on its way does nothing wrong.
   *
   * @throws PeerException when the other side asks and asks without listening to the answers
   */
  void putNow(Frame frame) throws PeerException {
    if (!isFinished()) {
      if (!budget.takeNow(size(frame), limits.answersBytesMax())) {
        throw new PeerException("the other side asks faster than it listens");
      }
      append(frame);
    }
  }

  /** Whether it was taken in. */
  private boolean append(Frame frame) {
    lock.lock();
    try {
      if (!finished) {
        frames.add(frame);
        changed.signalAll();
      }
      return !finished;
    } finally {
      lock.unlock();
    }
  }

  private boolean isFinished() {
    lock.lock();
    try {
      return finished;
    } finally {
      lock.unlock();
    }
  }

  /** The next packet; empty when none is left and none will come. */
  Optional<Frame> take() throws InterruptedException {
    lock.lock();
    try {
      while (frames.isEmpty() && !finished) {
        changed.await();
      }
      Optional<Frame> frame = Optional.ofNullable(frames.poll());
      frame.ifPresent(taken -> budget.giveBack(size(taken)));
      return frame;
    } finally {
      lock.unlock();
    }
  }

  boolean isEmpty() {
    lock.lock();
    try {
      return frames.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Nothing more is taken in; what is there is still handed out. */
  void finish() {
    lock.lock();
    try {
      finished = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    budget.close();
  }

  private static int size(Frame frame) {
    return Frame.memoryBytes(frame.body());
  }
}
