package org.skep.networks.scuttlebutt.rpc;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Writes packets to a stream of bytes. One thread. */
final class FrameOutput {
  private final OutputStream out;

  FrameOutput(OutputStream out) {
    this.out = out;
  }

  /** Header and body in one write, so that a short packet fills one box. */
  void write(Frame frame) throws IOException {
    int flags = frame.type().wire() | (frame.end() ? 4 : 0) | (frame.stream() ? 8 : 0);
    byte[] packet =
        ByteBuffer.allocate(Frame.HEADER_BYTES + frame.body().length())
            .put((byte) flags)
            .putInt(frame.body().length())
            .putInt(frame.request())
            .array();
    frame.body().copyTo(packet, Frame.HEADER_BYTES);
    out.write(packet);
  }

  void goodbye() throws IOException {
    out.write(new byte[Frame.HEADER_BYTES]);
  }

  void flush() throws IOException {
    out.flush();
  }
}
