package org.skep.wire.crypto;

import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;

/**
 * Ed25519 signatures on which all implementations agree. RFC 8032 leaves open what to say when the
 * key or the signature's point has a part of small order: such a signature, which only the key's
 * owner can make and no honest program does, is good for one library and bad for another. What must
 * be judged alike on every machine for ever refuses them. Any thread.
 */
public final class StrictEd25519 {
  private StrictEd25519() {}

  /** Whether the signature is the key's over the message, by anybody's reading of the RFC. */
  public static boolean verify(PublicKey key, Bytes message, Bytes signature) {
    return Ed25519.verify(key, message, signature)
        && Points.isKeyOfPrimeOrder(key)
        && Points.isOfPrimeOrder(signature.slice(0, 32));
  }
}
