package org.skep.networks.scuttlebutt.message;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.skep.kernel.Bytes;

/** Text from strangers' bytes, which must be sound UTF-8. */
public final class Utf8 {
  /** What the JDK's own quick reading puts in the place of what it can't read. */
  private static final char REPLACEMENT = '\uFFFD';

  private Utf8() {}

  /**
   * The text; empty when the bytes are not well-formed UTF-8. JavaScript would put U+FFFD in the
   * place of what it cannot read; then many byte sequences would be one message, and what is kept
   * would no longer be what was signed.
   */
  public static Optional<String> decode(Bytes utf8) {
    String lenient = utf8.utf8();
    if (lenient.indexOf(REPLACEMENT) < 0) {
      return Optional.of(lenient);
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8.toArray())).toString());
    } catch (CharacterCodingException malformed) {
      return Optional.empty();
    }
  }
}
