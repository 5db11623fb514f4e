package org.skep.networks.fediverse.signature;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;
import org.skep.wire.crypto.Ed25519;

/**
 * Somebody's public key; it alone says by which algorithm her signatures are checked. Any thread.
 */
public sealed interface VerifyingKey {
  SignatureAlgorithm algorithm();

  /** Whether the signature over the bytes is the key's. */
  boolean verifies(Bytes signed, Bytes signature);

  /**
   * @param key with a modulus of 2,048 to 8,192 bits and an exponent that costs little
   */
  record Rsa(RSAPublicKey key) implements VerifyingKey {
    static final int MODULUS_BITS_MIN = 2_048;
    static final int MODULUS_BITS_MAX = 8_192;

    /** Work grows with it; all programs use 65,537. */
    private static final int EXPONENT_BITS_MAX = 32;

    public Rsa {
      int bits = key.getModulus().bitLength();
      BigInteger exponent = key.getPublicExponent();
      if (bits < MODULUS_BITS_MIN
          || bits > MODULUS_BITS_MAX
          || exponent.bitLength() > EXPONENT_BITS_MAX
          || exponent.compareTo(BigInteger.TWO) <= 0
          || !exponent.testBit(0)) {
        throw new IllegalArgumentException("an RSA key of a size that is not taken");
      }
    }

    @Override
    public SignatureAlgorithm algorithm() {
      return SignatureAlgorithm.RSA_V1_5_SHA256;
    }

    @Override
    public boolean verifies(Bytes signed, Bytes signature) {
      try {
        Signature check = Signature.getInstance("SHA256withRSA");
        check.initVerify(key);
        check.update(signed.toArray());
        return check.verify(signature.toArray());
      } catch (GeneralSecurityException malformed) {
        // A signature of another length than the key's is told so.
        return false;
      }
    }
  }

  record Ed(PublicKey key) implements VerifyingKey {
    @Override
    public SignatureAlgorithm algorithm() {
      return SignatureAlgorithm.ED25519;
    }

    @Override
    public boolean verifies(Bytes signed, Bytes signature) {
      return Ed25519.verify(key, signed, signature);
    }
  }

  /** A PEM text of 8,192 bits has some 1,500 characters. */
  int PEM_CHARS_MAX = 4_096;

  Pattern PEM =
      Pattern.compile(
          "\\s*-----BEGIN PUBLIC KEY-----(?<base64>[A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----\\s*");

  /** What stands before the 32 bytes of an Ed25519 key (RFC 8410, sections 3 and 4). */
  Bytes ED25519_INFO = Bytes.ofHex("302a300506032b6570032100");

  /**
   * Reads a key as actors publish it in {@code publicKeyPem}: a SubjectPublicKeyInfo (RFC 5280,
   * section 4.1) in PEM (RFC 7468, section 13).
   *
   * @return empty when it is none, or of a kind or size that is not taken
   */
  static Optional<VerifyingKey> ofPem(String pem) {
    if (pem.length() > PEM_CHARS_MAX) {
      return Optional.empty();
    }
    Matcher matcher = PEM.matcher(pem);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      Bytes info = Bytes.ofBase64(matcher.group("base64").replaceAll("\\s", ""));
      return Optional.of(
          info.startsWith(ED25519_INFO)
              ? new Ed(new PublicKey(info.slice(ED25519_INFO.length(), info.length())))
              : new Rsa(
                  (RSAPublicKey)
                      KeyFactory.getInstance("RSA")
                          .generatePublic(new X509EncodedKeySpec(info.toArray()))));
    } catch (GeneralSecurityException | IllegalArgumentException refused) {
      return Optional.empty();
    }
  }
}
