package org.skep.networks.scuttlebutt.rpc;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.skep.kernel.Clock;
import org.skep.kernel.PeerException;
import org.skep.kernel.Tasks;
import org.skep.wire.json.JsValue;

/**
 * Both ends of muxrpc over one line: serves the other side's requests and makes our own. One thread
 * reads ({@link #run}), one task writes, and each request that is served has a task of its own; all
 * end with the connection. Calls may be made by any thread while it runs.
 *
 * <p>Source: Scuttlebutt Protocol Guide, "RPC protocol".
 */
public final class RpcConnection {
  private static final System.Logger LOG = System.getLogger(RpcConnection.class.getName());

  /** How long the last packets may take to be written once the connection is ending. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  /** How often it is looked whether a packet is stuck on its way. */
  static final Duration LOOK_EVERY = Duration.ofSeconds(10);

  private final RpcLine line;
  private final RpcMethods methods;
  private final RpcLimits limits;
  private final Clock clock;
  private final Outbox outbox;
  private final Budget inbound;
  private final OpenRequests open;
  private final PacketDeadline reading;
  private final PacketDeadline writing;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition written = lock.newCondition();
  private boolean allWritten;
  private @Nullable PeerException fault;

  public RpcConnection(RpcLine line, RpcMethods methods, RpcLimits limits, Clock clock) {
    this.line = line;
    this.methods = methods;
    this.limits = limits;
    this.clock = clock;
    this.outbox = new Outbox(limits);
    this.inbound = new Budget(limits.inboundBytesMax());
    this.open = new OpenRequests(clock);
    this.reading = new PacketDeadline(clock);
    this.writing = new PacketDeadline(clock);
  }

  /**
   * Reads and serves until one of the two sides says goodbye. Returns or throws after every task of
   * the connection has ended; the line is cut then.
   *
   * @throws PeerException when the other side broke the protocol
   * @throws IOException when the line broke
   */
  public void run(Tasks tasks) throws IOException, PeerException, InterruptedException {
    try (Tasks.Scope scope = tasks.scope("muxrpc")) {
      scope.fork("muxrpc writer", this::writeUntilFinished);
      scope.fork("muxrpc deadlines", this::watchDeadlines);
      try {
        readUntilGoodbye(scope);
      } catch (IOException e) {
        throwFault();
        throw e;
      } finally {
        open.lose();
        inbound.close();
        outbox.finish();
        awaitLastWords();
        line.hangUp();
      }
    }
  }

  private void watchDeadlines() throws InterruptedException {
    while (true) {
      clock.sleep(LOOK_EVERY);
      if (reading.isOver()) {
        abort(new PeerException("the other side began a packet and did not end it"));
      } else if (writing.isOver()) {
        abort(new PeerException("the other side does not take what is written"));
      }
    }
  }

  /**
   * Cuts the connection because the other side broke the rules of a method; {@link #run} throws the
   * reason. Any thread.
   */
  public void abort(PeerException reason) {
    lock.lock();
    try {
      if (fault == null) {
        fault = reason;
      }
    } finally {
      lock.unlock();
    }
    hangUp();
  }

  /** What is done beside the reading. */
  @FunctionalInterface
  public interface Work {
    void run() throws PeerException, InterruptedException;
  }

  /**
   * Does something as long as the connection stands. That it goes is no news here, for whoever
   * reads from it says so; that this program fails cuts it, for a line on which only half is done
   * looks alive and is not.
   */
  public void beside(Work work) throws InterruptedException {
    try {
      work.run();
    } catch (PeerException e) {
      LOG.log(System.Logger.Level.DEBUG, "the connection is gone: {0}", e.getMessage());
    } catch (RuntimeException | Error e) {
      abort(new PeerException("this program failed", e));
      throw e;
    }
  }

  /** Cuts the line at once; {@link #run} ends. Any thread. */
  public void hangUp() {
    line.hangUp();
    // The reading thread may be waiting for somebody who does not read any more.
    inbound.close();
  }

