package org.skep.wire.crypto;

import org.jspecify.annotations.Nullable;
import org.skep.kernel.Bytes;

/**
 * What the ciphers and signatures of this package are made of, by one library or another; all give
 * the same bytes and the same verdicts. Arrays are of the right length and never changed. Any
 * thread.
 */
interface Primitives {
  /**
   * The bytes of something of a certain length.
   *
   * @throws IllegalArgumentException when it is of another: a native library would read on
   */
  static byte[] exactly(int lengthBytes, Bytes bytes) {
    if (bytes.length() != lengthBytes) {
      throw new IllegalArgumentException(
          "%d bytes where %d belong".formatted(bytes.length(), lengthBytes));
    }
    return bytes.toArray();
  }

  /** The library's name and version, for people. */
  String name();

  /** The Ed25519 public key of a seed, 32 bytes both. */
  byte[] ed25519PublicKey(byte[] seed);

  /** 64 bytes. */
  byte[] ed25519Sign(byte[] seed, byte[] message);

  /** As {@link Ed25519#verify} says. */
  boolean ed25519Verify(byte[] key, byte[] message, byte[] signature);

  /** The X25519 public key of a secret, 32 bytes both. */
  byte[] x25519PublicKey(byte[] secret);

  /** What both sides come to; null where that would be all zero. */
  byte @Nullable [] x25519Agree(byte[] secret, byte[] theirs);

  /** NaCl's box: 16 bytes of authenticator, then the cipher text. */
  byte[] boxSeal(byte[] key, byte[] nonce, byte[] plain);

  /** The plain text of a box of 16 bytes or more; null where it is not sound. */
  byte @Nullable [] boxOpen(byte[] key, byte[] nonce, byte[] box);
}
