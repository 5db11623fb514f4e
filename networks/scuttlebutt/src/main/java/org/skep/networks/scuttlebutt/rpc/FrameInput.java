package org.skep.networks.scuttlebutt.rpc;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.skep.kernel.Bytes;
import org.skep.kernel.PeerException;

/** Reads packets from a stream of bytes. One thread. */
final class FrameInput {
  private static final int FLAG_STREAM = 8;
  private static final int FLAG_END = 4;
  private static final int TYPE_BITS = 3;

  private final InputStream in;
  private final int bodyBytesMax;
  private final PacketDeadline deadline;

  /**
   * @param deadline told when a packet has begun and when it is here
   */
  FrameInput(InputStream in, int bodyBytesMax, PacketDeadline deadline) {
    this.in = in;
    this.bodyBytesMax = bodyBytesMax;
    this.deadline = deadline;
  }

  /**
   * The next packet; empty when the other side has said goodbye, by its last packet or by ending
   * the box stream.
   *
   * @throws PeerException when the bytes are no packet or exceed the bounds
   */
  Optional<Frame> read() throws IOException, PeerException {
    int first = in.read();
    if (first < 0) {
      return Optional.empty();
    }
    deadline.begin(Frame.HEADER_BYTES);
    byte[] rest = in.readNBytes(Frame.HEADER_BYTES - 1);
    if (rest.length < Frame.HEADER_BYTES - 1) {
      throw new PeerException("a packet broke off");
    }
    Bytes header = Bytes.concat(Bytes.wrap(new byte[] {(byte) first}), Bytes.wrap(rest));
    if (header.isAllZero()) {
      return Optional.empty();
    }
    Frame frame = read(ByteBuffer.wrap(header.toArray()));
    deadline.done();
    return Optional.of(frame);
  }

  private Frame read(ByteBuffer fields) throws IOException, PeerException {
    int flags = fields.get();
    long length = Integer.toUnsignedLong(fields.getInt());
    int request = fields.getInt();
    Optional<BodyType> type = BodyType.ofWire(flags & TYPE_BITS);
    if ((flags & ~(FLAG_STREAM | FLAG_END | TYPE_BITS)) != 0 || type.isEmpty()) {
      throw new PeerException("a packet has flags that the protocol does not know");
    }
    if (length > bodyBytesMax) {
      throw new PeerException("a packet is longer than " + bodyBytesMax + " bytes");
    }
    if (request == Integer.MIN_VALUE) {
      throw new PeerException("a packet has a number that can't be answered");
    }
    return new Frame(
        request,
        (flags & FLAG_STREAM) != 0,
        (flags & FLAG_END) != 0,
        type.get(),
        body((int) length));
  }

  /** Grows as the bytes come, so that a length alone costs nothing. */
  private Bytes body(int length) throws IOException, PeerException {
    deadline.begin(length);
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new PeerException("a packet broke off");
    }
    return Bytes.wrap(body);
  }
}
