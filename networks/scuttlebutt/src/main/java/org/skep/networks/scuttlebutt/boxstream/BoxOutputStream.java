package org.skep.networks.scuttlebutt.boxstream;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import org.skep.kernel.Bytes;
import org.skep.wire.crypto.SecretBox;

/**
 * Seals what is written into boxes, at once and without holding anything back. One thread at a
 * time.
 */
public final class BoxOutputStream extends OutputStream {
  private final OutputStream out;
  private final Bytes key;
  private final BoxNonce nonce;
  private boolean ended;

  /**
   * @param key 32 secret bytes
   * @param firstNonce 24 bytes
   */
  public BoxOutputStream(OutputStream out, Bytes key, Bytes firstNonce) {
    this.out = out;
    this.key = key;
    this.nonce = new BoxNonce(firstNonce);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, source.length);
    if (ended) {
      throw new IOException("this box stream has said goodbye");
    }
    for (int from = offset; from < offset + length; from += BoxInputStream.BODY_BYTES_MAX) {
      int count = Math.min(BoxInputStream.BODY_BYTES_MAX, offset + length - from);
      writeBox(Bytes.copyOf(source, from, count));
    }
  }

  private void writeBox(Bytes plain) throws IOException {
    Bytes headerNonce = nonce.next();
    Bytes sealed = SecretBox.seal(key, nonce.next(), plain);
    byte[] header = new byte[2 + SecretBox.MAC_BYTES];
    header[0] = (byte) (plain.length() >> 8);
    header[1] = (byte) plain.length();
    sealed.slice(0, SecretBox.MAC_BYTES).copyTo(header, 2);
    Bytes sealedHeader = SecretBox.seal(key, headerNonce, Bytes.wrap(header));
    Bytes box = Bytes.concat(sealedHeader, sealed.slice(SecretBox.MAC_BYTES, sealed.length()));
    out.write(box.toArray());
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  /**
   * Says goodbye: the authenticated end, after which nothing can be written. Leaves the line open
   * for the other direction. Doing it twice does it once.
   */
  public void goodbye() throws IOException {
    if (!ended) {
      ended = true;
      Bytes zero = Bytes.wrap(new byte[2 + SecretBox.MAC_BYTES]);
      out.write(SecretBox.seal(key, nonce.next(), zero).toArray());
      out.flush();
    }
  }

  /** Says goodbye and closes the line. */
  @Override
  public void close() throws IOException {
    try {
      goodbye();
    } finally {
      out.close();
    }
  }
}
