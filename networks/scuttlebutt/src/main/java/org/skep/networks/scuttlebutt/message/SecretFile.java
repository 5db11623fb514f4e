package org.skep.networks.scuttlebutt.message;

import java.util.Optional;
import java.util.stream.Collectors;
import org.skep.kernel.Bytes;
import org.skep.wire.crypto.Ed25519;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsonException;
import org.skep.wire.json.JsonLimits;
import org.skep.wire.json.JsonParser;

/**
 * The {@code secret} file in which Scuttlebutt programs keep an identity: JSON among lines of
 * comment. Only its text is handled here; whoever stores it owes it the mode 0600. Any thread.
 *
 * <p>Source: ssb-keys 8.5.0, {@code storage.js}.
 */
public final class SecretFile {
  /** Real ones have about 800. */
  public static final int TEXT_BYTES_MAX = 16_384;

  private static final String CURVE = "ed25519";
  private static final String SUFFIX = ".ed25519";
  private static final JsonLimits LIMITS = new JsonLimits(TEXT_BYTES_MAX, 4);

  private SecretFile() {}

  /** What became of a text. */
  public sealed interface Result {}

  /** The identity in the file. */
  public record Parsed(SecretKeys keys) implements Result {}

  /**
   * The text is no usable secret.
   *
   * @param reason why, in plain words that repeat nothing of the text
   */
  public record Refused(String reason) implements Result {}

  /**
   * An identity: who holds the seed signs as the feed.
   *
   * @param id the public name
   * @param seed 32 secret bytes, from which the key pair follows
   */
  public record SecretKeys(FeedId id, Bytes seed) {
    public SecretKeys {
      if (!Ed25519.publicKey(seed).equals(id.key())) {
        throw new IllegalArgumentException("the seed is not that of the feed");
      }
    }

    /** The identity that follows from 32 secret bytes. */
    public static SecretKeys ofSeed(Bytes seed) {
      return new SecretKeys(new FeedId(Ed25519.publicKey(seed)), seed);
    }
  }

  /**
   * Reads a file. Everything from a {@code #} to the end of its line is comment. The private key
   * (seed and public key, 64 bytes) decides; what else the file says must agree with it.
   */
  public static Result parse(Bytes utf8) {
    try {
      return new Parsed(keys(utf8));
    } catch (JsonException refusal) {
      return new Refused(String.valueOf(refusal.getMessage()));
    }
  }

  private static SecretKeys keys(Bytes utf8) throws JsonException {
    if (utf8.length() > TEXT_BYTES_MAX) {
      throw new JsonException(
          "the secret file has " + utf8.length() + " bytes, more than " + TEXT_BYTES_MAX);
    }
    String text =
        Utf8.decode(utf8).orElseThrow(() -> new JsonException("the secret file is not text"));
    String json =
        text.lines().map(SecretFile::withoutComment).collect(Collectors.joining("\n")).strip();
    if (json.isEmpty()) {
      throw new JsonException("the secret file is empty but for comments");
    }
    if (!(JsonParser.parse(json, LIMITS) instanceof JsObject fields)) {
      throw new JsonException("the secret file holds no JSON object");
    }
    if (!fields.string("curve").orElse(CURVE).equals(CURVE)) {
      throw new JsonException("the secret file holds a key of another curve than ed25519");
    }
    Bytes both =
        key(fields.string("private"))
            .filter(bytes -> bytes.length() == 64)
            .orElseThrow(() ->
                new JsonException(
                    "the secret file's private key is not 64 bytes in base64, .ed25519"));
    SecretKeys keys = SecretKeys.ofSeed(both.slice(0, Ed25519.SEED_BYTES));
    requireAgreement(fields, keys, both.slice(Ed25519.SEED_BYTES, both.length()));
    return keys;
  }

  private static void requireAgreement(JsObject fields, SecretKeys keys, Bytes publicHalf)
      throws JsonException {
    Bytes publicKey = keys.id().key().bytes();
    if (!publicHalf.equals(publicKey)) {
      throw new JsonException("the two halves of the secret file's private key do not agree");
    }
    if (fields.get("public").isPresent()
        && !key(fields.string("public")).equals(Optional.of(publicKey))) {
      throw new JsonException("the secret file's public key is not that of its private key");
    }
    if (fields.get("id").isPresent()
        && !fields.string("id").flatMap(FeedId::parse).equals(Optional.of(keys.id()))) {
      throw new JsonException("the secret file's id is not that of its private key");
    }
  }

  private static Optional<Bytes> key(Optional<String> text) {
    return text.filter(key -> key.endsWith(SUFFIX))
        .flatMap(key -> Sigils.canonicalBase64(key.substring(0, key.length() - SUFFIX.length())));
  }

  private static String withoutComment(String line) {
    int hash = line.indexOf('#');
    return hash < 0 ? line : line.substring(0, hash);
  }
}
