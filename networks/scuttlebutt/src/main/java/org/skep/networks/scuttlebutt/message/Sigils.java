package org.skep.networks.scuttlebutt.message;

import java.util.List;
import java.util.Optional;
import org.skep.kernel.Bytes;

/** The two spellings of 32-byte names: sigil and suffix, or {@code ssb:} URI (SIP 1). */
final class Sigils {
  private static final int NAME_BYTES = 32;
  private static final int NAME_BASE64_CHARS = 44;
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

  private Sigils() {}

  /** The bytes of e.g. {@code %…=.sha256}; empty unless the base64 is canonical. */
  static Optional<Bytes> fromSigil(String text, char sigil, String suffix) {
    if (text.length() != 1 + NAME_BASE64_CHARS + suffix.length()
        || text.charAt(0) != sigil
        || !text.endsWith(suffix)) {
      return Optional.empty();
    }
    return name(text.substring(1, 1 + NAME_BASE64_CHARS));
  }

  static String toSigil(char sigil, Bytes name, String suffix) {
    return sigil + name.base64() + suffix;
  }

  /**
   * The bytes of {@code ssb:type/format/…}, {@code ssb:type:format:…} or {@code
   * ssb://type/format/…}.
   *
   * @param formats the accepted words in the second place: today's and the deprecated one
   */
  static Optional<Bytes> fromUri(String text, String type, List<String> formats) {
    for (String format : formats) {
      for (String start :
          List.of(
              "ssb:" + type + "/" + format + "/",
              "ssb:" + type + ":" + format + ":",
              "ssb://" + type + "/" + format + "/")) {
        // The length is checked first, so that a long text is never copied.
        if (text.length() == start.length() + NAME_BASE64_CHARS && text.startsWith(start)) {
          return urlSafeName(text.substring(start.length()));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Bytes> urlSafeName(String base64) {
    if (base64.indexOf('+') >= 0 || base64.indexOf('/') >= 0) {
      return Optional.empty();
    }
    return name(base64.replace('-', '+').replace('_', '/'));
  }

  private static Optional<Bytes> name(String base64) {
    return canonicalBase64(base64).filter(bytes -> bytes.length() == NAME_BYTES);
  }

  /**
   * What a text in canonical base64 stands for: padded, and with no stray bits in its last
   * character. Every byte sequence has exactly one such text.
   */
  static Optional<Bytes> canonicalBase64(String base64) {
    if (base64.length() % 4 != 0 || strayBits(base64) != 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(Bytes.ofBase64(base64));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  /** What the last character before the padding says beyond the last byte. */
  private static int strayBits(String base64) {
    if (!base64.endsWith("=")) {
      return 0;
    }
    int unused = base64.endsWith("==") ? 0b1111 : 0b11;
    int last = base64.length() - (unused == 0b11 ? 2 : 3);
    return ALPHABET.indexOf(base64.charAt(last)) & unused;
  }
}
