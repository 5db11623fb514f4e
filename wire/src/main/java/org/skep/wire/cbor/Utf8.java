package org.skep.wire.cbor;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.skep.kernel.Bytes;

/**
 * UTF-8 that refuses what it can't say, where Java's own conversion puts a replacement character
 * and so lets two different encodings look alike.
 */
final class Utf8 {
  private Utf8() {}

  static Bytes encode(String text) {
    try {
      ByteBuffer encoded =
          StandardCharsets.UTF_8
              .newEncoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .encode(CharBuffer.wrap(text));
      return Bytes.copyOf(encoded.array(), encoded.arrayOffset(), encoded.remaining());
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("text with half a surrogate pair", e);
    }
  }

  static String decode(byte[] array, int offset, int length) throws CborException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(array, offset, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new CborException("text that is not UTF-8");
    }
  }
}
