package org.skep.wire.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.jspecify.annotations.Nullable;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;

/** Runs wherever Java does. */
final class BouncyCastle implements Primitives {
  /** What stands before the 32 bytes of a key in its X.509 form (RFC 8410, section 4). */
  private static final Bytes X509_PREFIX = Bytes.ofHex("302a300506032b6570032100");

  @Override
  public String name() {
    return "Bouncy Castle";
  }

  @Override
  public byte[] ed25519PublicKey(byte[] seed) {
    byte[] key = new byte[PublicKey.LENGTH_BYTES];
    Ed25519.generatePublicKey(seed, 0, key, 0);
    return key;
  }

  @Override
  public byte[] ed25519Sign(byte[] seed, byte[] message) {
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    Ed25519.sign(seed, 0, message, 0, message.length, signature, 0);
    return signature;
  }

  @Override
  public boolean ed25519Verify(byte[] key, byte[] message, byte[] signature) {
    // This holds up to a part of small order, and is false for a key of small order and for
    // whatever is out of shape.
    if (!Ed25519.verify(signature, 0, key, 0, message, 0, message.length)) {
      return false;
    }
    Bytes point = Bytes.copyOf(signature, 0, 32);
    // Where neither has a part of small order, none can be left over: the rule of honest programs.
    return (Points.isOfPrimeOrder(point)
            && Points.isKeyOfPrimeOrder(new PublicKey(Bytes.wrap(key))))
        || (!Points.isOfSmallOrder(point) && holdsExactly(key, message, signature));
  }

  /** The JDK compares both sides of the equation as they are; several times slower. */
  private static boolean holdsExactly(byte[] key, byte[] message, byte[] signature) {
    try {
      Bytes encoded = Bytes.concat(X509_PREFIX, Bytes.wrap(key));
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(
          KeyFactory.getInstance("Ed25519")
              .generatePublic(new X509EncodedKeySpec(encoded.toArray())));
      verifier.update(message);
      return verifier.verify(signature);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has Ed25519", e);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  @Override
  public byte[] x25519PublicKey(byte[] secret) {
    byte[] key = new byte[X25519.POINT_SIZE];
    X25519.scalarMultBase(secret, 0, key, 0);
    return key;
  }

  @Override
  public byte @Nullable [] x25519Agree(byte[] secret, byte[] theirs) {
    byte[] shared = new byte[X25519.POINT_SIZE];
    return X25519.calculateAgreement(secret, 0, theirs, 0, shared, 0) ? shared : null;
  }

  @Override
  public byte[] boxSeal(byte[] key, byte[] nonce, byte[] plain) {
    XSalsa20Engine cipher = cipher(key, nonce);
    byte[] macKey = macKey(cipher);
    byte[] out = new byte[SecretBox.MAC_BYTES + plain.length];
    cipher.processBytes(plain, 0, plain.length, out, SecretBox.MAC_BYTES);
    Bytes mac = authenticate(macKey, out, SecretBox.MAC_BYTES, plain.length);
    mac.copyTo(out, 0);
    return out;
  }

  @Override
  public byte @Nullable [] boxOpen(byte[] key, byte[] nonce, byte[] box) {
    XSalsa20Engine cipher = cipher(key, nonce);
    byte[] macKey = macKey(cipher);
    int length = box.length - SecretBox.MAC_BYTES;
    Bytes mac = authenticate(macKey, box, SecretBox.MAC_BYTES, length);
    if (!mac.equals(Bytes.wrap(Arrays.copyOf(box, SecretBox.MAC_BYTES)))) {
      return null;
    }
    byte[] out = new byte[length];
    cipher.processBytes(box, SecretBox.MAC_BYTES, length, out, 0);
    return out;
  }

  private static XSalsa20Engine cipher(byte[] key, byte[] nonce) {
    XSalsa20Engine cipher = new XSalsa20Engine();
    cipher.init(
        true, asParameters(new ParametersWithIV(asParameters(new KeyParameter(key)), nonce)));
    return cipher;
  }

  /**
   * What is handed on as such. The JVM looks at a cast when it comes to it; whether a class has an
   * interface it looks up for all of a class at once, at each start of a node, and would read and
   * check the whole of Bouncy Castle's signed jar for it: 0.15 s of CPU.
   */
  private static CipherParameters asParameters(Object parameters) {
    return (CipherParameters) parameters;
  }

  /** The first 32 bytes of the key stream; the text is sealed with what follows. */
  private static byte[] macKey(XSalsa20Engine cipher) {
    byte[] key = new byte[32];
    cipher.processBytes(key, 0, key.length, key, 0);
    return key;
  }

  private static Bytes authenticate(byte[] macKey, byte[] data, int offset, int length) {
    Poly1305 poly = new Poly1305();
    poly.init(asParameters(new KeyParameter(macKey)));
    poly.update(data, offset, length);
    byte[] mac = new byte[SecretBox.MAC_BYTES];
    poly.doFinal(mac, 0);
    return Bytes.wrap(mac);
  }
}
