package org.skep.networks.scuttlebutt.message;

import java.util.Optional;
import org.skep.kernel.Bytes;
import org.skep.wire.crypto.Digests;

/**
 * The network's {@code caps.sign} (also called {@code hmac_sign_key}): a network of its own may
 * sign an HMAC of each message in place of the message, so that its messages are worthless
 * elsewhere. The main network has none. Shared by all of a network's members; any thread.
 */
public final class SignCap {
  /** Messages are signed as they are: the main network. */
  public static final SignCap NONE = new SignCap(Bytes.EMPTY);

  private static final int KEY_BYTES = 32;

  /** 32 bytes, or none. */
  private final Bytes key;

  private SignCap(Bytes key) {
    this.key = key;
  }

  /**
   * @param key 32 bytes
   */
  public static SignCap of(Bytes key) {
    if (key.length() != KEY_BYTES) {
      throw new IllegalArgumentException("a signing cap has 32 bytes, not " + key.length());
    }
    return new SignCap(key);
  }

  /** Reads a setting; empty unless it is the canonical base64 of 32 bytes. */
  public static Optional<SignCap> parse(String base64) {
    return Sigils.canonicalBase64(base64)
        .filter(key -> key.length() == KEY_BYTES)
        .map(SignCap::new);
  }

  /** What the Ed25519 signature is over: the text, or its HMAC-SHA-512 cut to 32 bytes. */
  Bytes toSign(Bytes unsignedText) {
    return key.length() == 0 ? unsignedText : Digests.auth(key, unsignedText);
  }
}
