package org.skep.wire.age;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;

/** The keys of a sealed file and what is done with them. */
final class AgeKeys {
  static final int FILE_KEY_BYTES = 16;
  static final int SALT_BYTES = 16;
  static final int TAG_BYTES = 16;
  static final int PAYLOAD_NONCE_BYTES = 16;
  static final int CHUNK_BYTES = 64 << 10;

  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int SCRYPT_R = 8;
  private static final String SCRYPT_LABEL = "age-encryption.org/v1/scrypt";
  private static final String CIPHER = "ChaCha20-Poly1305";
  private static final String HMAC = "HmacSHA256";
  private static final String HKDF = "HKDF-SHA256";

  private AgeKeys() {}

  /** What scrypt takes with a cost of that power of two: 128 * r * N bytes (RFC 7914). */
  static long memoryBytes(int workFactor) {
    return (128L * SCRYPT_R) << workFactor;
  }

  /**
   * The key that the file key is wrapped in.
   *
   * @param workFactor scrypt's cost as a power of two, see {@link #memoryBytes}
   */
  static byte[] wrapping(String passphrase, byte[] salt, int workFactor) {
    byte[] label = SCRYPT_LABEL.getBytes(StandardCharsets.UTF_8);
    byte[] labelled = Arrays.copyOf(label, label.length + salt.length);
    System.arraycopy(salt, 0, labelled, label.length, salt.length);
    return SCrypt.generate(
        passphrase.getBytes(StandardCharsets.UTF_8),
        labelled,
        1 << workFactor,
        SCRYPT_R,
        1,
        KEY_BYTES);
  }

  private static byte[] derived(byte[] fileKey, byte[] salt, String info) {
    try {
      return KDF.getInstance(HKDF)
          .deriveData(
              HKDFParameterSpec.ofExtract()
                  .addIKM(fileKey)
                  .addSalt(salt)
                  .thenExpand(info.getBytes(StandardCharsets.UTF_8), KEY_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + HKDF, e);
    }
  }

  /** What ends a header, so that nobody changes it. */
  static byte[] headerMac(byte[] fileKey, byte[] header) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(derived(fileKey, new byte[0], "header"), HMAC));
      return mac.doFinal(header);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
    }
  }

  static byte[] payload(byte[] fileKey, byte[] nonce) {
    return derived(fileKey, nonce, "payload");
  }

  static byte[] wrap(byte[] wrapping, byte[] fileKey) {
    return seal(wrapping, new byte[NONCE_BYTES], fileKey, fileKey.length);
  }

  static Optional<byte[]> unwrap(byte[] wrapping, byte[] wrapped) {
    return open(wrapping, new byte[NONCE_BYTES], wrapped, wrapped.length);
  }

  /** The nonce of a chunk: its number, and whether it is the last one. */
  static byte[] nonce(long chunk, boolean last) {
    byte[] nonce = new byte[NONCE_BYTES];
    for (int i = 0; i < Long.BYTES; i++) {
      nonce[NONCE_BYTES - 2 - i] = (byte) (chunk >>> (8 * i));
    }
    nonce[NONCE_BYTES - 1] = (byte) (last ? 1 : 0);
    return nonce;
  }

  static byte[] seal(byte[] key, byte[] nonce, byte[] plain, int length) {
    try {
      return cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(plain, 0, length);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK seals with " + CIPHER, e);
    }
  }

  /** Empty when it was not sealed with this key and nonce, or was touched. */
  static Optional<byte[]> open(byte[] key, byte[] nonce, byte[] sealed, int length) {
    try {
      return Optional.of(cipher(Cipher.DECRYPT_MODE, key, nonce).doFinal(sealed, 0, length));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK opens with " + CIPHER, e);
    }
  }

  private static Cipher cipher(int mode, byte[] key, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, new SecretKeySpec(key, "ChaCha20"), new IvParameterSpec(nonce));
    return cipher;
  }
}
