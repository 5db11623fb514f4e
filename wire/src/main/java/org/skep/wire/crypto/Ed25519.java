package org.skep.wire.crypto;

import java.math.BigInteger;
import java.util.Optional;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;

/**
 * Ed25519 signatures (RFC 8032), judged as libsodium judges them, and the birational map to X25519
 * keys (RFC 7748, section 4.1) that NaCl users rely on. Any thread.
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
    return new PublicKey(
        Bytes.wrap(Accelerator.chosen().ed25519PublicKey(Primitives.exactly(SEED_BYTES, seed))));
  }

  /**
   * @param seed 32 secret bytes
   * @return 64 bytes
   */
  public static Bytes sign(Bytes seed, Bytes message) {
    return Bytes.wrap(
        Accelerator.chosen().ed25519Sign(Primitives.exactly(SEED_BYTES, seed), message.toArray()));
  }

  /**
   * Whether libsodium 1.0.18 takes the signature for the key's over the message. RFC 8032 leaves
   * open what to say when key or signature have a part of small order, and two programs that judge
   * differently split a feed. So this is libsodium's reading: nothing of small order, nothing that
   * could have been written otherwise, and the equation holds exactly, not just up to a part of
   * small order.
   *
   * <p>Source: libsodium 1.0.18, {@code crypto_sign/ed25519/ref10/open.c}.
   */
  public static boolean verify(PublicKey key, Bytes message, Bytes signature) {
    return signature.length() == SIGNATURE_BYTES
        && Accelerator.chosen()
            .ed25519Verify(key.bytes().toArray(), message.toArray(), signature.toArray());
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
   * when the bytes are no point of the curve's prime-order group. So says libsodium, too, save that
   * 1.0.18 overlooks a part of order 2 and one other way to write a point; as later ones do, this
   * refuses both. It parts nobody: messages are judged by {@link #verify}.
   */
  public static Optional<Bytes> x25519Public(PublicKey key) {
    if (!Points.isKeyOfPrimeOrder(key)) {
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
