package org.skep.networks.home.words;

import static org.skep.wire.cbor.CborWriter.encodedBytes;
import static org.skep.wire.cbor.CborWriter.encodedText;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.skep.kernel.Bytes;
import org.skep.wire.cbor.CborException;
import org.skep.wire.cbor.CborReader;
import org.skep.wire.cbor.CborWriter;
import org.skep.wire.crypto.SecretBox;

/**
 * A body that only its owner can read: a CBOR map that names its scheme, so that others can be
 * added without rewriting anything.
 *
 * <p>Scheme {@code account-key-1}: the word is padded to one of a few sizes and sealed under a
 * content key made for this operation alone; the content key is sealed under the account's key. Who
 * opens it once may keep the content key and read the word again without the account's key. Sealing
 * is NaCl's {@code crypto_secretbox} both times, with one nonce. Any thread.
 */
public final class SealedBody {
  /** Undoes what sealed a content key. */
  public interface Unwrapping {
    /**
     * @param nonce 24 bytes
     * @param wrapped 48 bytes
     * @return 32 bytes; empty when it was not sealed with the key at hand
     */
    Optional<Bytes> unwrap(Bytes nonce, Bytes wrapped);
  }

  /** The only scheme so far. */
  public static final String SCHEME = "account-key-1";

  public static final int NONCE_BYTES = SecretBox.NONCE_BYTES;
  public static final int CONTENT_KEY_BYTES = SecretBox.KEY_BYTES;

  /** Longest word that can be sealed: the longest body but one bucket, without its end mark. */
  public static final int WORD_BYTES_MAX = (1 << 20) - (1 << 14) - 1;

  private static final int WRAPPED_BYTES = CONTENT_KEY_BYTES + SecretBox.MAC_BYTES;
  private static final int SMALLEST_BUCKET_BYTES = 256;
  private static final int BUCKET_STEP_BYTES = 1 << 14;
  private static final byte END_OF_WORD = (byte) 0x80;
  private static final int SCHEME_BYTES_MAX = 64;

  private record Parts(Bytes nonce, Bytes wrappedKey, Bytes box) {}

  private SealedBody() {}

  /**
   * @param word at most {@link #WORD_BYTES_MAX}
   * @param contentKey 32 random bytes, fresh
   * @param nonce 24 random bytes, fresh
   * @param wrap seals the content key under the account's key with this nonce, 48 bytes
   */
  public static Bytes seal(Bytes word, Bytes contentKey, Bytes nonce, UnaryOperator<Bytes> wrap) {
    if (word.length() > WORD_BYTES_MAX) {
      throw new IllegalArgumentException("a word of " + word.length() + " bytes");
    }
    Bytes wrapped = wrap.apply(contentKey);
    if (wrapped.length() != WRAPPED_BYTES) {
      throw new IllegalArgumentException("a wrapped key of " + wrapped.length() + " bytes");
    }
    return new CborWriter()
        .map(
            Map.of(
                "scheme", encodedText(SCHEME),
                "nonce", encodedBytes(nonce),
                "key", encodedBytes(wrapped),
                "sealed", encodedBytes(SecretBox.seal(contentKey, nonce, pad(word)))))
        .toBytes();
  }

  /** Whether a body is sealed, by whatever scheme. */
  public static boolean isSealed(Bytes body) {
    return scheme(body).isPresent();
  }

  /** The content key; empty when it is sealed for others, by an unknown scheme, or not at all. */
  public static Optional<Bytes> open(Bytes body, Unwrapping account) {
    return parts(body).flatMap(parts -> account.unwrap(parts.nonce(), parts.wrappedKey()));
  }

  /** The word; empty when the key is another operation's or the body is not sealed as we know. */
  public static Optional<Bytes> read(Bytes body, Bytes contentKey) {
    return parts(body)
        .flatMap(parts -> SecretBox.open(contentKey, parts.nonce(), parts.box()))
        .flatMap(SealedBody::unpad);
  }

  /** How long the padded form of so many bytes is, the end mark counted. */
  static int bucketBytes(int lengthBytes) {
    if (lengthBytes > BUCKET_STEP_BYTES) {
      return Math.ceilDiv(lengthBytes, BUCKET_STEP_BYTES) * BUCKET_STEP_BYTES;
    }
    int powerOfTwo = lengthBytes <= 1 ? 1 : Integer.highestOneBit(lengthBytes - 1) << 1;
    return Math.max(SMALLEST_BUCKET_BYTES, powerOfTwo);
  }

  private static Bytes pad(Bytes word) {
    byte[] padded = Arrays.copyOf(word.toArray(), bucketBytes(word.length() + 1));
    padded[word.length()] = END_OF_WORD;
    return Bytes.wrap(padded);
  }

  private static Optional<Bytes> unpad(Bytes padded) {
    int end = padded.length() - 1;
    while (end >= 0 && padded.get(end) == 0) {
      end--;
    }
    return end >= 0 && padded.get(end) == END_OF_WORD
        ? Optional.of(padded.slice(0, end))
        : Optional.empty();
  }

  private static Optional<String> scheme(Bytes body) {
    try {
      WordFields fields = WordFields.read(new CborReader(body));
      return fields.optional("scheme", reader -> reader.text(SCHEME_BYTES_MAX));
    } catch (CborException e) {
      return Optional.empty();
    }
  }

  private static Optional<Parts> parts(Bytes body) {
    try {
      CborReader reader = new CborReader(body);
      WordFields fields = WordFields.read(reader);
      reader.end();
      if (!fields.text("scheme", SCHEME_BYTES_MAX).equals(SCHEME)) {
        return Optional.empty();
      }
      return Optional.of(
          new Parts(
              fields.required("nonce", field -> field.bytesOf(NONCE_BYTES)),
              fields.required("key", field -> field.bytesOf(WRAPPED_BYTES)),
              fields.required("sealed", field -> field.bytes(WordCodec.LENGTH_MAX))));
    } catch (CborException e) {
      return Optional.empty();
    }
  }
}
