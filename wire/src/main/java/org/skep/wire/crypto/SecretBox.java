package org.skep.wire.crypto;

import java.util.Optional;
import org.skep.kernel.Bytes;

/**
 * NaCl's {@code crypto_secretbox}: XSalsa20 and Poly1305, the 16-byte authenticator first. Any
 * thread.
 */
public final class SecretBox {
  public static final int KEY_BYTES = 32;
  public static final int NONCE_BYTES = 24;
  public static final int MAC_BYTES = 16;

  private SecretBox() {}

  /**
   * @param key 32 secret bytes
   * @param nonce 24 bytes, never used twice with one key
   * @return 16 bytes more than the plain text
   */
  public static Bytes seal(Bytes key, Bytes nonce, Bytes plain) {
    return Bytes.wrap(
        Accelerator.chosen()
            .boxSeal(
                Primitives.exactly(KEY_BYTES, key),
                Primitives.exactly(NONCE_BYTES, nonce),
                plain.toArray()));
  }

  /** The plain text; empty when the box was not made with this key and nonce, or was touched. */
  public static Optional<Bytes> open(Bytes key, Bytes nonce, Bytes box) {
    if (box.length() < MAC_BYTES) {
      return Optional.empty();
    }
    return Optional.ofNullable(
            Accelerator.chosen()
                .boxOpen(
                    Primitives.exactly(KEY_BYTES, key),
                    Primitives.exactly(NONCE_BYTES, nonce),
                    box.toArray()))
        .map(Bytes::wrap);
  }
}
