package org.skep.wire.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

  /** What stands before the 32 bytes of a key in its X.509 form (RFC 8410, section 4). */
  private static final Bytes X509_PREFIX = Bytes.ofHex("302a300506032b6570032100");

  private static final int SOUND_KEYS_MAX = 4096;

  /** Keys lately seen to be of prime order; whoever signs one message signs many. */
  private static final Set<PublicKey> SOUND_KEYS = ConcurrentHashMap.newKeySet();

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
   * Whether libsodium 1.0.18 takes the signature for the key's over the message. RFC 8032 leaves
   * open what to say when key or signature have a part of small order, and two programs that judge
   * differently split a feed. So this is libsodium's reading: nothing of small order, nothing that
   * could have been written otherwise, and the equation holds exactly, not just up to a part of
   * small order.
   *
   * <p>Source: libsodium 1.0.18, {@code crypto_sign/ed25519/ref10/open.c}.
   */
  public static boolean verify(PublicKey key, Bytes message, Bytes signature) {
    if (!holdsUpToSmallOrder(key, message, signature)) {
      return false;
    }
    Bytes point = signature.slice(0, 32);
    // Where neither has a part of small order, none can be left over: the rule of honest programs.
    return (isOfPrimeOrder(point) && isSound(key))
        || (!isOfSmallOrder(point) && holdsExactly(key, message, signature));
  }

  /**
   * As {@link #verify} but for points of small order, which may be missing from the equation and be
   * the signature's point. False for a key of small order, and for whatever is out of shape.
   */
  static boolean holdsUpToSmallOrder(PublicKey key, Bytes message, Bytes signature) {
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

  /** The JDK compares both sides of the equation as they are; several times slower. */
  private static boolean holdsExactly(PublicKey key, Bytes message, Bytes signature) {
    try {
      Bytes encoded = Bytes.concat(X509_PREFIX, key.bytes());
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(
          KeyFactory.getInstance("Ed25519")
              .generatePublic(new X509EncodedKeySpec(encoded.toArray())));
      verifier.update(message.toArray());
      return verifier.verify(signature.toArray());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has Ed25519", e);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean isSound(PublicKey key) {
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
    return org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyFull(point.toArray(), 0);
  }

  /** Of a point of the curve, whether eight times it is the neutral element. */
  private static boolean isOfSmallOrder(Bytes point) {
    return !org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyPartial(point.toArray(), 0);
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
    if (!isOfPrimeOrder(key.bytes())) {
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
