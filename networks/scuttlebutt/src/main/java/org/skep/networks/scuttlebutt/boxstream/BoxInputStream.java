package org.skep.networks.scuttlebutt.boxstream;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import org.skep.kernel.Bytes;
import org.skep.networks.scuttlebutt.boxstream.BoxStreamException.Reason;
import org.skep.wire.crypto.SecretBox;

/**
 * Opens the boxes of one direction. The end of this stream is the other side's goodbye; a line that
 * breaks before it throws {@link BoxStreamException} with {@link Reason#TRUNCATED}. One thread at a
 * time.
 */
public final class BoxInputStream extends InputStream {
  /** 16 bytes of authenticator, 2 of length, 16 of the body's authenticator. */
  public static final int HEADER_BYTES = 34;

  /** The longest body of one box. */
  public static final int BODY_BYTES_MAX = 4096;

  private final InputStream in;
  private final Bytes key;
  private final BoxNonce nonce;
  private byte[] body = new byte[0];
  private int at;
  private State state = State.OPEN;

  private enum State {
    OPEN,
    ENDED,
    BROKEN
  }

  /**
   * @param key 32 secret bytes
   * @param firstNonce 24 bytes
   */
  public BoxInputStream(InputStream in, Bytes key, Bytes firstNonce) {
    this.in = in;
    this.key = key;
    this.nonce = new BoxNonce(firstNonce);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (at == body.length && !openNextBox()) {
      return -1;
    }
    int count = Math.min(length, body.length - at);
    System.arraycopy(body, at, target, offset, count);
    at += count;
    return count;
  }

  /** How many bytes can be read without waiting. */
  @Override
  public int available() {
    return body.length - at;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Whether there was another box; false when the other side has said goodbye. */
  private boolean openNextBox() throws IOException {
    switch (state) {
      case OPEN -> {}
      case ENDED -> {
        return false;
      }
      case BROKEN -> throw new IOException("this box stream is broken");
    }
    state = State.BROKEN;
    Bytes header = open(receive(HEADER_BYTES));
    if (header.isAllZero()) {
      state = State.ENDED;
      return false;
    }
    int length = ((header.get(0) & 0xff) << 8) | (header.get(1) & 0xff);
    if (length == 0 || length > BODY_BYTES_MAX) {
      throw new BoxStreamException(Reason.BAD_LENGTH);
    }
    Bytes authenticator = header.slice(2, header.length());
    body = open(Bytes.concat(authenticator, receive(length))).toArray();
    at = 0;
    state = State.OPEN;
    return true;
  }

  private Bytes open(Bytes box) throws BoxStreamException {
    Optional<Bytes> plain = SecretBox.open(key, nonce.next(), box);
    return plain.orElseThrow(() -> new BoxStreamException(Reason.FORGED));
  }

  private Bytes receive(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new BoxStreamException(Reason.TRUNCATED);
    }
    return Bytes.wrap(bytes);
  }
}
