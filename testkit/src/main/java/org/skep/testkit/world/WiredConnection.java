package org.skep.testkit.world;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.skep.kernel.Connection;

/**
 * One end of a connection between two machines. Bytes are cut into packets, arrive in their order
 * whatever becomes of those, and no more are on the way than the other end has room for.
 */
final class WiredConnection implements Connection {
  /** Bytes that may be on the way or unread. */
  static final int WINDOW_BYTES = 64 << 10;

  private static final int PACKET_BYTES_MAX = 8 << 10;

  private final WiredTransport transport;
  private final Wires wires;
  private final Wires.Way way;
  private final Consumer<Connection> keeper;
  private final Waiting readers;
  private final Waiting writers;
  private @Nullable WiredConnection other;
  private Duration patience = Waiting.FOR_EVER;
  private boolean closed;
  private Optional<String> broken = Optional.empty();

  private long sent;
  private long takenThere;
  private final Map<Long, Wires.Packet> unanswered = new LinkedHashMap<>();

  private final TreeMap<Long, byte[]> early = new TreeMap<>();
  private final ArrayDeque<byte[]> arrived = new ArrayDeque<>();
  private long next;
  private long taken;
  private long told;
  private long endsAt = Long.MAX_VALUE;

  /**
   * @param keeper is told when the connection shall keep its place
   */
  WiredConnection(WiredTransport transport, Wires.Way way, Consumer<Connection> keeper) {
    this.transport = transport;
    this.wires = transport.wires();
    this.way = way;
    this.keeper = keeper;
    this.readers = new Waiting(wires.scheduler());
    this.writers = new Waiting(wires.scheduler());
  }

  void join(WiredConnection theOther) {
    other = theOther;
  }

  private WiredConnection other() {
    return Objects.requireNonNull(other, "joined before it is used");
  }

  // What leaves here.

  private void write(byte[] bytes, int offset, int length) throws IOException {
    int at = offset;
    while (at < offset + length) {
      awaitRoom();
      int room = (int) (WINDOW_BYTES - (sent - takenThere));
      int count = Math.min(Math.min(room, PACKET_BYTES_MAX), offset + length - at);
      sendPacket(Arrays.copyOfRange(bytes, at, at + count));
      at += count;
    }
  }

  private void awaitRoom() throws IOException {
    check();
    while (sent - takenThere >= WINDOW_BYTES) {
      await(writers, Waiting.FOR_EVER);
      check();
    }
  }

  private void sendPacket(byte[] bytes) {
    long place = sent;
    sent += bytes.length;
    unanswered.put(
        place,
        wires.send(
            way,
            bytes.length,
            () -> other().arrive(place, bytes),
            () -> breakOff("the other computer does not answer")));
  }

  private void answered(long arrivedThere) {
    unanswered
        .entrySet()
        .removeIf(packet -> {
          boolean there = packet.getKey() < arrivedThere;
          if (there) {
            packet.getValue().over();
          }
          return there;
        });
  }

  private void takenThere(long bytes) {
    takenThere = Math.max(takenThere, bytes);
    writers.wakeAll();
  }

  // What arrives here.

  /** A packet from the other end; its bytes may be known already, or come too early. */
  private void arrive(long place, byte[] bytes) {
    if (refused()) {
      return;
    }
    if (place + bytes.length > next) {
      early.putIfAbsent(place, bytes);
      while (!early.isEmpty() && early.firstKey() == next) {
        byte[] following = early.pollFirstEntry().getValue();
        arrived.add(following);
        next += following.length;
      }
      readers.wakeAll();
    }
    long upTo = next;
    wires.mention(way, () -> other().answered(upTo));
  }

  private void arriveEnd(long place) {
    if (!refused()) {
      endsAt = place;
      readers.wakeAll();
    }
  }

  /** Whether nobody is here any more; whoever sends is told so, if anybody can. */
  private boolean refused() {
    boolean gone = closed || broken.isPresent() || transport.isOff();
    if (gone && wires.isUp(way.from())) {
      wires.mention(way, () -> other().breakOff("the other computer has ended it"));
    }
    return gone;
  }

  private int read(byte[] into, int offset, int length) throws IOException {
    check();
    while (arrived.isEmpty()) {
      if (next >= endsAt) {
        return -1;
      }
      if (!await(readers, patience)) {
        throw new SocketTimeoutException("nothing came in time");
      }
      check();
    }
    byte[] first = arrived.remove();
    int count = Math.min(length, first.length);
    System.arraycopy(first, 0, into, offset, count);
    if (count < first.length) {
      arrived.addFirst(Arrays.copyOfRange(first, count, first.length));
    }
    taken += count;
    if (taken - told >= WINDOW_BYTES / 4) {
      told = taken;
      tellTaken(taken);
    }
    return count;
  }

  /** The other end may send so much more. */
  private void tellTaken(long upTo) {
    sendOnce(() -> other().takenThere(upTo));
  }

  /** Sends something until it arrives; that it did is known here at once. */
  private void sendOnce(Runnable arrival) {
    AtomicReference<Wires.@Nullable Packet> packet = new AtomicReference<>();
    packet.set(
        wires.send(
            way,
            0,
            () -> {
              arrival.run();
              Wires.Packet sent = packet.get();
              if (sent != null) {
                sent.over();
              }
            },
            () -> {}));
  }

  private boolean await(Waiting waiting, Duration atMost) throws IOException {
    try {
      return waiting.await(atMost);
    } catch (InterruptedException e) {
      // As sockets do to virtual threads.
      close();
      Thread.currentThread().interrupt();
      throw (IOException) new SocketException("closed by interrupt").initCause(e);
    }
  }

  private void check() throws IOException {
    if (closed) {
      throw new SocketException("closed");
    }
    if (broken.isPresent()) {
      throw new SocketException(broken.get());
    }
  }

  /** It is over, and the other end is not told. */
  void breakOff(String why) {
    if (broken.isEmpty() && !closed) {
      broken = Optional.of(why);
    }
    new ArrayList<>(unanswered.values()).forEach(Wires.Packet::over);
    unanswered.clear();
    readers.wakeAll();
    writers.wakeAll();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    transport.forget(this);
    readers.wakeAll();
    writers.wakeAll();
    if (broken.isEmpty() && !transport.isOff()) {
      long place = sent;
      sendOnce(() -> other().arriveEnd(place));
    }
  }

  @Override
  public void readTimeout(Duration atMost) {
    patience = atMost.isZero() ? Waiting.FOR_EVER : atMost;
  }

  @Override
  public InputStream input() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, into.length);
        return length == 0 ? 0 : WiredConnection.this.read(into, offset, length);
      }
    };
  }

  @Override
  public OutputStream output() {
    return new OutputStream() {
      @Override
      public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        WiredConnection.this.write(bytes, offset, length);
      }
    };
  }

  @Override
  public String remote() {
    return "machine " + way.to();
  }

  @Override
  public String remoteHost() {
    return remote();
  }

  @Override
  public void keep() {
    keeper.accept(this);
  }
}
