package org.skep.wire.multiformats;

import java.util.Optional;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;

/**
 * An Ed25519 key as text that says what it is, such as {@code z6Mk…}: the letter for base58 (of
 * Multibase) before two bytes for the kind (of Multicodec) and the key. Any thread.
 *
 * <p>Source: Controlled Identifiers v1.0, section 2.2.2.
 */
public final class Multikey {
  private static final String BASE58 = "z";

  /** {@code ed25519-pub}, 0xed, as a varint. */
  private static final Bytes ED25519_PUBLIC = Bytes.ofHex("ed01");

  private static final String DID_KEY = "did:key:";

  private Multikey() {}

  public static String of(PublicKey key) {
    return BASE58 + Base58.encode(Bytes.concat(ED25519_PUBLIC, key.bytes()));
  }

  /**
   * @return empty when it is none of an Ed25519 key
   */
  public static Optional<PublicKey> parse(String text) {
    return multibase(text)
        .filter(bytes ->
            bytes.startsWith(ED25519_PUBLIC)
                && bytes.length() == ED25519_PUBLIC.length() + PublicKey.LENGTH_BYTES)
        .map(bytes -> new PublicKey(bytes.slice(ED25519_PUBLIC.length(), bytes.length())));
  }

  /** The key as an identifier, {@code did:key:z6Mk…} (did:key method v0.9). */
  public static String did(PublicKey key) {
    return DID_KEY + of(key);
  }

  /**
   * @return empty when it is no {@code did:key} of an Ed25519 key
   */
  public static Optional<PublicKey> parseDid(String did) {
    return did.startsWith(DID_KEY) ? parse(did.substring(DID_KEY.length())) : Optional.empty();
  }

  /** Bytes as text with the letter for base58 before. */
  public static String multibase(Bytes bytes) {
    return BASE58 + Base58.encode(bytes);
  }

  /**
   * @return empty when it is no base58 with its letter before
   */
  public static Optional<Bytes> multibase(String text) {
    return text.startsWith(BASE58) ? Base58.decode(text.substring(1)) : Optional.empty();
  }
}
