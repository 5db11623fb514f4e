package org.skep.networks.scuttlebutt.boxstream;

import org.skep.kernel.Bytes;
import org.skep.wire.crypto.SecretBox;

/** A nonce that counts up by one for each box, as one 24-byte big-endian number. One thread. */
final class BoxNonce {
  private final byte[] counter;

  BoxNonce(Bytes first) {
    if (first.length() != SecretBox.NONCE_BYTES) {
      throw new IllegalArgumentException("a nonce has 24 bytes, not " + first.length());
    }
    this.counter = first.toArray();
  }

  /** The nonce for the next box; the one after it is one greater. */
  Bytes next() {
    Bytes nonce = Bytes.copyOf(counter);
    for (int i = counter.length - 1; i >= 0; i--) {
      counter[i]++;
      if (counter[i] != 0) {
        break;
      }
    }
    return nonce;
  }
}
