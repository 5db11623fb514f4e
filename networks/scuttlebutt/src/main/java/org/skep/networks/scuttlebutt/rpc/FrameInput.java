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

  FrameInput(InputStream in, int bodyBytesMax) {
    this.in = in;
    this.bodyBytesMax = bodyBytesMax;
  }

  /**
   * The next packet; empty when the other side has said goodbye, by its last packet or by ending
   * the box stream.
   *
   * @throws PeerException when the bytes are no packet or exceed the bounds
   */
  Optional<Frame> read() throws IOException, PeerException {
    byte[] header = in.readNBytes(Frame.HEADER_BYTES);
    if (header.length == 0) {
      return Optional.empty();
    }
    if (header.length < Frame.HEADER_BYTES) {
      throw new PeerException("a packet broke off");
    }
    if (Bytes.wrap(header).isAllZero()) {
      return Optional.empty();
    }
    ByteBuffer fields = ByteBuffer.wrap(header);
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
    return Optional.of(
        new Frame(
            request,
            (flags & FLAG_STREAM) != 0,
            (flags & FLAG_END) != 0,
            type.get(),
            body((int) length)));
  }

  /** Grows as the bytes come, so that a length alone costs nothing. */
  private Bytes body(int length) throws IOException, PeerException {
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new PeerException("a packet broke off");
    }
    return Bytes.wrap(body);
  }
}
