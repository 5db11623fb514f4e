package org.skep.networks.fediverse.signature;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.greenbytes.http.sfv.ByteSequenceItem;
import org.greenbytes.http.sfv.ListElement;
import org.greenbytes.http.sfv.ParseException;
import org.greenbytes.http.sfv.Parser;
import org.skep.kernel.Bytes;
import org.skep.wire.crypto.Digests;

/**
 * What a request says its body hashes to, by which a signature over the head covers the body. Any
 * thread.
 *
 * <p>Sources: RFC 3230, section 4.3.2, with RFC 5843 ({@code Digest}); RFC 9530, section 2 ({@code
 * Content-Digest}).
 */
final class BodyDigest {
  private static final Map<String, UnaryOperator<Bytes>> ALGORITHMS =
      Map.of("sha-256", Digests::sha256, "sha-512", Digests::sha512);

  private BodyDigest() {}

  /** The field {@code Digest} for a body. */
  static String digest(Bytes body) {
    return "SHA-256=" + Digests.sha256(body).base64();
  }

  /** The field {@code Content-Digest} for a body. */
  static String contentDigest(Bytes body) {
    return "sha-256=:" + Digests.sha256(body).base64() + ":";
  }

  /**
   * Whether a field {@code Digest} is the body's: each sum of a kind that is known, of each kind
   * one at most, and one at least.
   */
  static boolean isDigest(String field, Bytes body) {
    Set<String> known = new HashSet<>();
    for (String sum : field.split(",", -1)) {
      String[] parts = sum.strip().split("=", 2);
      String name = parts[0].toLowerCase(Locale.ROOT);
      UnaryOperator<Bytes> algorithm = ALGORITHMS.get(name);
      if (algorithm != null
          && (!known.add(name) || parts.length < 2 || !isOf(parts[1], algorithm.apply(body)))) {
        return false;
      }
    }
    return !known.isEmpty();
  }

  private static boolean isOf(String base64, Bytes sum) {
    try {
      return Bytes.ofBase64(base64).equals(sum);
    } catch (IllegalArgumentException malformed) {
      return false;
    }
  }

  /** The same of a field {@code Content-Digest}. */
  static boolean isContentDigest(String field, Bytes body) {
    boolean known = false;
    try {
      for (var sum : Parser.parseDictionary(field).get().entrySet()) {
        UnaryOperator<Bytes> algorithm = ALGORITHMS.get(sum.getKey());
        if (algorithm != null) {
          known = true;
          if (!bytes(sum.getValue()).equals(Optional.of(algorithm.apply(body)))) {
            return false;
          }
        }
      }
    } catch (ParseException malformed) {
      return false;
    }
    return known;
  }

  /** The bytes of a structured field's item; empty when it is another kind of item. */
  static Optional<Bytes> bytes(ListElement<?> element) {
    if (!(element instanceof ByteSequenceItem item)) {
      return Optional.empty();
    }
    ByteBuffer buffer = item.get().duplicate();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return Optional.of(Bytes.wrap(bytes));
  }
}
