package org.skep.networks.scuttlebutt.rpc;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.skep.doors.ThreadTasks;
import org.skep.kernel.Bytes;
import org.skep.kernel.Clock;
import org.skep.kernel.PeerException;

/**
 * A connection that runs, and at its other end somebody who writes packets by hand: what an honest
 * program would not send, too.
 */
final class RawPeer implements AutoCloseable {
  static final RpcLimits LIMITS = new RpcLimits(4096, 2, 3, 1024, 1024, 1024);

  final RpcConnection connection;
  private final MemoryLine.Pair line = MemoryLine.Pair.make();
  private final ThreadTasks tasks = new ThreadTasks();
  private final FrameOutput output = new FrameOutput(line.here().output());
  private final FrameInput input;
  private final Thread thread;
  private volatile Optional<Exception> failure = Optional.empty();

  RawPeer(Clock clock, RpcMethods.Builder methods) {
    this.connection = new RpcConnection(line.there(), methods.build(), LIMITS, clock);
    this.input = new FrameInput(line.here().input(), 1 << 20, new PacketDeadline(clock));
    this.thread = Thread.ofVirtual().start(this::run);
  }

  private void run() {
    try {
      connection.run(tasks);
    } catch (IOException | PeerException | InterruptedException e) {
      failure = Optional.of(e);
    }
  }

  static Frame call(int number, String body) {
    return new Frame(number, false, false, BodyType.JSON, Bytes.ofUtf8(body));
  }

  /** A packet of a stream. */
  static Frame item(int number, String body) {
    return new Frame(number, true, false, BodyType.JSON, Bytes.ofUtf8(body));
  }

  static Frame end(int number, String body) {
    return new Frame(number, true, true, BodyType.JSON, Bytes.ofUtf8(body));
  }

  static String request(String name, String type) {
    return "{\"name\":[\"" + name + "\"],\"type\":\"" + type + "\",\"args\":[]}";
  }

  void say(Frame... frames) throws IOException {
    for (Frame frame : frames) {
      output.write(frame);
    }
  }

  void sayBytes(String hex) throws IOException {
    line.here().output().write(Bytes.ofHex(hex).toArray());
  }

  /** The last packet of a program that ends. */
  void sayGoodbye() throws IOException {
    output.goodbye();
  }

  /** The end of the box stream. */
  void endLine() {
    line.here().goodbye();
  }

  /** The next packet; empty for the goodbye. */
  Optional<Frame> hear() throws IOException, PeerException {
    return input.read();
  }

  boolean runs() {
    return thread.isAlive();
  }

  /** How the connection ended: empty when by a goodbye. */
  Optional<Exception> ended() throws InterruptedException {
    thread.join();
    return failure;
  }

  /** The words with which the connection was given up. */
  String fault() throws InterruptedException {
    return String.valueOf(
        assertInstanceOf(PeerException.class, ended().orElseThrow()).getMessage());
  }

  /** Reads and forgets as many packets as are listed. */
  List<Frame> hear(int count) throws IOException, PeerException {
    Frame[] heard = new Frame[count];
    for (int i = 0; i < count; i++) {
      heard[i] = hear().orElseThrow();
    }
    return List.of(heard);
  }

  @Override
  public void close() {
    line.here().breakOff();
    boolean joined = false;
    while (!joined) {
      try {
        thread.join();
        joined = true;
      } catch (InterruptedException e) {
        thread.interrupt();
      }
    }
    tasks.close();
  }
}
