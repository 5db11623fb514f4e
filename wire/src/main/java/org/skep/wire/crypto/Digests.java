package org.skep.wire.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.Blake3Digest;
import org.skep.kernel.Bytes;

/** Hash functions and message authentication codes. Any thread. */
public final class Digests {
  private Digests() {}

  /** SHA-256, 32 bytes. */
  public static Bytes sha256(Bytes data) {
    return digest("SHA-256", data);
  }

  /** SHA-512, 64 bytes. */
  public static Bytes sha512(Bytes data) {
    return digest("SHA-512", data);
  }

  /** BLAKE3 with its default length of 32 bytes. */
  public static Bytes blake3(Bytes data) {
    Blake3Digest blake3 = new Blake3Digest(256);
    byte[] input = data.toArray();
    blake3.update(input, 0, input.length);
    byte[] out = new byte[32];
    blake3.doFinal(out, 0);
    return Bytes.wrap(out);
  }

  /**
   * NaCl's {@code crypto_auth}: HMAC-SHA-512 cut to its first 32 bytes.
   *
   * @param key 32 bytes
   */
  public static Bytes auth(Bytes key, Bytes message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA512");
      mac.init(new SecretKeySpec(key.toArray(), "HmacSHA512"));
      return Bytes.copyOf(mac.doFinal(message.toArray()), 0, 32);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-512", e);
    }
  }

  private static Bytes digest(String algorithm, Bytes data) {
    try {
      return Bytes.wrap(MessageDigest.getInstance(algorithm).digest(data.toArray()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }
}
