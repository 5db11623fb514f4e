package org.skep.wire.crypto;

import java.math.BigInteger;
import java.util.Optional;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;

/**
 * Ed25519 signatures (RFC 8032) and the birational map to X25519 keys (RFC 7748, section 4.1) that
 * NaCl users rely on. Any thread.
 */
public final class Ed25519 {
  public static final int SEED_BYTES = 32;
  public static final int SIGNATURE_BYTES = 64;

  private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));

  private Ed25519() {}

  /**
   * @param seed 32 secret bytes
   */
  public static PublicKey publicKey(Bytes seed) {
    byte[] key = new byte[PublicKey.LENGTH_BYTES];
    org.bouncycastle.math.ec.rfc8032.Ed25519.generatePublicKey(seed.toArray(), 0, key, 0);
    return new PublicKey(Bytes.wrap(key));
  }

  /**
   * @param seed 32 secret bytes
   * @return 64 bytes
   */
  public static Bytes sign(Bytes seed, Bytes message) {
    byte[] signature = new byte[SIGNATURE_BYTES];
    org.bouncycastle.math.ec.rfc8032.Ed25519.sign(
        seed.toArray(), 0, message.toArray(), 0, message.length(), signature, 0);
    return Bytes.wrap(signature);
  }

  /**
   * Whether the signature is the key's over the message; a key or signature out of shape is not.
   */
  public static boolean verify(PublicKey key, Bytes message, Bytes signature) {
    return signature.length() == SIGNATURE_BYTES
        && org.bouncycastle.math.ec.rfc8032.Ed25519.verify(
            signature.toArray(),
            0,
            key.bytes().toArray(),
            0,
            message.toArray(),
            0,
            message.length());
  }

  /**
   * The X25519 secret that belongs to the same person: the clamped first half of SHA-512 of the
   * seed.
   */
  public static Bytes x25519Secret(Bytes seed) {
    byte[] half = Digests.sha512(seed).slice(0, 32).toArray();
    half[0] &= (byte) 0xf8;
    half[31] &= 0x7f;
    half[31] |= 0x40;
    return Bytes.wrap(half);
  }

  /**
   * The X25519 public key that belongs to the same person, {@code u = (1 + y) / (1 - y)}; empty
   * when the bytes are no point of the curve's prime-order group (as libsodium refuses them).
   */
  public static Optional<Bytes> x25519Public(PublicKey key) {
    if (!org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyFull(key.bytes().toArray(), 0)) {
      return Optional.empty();
    }
    byte[] littleEndian = key.bytes().toArray();
    littleEndian[31] &= 0x7f;
    BigInteger y = new BigInteger(1, reversed(littleEndian));
    BigInteger u = BigInteger.ONE.add(y).multiply(BigInteger.ONE.subtract(y).modInverse(P)).mod(P);
    byte[] bigEndian = u.toByteArray();
    byte[] out = new byte[32];
    for (int i = 0; i < bigEndian.length && i < 32; i++) {
      out[i] = bigEndian[bigEndian.length - 1 - i];
    }
    return Optional.of(Bytes.wrap(out));
  }

  private static byte[] reversed(byte[] array) {
    byte[] turned = new byte[array.length];
    for (int i = 0; i < array.length; i++) {
      turned[i] = array[array.length - 1 - i];
    }
    return turned;
  }
}
