package org.skep.kernel;

/** The door to randomness, fit for keys. Any thread. */
public interface Randomness {
  void fill(byte[] target);

  /** Fresh random bytes. */
  default Bytes bytes(int length) {
    byte[] fresh = new byte[length];
    fill(fresh);
    return Bytes.wrap(fresh);
  }

  /** A fraction from 0 (inclusive) to 1 (exclusive), for jitter. */
  default double fraction() {
    byte[] fresh = new byte[4];
    fill(fresh);
    int bits = 0;
    for (byte b : fresh) {
      bits = (bits << 8) | (b & 0xff);
    }
    return (bits & 0xffffffffL) / 4294967296.0;
  }
}
