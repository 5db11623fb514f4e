package org.skep.wire.crypto;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;

/** Which group a point of the curve is of. Any thread. */
final class Points {
  private static final int SOUND_KEYS_MAX = 4096;

  /** Keys lately seen to be of prime order; whoever signs one message signs many. */
  private static final Set<PublicKey> SOUND_KEYS = ConcurrentHashMap.newKeySet();

  private Points() {}

  /** {@link #isOfPrimeOrder} of keys, which come again and again. */
  static boolean isKeyOfPrimeOrder(PublicKey key) {
    if (SOUND_KEYS.contains(key)) {
      return true;
    }
    if (!isOfPrimeOrder(key.bytes())) {
      return false;
    }
    if (SOUND_KEYS.size() >= SOUND_KEYS_MAX) {
      SOUND_KEYS.clear();
    }
    SOUND_KEYS.add(key);
    return true;
  }

  /**
   * Whether the bytes are the one encoding of a point of the curve's prime-order group, other than
   * its neutral element.
   *
   * @param point 32 bytes
   */
  static boolean isOfPrimeOrder(Bytes point) {
    return Ed25519.validatePublicKeyFull(point.toArray(), 0);
  }

  /** Of a point of the curve, whether eight times it is the neutral element. */
  static boolean isOfSmallOrder(Bytes point) {
    return !Ed25519.validatePublicKeyPartial(point.toArray(), 0);
  }
}
