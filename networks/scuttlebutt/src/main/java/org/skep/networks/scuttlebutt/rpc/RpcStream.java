package org.skep.networks.scuttlebutt.rpc;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.skep.kernel.Clock;
import org.skep.kernel.PeerException;
import org.skep.wire.json.JsBool;
import org.skep.wire.json.JsValue;

/**
 * One stream within a connection, seen from either end. One task may receive while another sends. A
 * stream is over when both sides have ended it.
 */
public final class RpcStream {
  private static final RpcItem TRUE = RpcItem.json(new JsBool(true));

  private final int number;
  private final RpcKind kind;
  private final RpcConnection connection;
  private final Budget inbound;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final ArrayDeque<RpcItem> arrived = new ArrayDeque<>();
  private boolean weEnded;
  private boolean theyEnded;
  private boolean lost;
  private @Nullable RpcException theirError;
  private Runnable endingHook = () -> {};

  /**
   * @param number as this side writes it: positive for streams it opened
   */
  RpcStream(int number, RpcKind kind, RpcConnection connection, Budget inbound) {
    this.number = number;
    this.kind = kind;
    this.connection = connection;
    this.inbound = inbound;
  }

  int number() {
    return number;
  }

  /** Whether it was this side that opened it. */
  private boolean isOurs() {
    return number > 0;
  }

  /** What comes on a stream where the other side has nothing to send is dropped. */
  private boolean theySend() {
    return kind == RpcKind.DUPLEX || kind == (isOurs() ? RpcKind.SOURCE : RpcKind.SINK);
  }

  /** The connection that it is a part of. */
  public RpcConnection connection() {
    return connection;
  }

