package org.skep.wire.age;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.skep.kernel.Randomness;

/** Seals what is written to it. Only when it is closed is the file whole. One thread. */
public final class AgeSeal extends OutputStream {
  /** 128 MiB of memory and about a second for each guess at the passphrase. */
  public static final int WORK_FACTOR = 17;

  private final OutputStream to;
  private final byte[] key;
  private final byte[] chunk = new byte[AgeKeys.CHUNK_BYTES];
  private int filled;
  private long chunks;
  private boolean closed;

  private AgeSeal(OutputStream to, byte[] key) {
    this.to = to;
    this.key = key;
  }

  /**
   * Begins a sealed file.
   *
   * @param to closed with this
   * @param workFactor what a guess costs, as a power of two; {@link #WORK_FACTOR} but in tests
   */
  public static AgeSeal begin(
      OutputStream to, String passphrase, Randomness randomness, int workFactor)
      throws IOException {
    byte[] fileKey = randomness.bytes(AgeKeys.FILE_KEY_BYTES).toArray();
    byte[] salt = randomness.bytes(AgeKeys.SALT_BYTES).toArray();
    byte[] wrapped = AgeKeys.wrap(AgeKeys.wrapping(passphrase, salt, workFactor), fileKey);
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    header.writeBytes(
        (AgeOpen.VERSION
                + "\n-> scrypt "
                + base64(salt)
                + " "
                + workFactor
                + "\n"
                + base64(wrapped)
                + "\n---")
            .getBytes(StandardCharsets.US_ASCII));
    byte[] mac = AgeKeys.headerMac(fileKey, header.toByteArray());
    header.writeBytes((" " + base64(mac) + "\n").getBytes(StandardCharsets.US_ASCII));
    byte[] nonce = randomness.bytes(AgeKeys.PAYLOAD_NONCE_BYTES).toArray();
    header.writeBytes(nonce);
    to.write(header.toByteArray());
    return new AgeSeal(to, AgeKeys.payload(fileKey, nonce));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    int done = 0;
    while (done < length) {
      if (filled == chunk.length) {
        flushChunk(false);
      }
      int some = Math.min(length - done, chunk.length - filled);
      System.arraycopy(bytes, from + done, chunk, filled, some);
      filled += some;
      done += some;
    }
  }

  private void flushChunk(boolean last) throws IOException {
    to.write(AgeKeys.seal(key, AgeKeys.nonce(chunks++, last), chunk, filled));
    filled = 0;
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (to) {
      flushChunk(true);
    }
  }
}
