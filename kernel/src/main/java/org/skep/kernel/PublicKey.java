package org.skep.kernel;

/**
 * An Ed25519 public key.
 *
 * @param bytes exactly 32 bytes, in the encoding of RFC 8032, section 5.1.2
 */
public record PublicKey(Bytes bytes) {
  public static final int LENGTH_BYTES = 32;

  public PublicKey {
    if (bytes.length() != LENGTH_BYTES) {
      throw new IllegalArgumentException("a public key has 32 bytes, not " + bytes.length());
    }
  }

  @Override
  public String toString() {
    return bytes.hex();
  }
}