  /**
   * The next item; waits for it. Empty when either side has ended the stream.
   *
   * @throws RpcException when the other side ended it with an error
   * @throws PeerException when the connection is gone
   */
  public Optional<RpcItem> receive() throws RpcException, PeerException, InterruptedException {
    lock.lock();
    try {
      while (arrived.isEmpty() && !weEnded && !theyEnded && !lost) {
        changed.await();
      }
      RpcItem item = arrived.poll();
      if (item != null) {
        inbound.giveBack(Frame.memoryBytes(item.body()));
        return Optional.of(item);
      }
      if (theirError != null) {
        throw theirError;
      }
      if (!weEnded && !theyEnded) {
        throw new PeerException("the connection ended");
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /**
   * {@link #receive()} that does not wait for ever.
   *
   * @throws RpcException also when nothing came for so long
   */
  public Optional<RpcItem> receive(Clock clock, Duration atMost)
      throws RpcException, PeerException, InterruptedException {
    return receiveBy(clock, clock.monotonicNanos() + atMost.toNanos());
  }

  /**
   * {@link #receive()} until a moment; after it nothing is received, however much is there.
   *
   * @param endNanos monotonic
   * @throws RpcException also when that moment has passed; the stream is not ending then
   */
  public Optional<RpcItem> receiveBy(Clock clock, long endNanos)
      throws RpcException, PeerException, InterruptedException {
    lock.lock();
    try {
      long left = endNanos - clock.monotonicNanos();
      while (arrived.isEmpty() && !isEnding() && left > 0) {
        clock.await(changed, Duration.ofNanos(left));
        left = endNanos - clock.monotonicNanos();
      }
      if (left <= 0 && !isEnding()) {
        throw new RpcException("what was awaited did not come in time");
      }
      return receive();
    } finally {
      lock.unlock();
    }
  }

  /** {@link #receive()} without waiting; empty also when nothing is there yet. */
  public Optional<RpcItem> receiveNow() {
    lock.lock();
    try {
      Optional<RpcItem> item = Optional.ofNullable(arrived.poll());
      item.ifPresent(taken -> inbound.giveBack(Frame.memoryBytes(taken.body())));
      return item;
    } finally {
      lock.unlock();
    }
  }

  /** {@link #receiveNow()}, but waiting a moment; empty also when the stream is ending. */
  public Optional<RpcItem> receiveSoon(Clock clock, Duration atMost) throws InterruptedException {
    long end = clock.monotonicNanos() + atMost.toNanos();
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (arrived.isEmpty() && !isEnding() && left > 0) {
        clock.await(changed, Duration.ofNanos(left));
        left = end - clock.monotonicNanos();
      }
      return receiveNow();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sends an item of at least one byte, waiting while too much waits to be written. Of a duplex
   * that the other side has ended in order, this side's half goes on until it is ended, too;
   * otherwise an end from there means that nobody listens any more.
   *
   * @return false when the stream is over for what this side says, and nothing was sent
   * @throws PeerException when the connection is gone
   */
  public boolean send(RpcItem item) throws PeerException, InterruptedException {
    if (item.body().length() == 0) {
      throw new IllegalArgumentException("muxrpc takes a packet without a body for a goodbye");
    }
    if (!isHeard()) {
      return false;
    }
    connection.write(frame(item, false));
    return true;
  }

  private boolean isHeard() {
    lock.lock();
    try {
      boolean theyLeft = theyEnded && (kind != RpcKind.DUPLEX || theirError != null);
      return !weEnded && !theyLeft && !lost;
    } finally {
      lock.unlock();
    }
  }

  /** {@link #send(RpcItem)} of a JSON value. */
  public boolean send(JsValue value) throws PeerException, InterruptedException {
    return send(RpcItem.json(value));
  }

  /**
   * Ends this side of the stream, which hears nothing more of it either; doing it again does
   * nothing.
   */
  public void end() throws PeerException, InterruptedException {
    end(TRUE);
  }

  /** Ends this side of the stream with an error; nothing after an end. */
  public void fail(RpcException error) throws PeerException, InterruptedException {
    end(error.toItem());
  }

  private void end(RpcItem last) throws PeerException, InterruptedException {
    if (markEnded()) {
      connection.write(frame(last, true));
      forgetIfOver();
    }
  }

  /** {@link #end} for the reading thread, which must not wait. */
  void endNow() throws PeerException {
    endNow(TRUE);
  }

  /** {@link #fail} for the reading thread, which must not wait. */
  void failNow(RpcException error) throws PeerException {
    endNow(error.toItem());
  }

  private void endNow(RpcItem last) throws PeerException {
    if (markEnded()) {
      connection.writeNow(frame(last, true));
      forgetIfOver();
    }
  }

  private boolean markEnded() {
    lock.lock();
    try {
      boolean first = !weEnded;
      weEnded = true;
      dropArrived();
      changed.signalAll();
      return first;
    } finally {
      lock.unlock();
    }
  }

  /** Whoever has ended a stream hears nothing more of it, or the connection would stand still. */
  private void dropArrived() {
    arrived.forEach(item -> inbound.giveBack(Frame.memoryBytes(item.body())));
    arrived.clear();
  }

  /** Whether either side has ended the stream, or the connection is gone. */
  public boolean isEnding() {
    lock.lock();
    try {
      return weEnded || theyEnded || lost;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until either side has ended the stream or the connection is gone.
   *
   * @return false when the time was over first
   */
  public boolean awaitEnding(Clock clock, Duration atMost) throws InterruptedException {
    long end = clock.monotonicNanos() + atMost.toNanos();
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (!isEnding() && left > 0) {
        clock.await(changed, Duration.ofNanos(left));
        left = end - clock.monotonicNanos();
      }
      return isEnding();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Runs something once when the stream is ending, at once when it is already.
   *
   * @param hook short; it runs on the thread that reads the connection
   */
  public void onEnding(Runnable hook) {
    lock.lock();
    try {
      endingHook = hook;
    } finally {
      lock.unlock();
    }
    if (isEnding()) {
      runEndingHook();
    }
  }

  private void runEndingHook() {
    Runnable hook;
    lock.lock();
    try {
      hook = endingHook;
      endingHook = () -> {};
    } finally {
      lock.unlock();
    }
    hook.run();
  }

  /** Called by the reading thread, which waits here while too much is unread. */
  void arrive(RpcItem item) throws InterruptedException {
    if (!theySend() || isEnding()) {
      return;
    }
    inbound.take(Frame.memoryBytes(item.body()));
    lock.lock();
    try {
      if (weEnded || lost) {
        inbound.giveBack(Frame.memoryBytes(item.body()));
      } else {
        arrived.add(item);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Called by the reading thread. */
  void arriveEnd(RpcItem item) {
    lock.lock();
    try {
      theyEnded = true;
      if (!item.equals(TRUE)) {
        theirError = RpcException.received(item);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    runEndingHook();
    forgetIfOver();
  }

  /** The connection is gone. */
  void lose() {
    lock.lock();
    try {
      lost = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    runEndingHook();
  }

  /** Of a stream that we opened and ended nothing is awaited, though the other side never ends. */
  private void forgetIfOver() {
    boolean over;
    lock.lock();
    try {
      over = weEnded && (theyEnded || isOurs());
    } finally {
      lock.unlock();
    }
    if (over) {
      connection.forget(this);
    }
  }

  private Frame frame(RpcItem item, boolean end) {
    return new Frame(number, true, end, item.type(), item.body());
  }
}
