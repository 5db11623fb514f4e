package org.skep.kernel;

/**
 * A SHA-256 digest: the name under which this program keeps a blob.
 *
 * @param bytes exactly 32 bytes
 */
public record Hash(Bytes bytes) {
  public static final int LENGTH_BYTES = 32;

  public Hash {
    if (bytes.length() != LENGTH_BYTES) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length());
    }
  }

  @Override
  public String toString() {
    return bytes.hex();
  }
}
