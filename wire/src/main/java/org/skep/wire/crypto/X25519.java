package org.skep.wire.crypto;

import java.util.Optional;
import org.skep.kernel.Bytes;

/** X25519 key agreement (RFC 7748). Any thread. */
public final class X25519 {
  public static final int KEY_BYTES = 32;

  private X25519() {}

  /**
   * @param secret 32 secret bytes, clamped here as the RFC says
   */
  public static Bytes publicKey(Bytes secret) {
    return Bytes.wrap(Accelerator.chosen().x25519PublicKey(Primitives.exactly(KEY_BYTES, secret)));
  }

  /**
   * The shared secret; empty when it would be all zero, which only a low-order public key makes
   * (RFC 7748, section 6.1).
   *
   * @param theirs 32 bytes from the other side
   */
  public static Optional<Bytes> agree(Bytes secret, Bytes theirs) {
    if (theirs.length() != KEY_BYTES) {
      return Optional.empty();
    }
    return Optional.ofNullable(
            Accelerator.chosen()
                .x25519Agree(Primitives.exactly(KEY_BYTES, secret), theirs.toArray()))
        .map(Bytes::wrap);
  }
}