  private void throwFault() throws PeerException {
    lock.lock();
    try {
      if (fault != null) {
        throw fault;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Says goodbye; {@link #run} returns when the other side has answered it. Any thread. */
  public void close() {
    outbox.finish();
  }

  /**
   * Calls a method of the other side and waits for its answer.
   *
   * @param name with dots, for instance {@code whoami}
   * @throws RpcException when it answers with an error, or not in time
   * @throws PeerException when the connection is gone
   */
  public RpcItem call(String name, List<JsValue> arguments, Duration deadline)
      throws RpcException, PeerException, InterruptedException {
    OpenRequests.Call call = open.newCall();
    RpcRequest request = new RpcRequest(RpcName.of(name), Optional.of(RpcKind.ASYNC), arguments);
    try {
      RpcItem item = request.toItem();
      write(new Frame(call.number(), false, false, item.type(), item.body()));
      return call.await(deadline);
    } finally {
      open.forget(call);
    }
  }

  /**
   * Opens a stream by calling a source, sink or duplex of the other side. Whoever opens a stream
   * ends it.
   *
   * @param name with dots, for instance {@code ebt.replicate}
   * @throws PeerException when the connection is gone
   */
  public RpcStream open(RpcKind kind, String name, JsValue... arguments)
      throws PeerException, InterruptedException {
    if (!kind.isStream()) {
      throw new IllegalArgumentException("not a stream: " + kind);
    }
    RpcStream stream = open.newStream(kind, this, inbound);
    RpcRequest request = new RpcRequest(RpcName.of(name), Optional.of(kind), List.of(arguments));
    RpcItem item = request.toItem();
    write(new Frame(stream.number(), true, false, item.type(), item.body()));
    return stream;
  }

  void write(Frame frame) throws PeerException, InterruptedException {
    outbox.put(frame);
  }

  void writeNow(Frame frame) throws PeerException {
    outbox.putNow(frame);
  }

  void forget(RpcStream stream) {
    open.forget(stream);
  }

  private void writeUntilFinished() throws InterruptedException {
    FrameOutput output = new FrameOutput(line.output());
    try {
      Optional<Frame> frame = outbox.take();
      while (frame.isPresent()) {
        writing.begin(frame.get().body().length());
        output.write(frame.get());
        if (outbox.isEmpty()) {
          output.flush();
          writing.done();
        }
        frame = outbox.take();
      }
      writing.begin(Frame.HEADER_BYTES);
      output.goodbye();
      output.flush();
      line.goodbye();
      writing.done();
    } catch (IOException e) {
      // The reading thread meets the same broken line and reports it.
      hangUp();
    } finally {
      outbox.finish();
      markAllWritten();
    }
  }

  private void markAllWritten() {
    lock.lock();
    try {
      allWritten = true;
      written.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void awaitLastWords() throws InterruptedException {
    long deadline = clock.monotonicNanos() + LAST_WORDS.toNanos();
    lock.lock();
    try {
      while (!allWritten && clock.monotonicNanos() < deadline) {
        clock.await(written, Duration.ofNanos(deadline - clock.monotonicNanos()));
      }
    } finally {
      lock.unlock();
    }
  }

  private void readUntilGoodbye(Tasks.Scope scope)
      throws IOException, PeerException, InterruptedException {
    FrameInput input = new FrameInput(line.input(), limits.bodyBytesMax(), reading);
    RequestServer server = new RequestServer(methods, limits, open, this, inbound, scope);
    Optional<Frame> frame = input.read();
    while (frame.isPresent()) {
      take(frame.get(), server);
      frame = input.read();
    }
  }

  private void take(Frame frame, RequestServer server) throws PeerException, InterruptedException {
    RpcItem item = new RpcItem(frame.type(), frame.body());
    if (frame.request() > 0) {
      server.take(frame, item);
    } else if (frame.stream()) {
      Optional<RpcStream> stream = open.ourStream(-frame.request());
      if (stream.isPresent() && frame.end()) {
        stream.get().arriveEnd(item);
      } else if (stream.isPresent()) {
        stream.get().arrive(item);
      }
    } else {
      // Number 0 belongs to no request; nobody sends such packets any more.
      open.ourCall(-frame.request()).ifPresent(call -> call.arrive(item, frame.end()));
    }
  }
}
