package org.skep.wire.crypto;

import java.util.Optional;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
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
    XSalsa20Engine cipher = cipher(key, nonce);
    byte[] macKey = macKey(cipher);
    byte[] out = new byte[MAC_BYTES + plain.length()];
    cipher.processBytes(plain.toArray(), 0, plain.length(), out, MAC_BYTES);
    Bytes mac = authenticate(macKey, out, MAC_BYTES, plain.length());
    mac.copyTo(out, 0);
    return Bytes.wrap(out);
  }

  /** The plain text; empty when the box was not made with this key and nonce, or was touched. */
  public static Optional<Bytes> open(Bytes key, Bytes nonce, Bytes box) {
    if (box.length() < MAC_BYTES) {
      return Optional.empty();
    }
    XSalsa20Engine cipher = cipher(key, nonce);
    byte[] macKey = macKey(cipher);
    byte[] in = box.toArray();
    Bytes mac = authenticate(macKey, in, MAC_BYTES, in.length - MAC_BYTES);
    if (!mac.equals(box.slice(0, MAC_BYTES))) {
      return Optional.empty();
    }
    byte[] out = new byte[in.length - MAC_BYTES];
    cipher.processBytes(in, MAC_BYTES, out.length, out, 0);
    return Optional.of(Bytes.wrap(out));
  }

  private static XSalsa20Engine cipher(Bytes key, Bytes nonce) {
    XSalsa20Engine cipher = new XSalsa20Engine();
    cipher.init(true, new ParametersWithIV(new KeyParameter(key.toArray()), nonce.toArray()));
    return cipher;
  }

  /** The first 32 bytes of the key stream; the text is sealed with what follows. */
  private static byte[] macKey(XSalsa20Engine cipher) {
    byte[] key = new byte[32];
    cipher.processBytes(key, 0, key.length, key, 0);
    return key;
  }

  private static Bytes authenticate(byte[] macKey, byte[] data, int offset, int length) {
    Poly1305 poly = new Poly1305();
    poly.init(new KeyParameter(macKey));
    poly.update(data, offset, length);
    byte[] mac = new byte[MAC_BYTES];
    poly.doFinal(mac, 0);
    return Bytes.wrap(mac);
  }
}
