package org.skep.wire.multiformats;

import java.util.Optional;
import org.skep.kernel.Bytes;

/**
 * Base58 with Bitcoin's alphabet: digits and letters without those that look alike. Work grows with
 * the square of the length, so that only short values are taken. Any thread.
 *
 * <p>Source: draft-msporny-base58-03.
 */
public final class Base58 {
  /** Longer than any key, hash or signature that is written so. */
  public static final int BYTES_MAX = 256;

  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

  private static final int BASE = 58;

  /** A byte takes log 256 / log 58 = 1.37 characters. */
  private static final int CHARS_MAX = BYTES_MAX * 138 / 100 + 1;

  private Base58() {}

  /**
   * @param bytes at most {@link #BYTES_MAX}
   * @throws IllegalArgumentException when there are more
   */
  public static String encode(Bytes bytes) {
    if (bytes.length() > BYTES_MAX) {
      throw new IllegalArgumentException(bytes.length() + " bytes are too many for base58");
    }
    StringBuilder reversed = new StringBuilder();
    byte[] number = bytes.toArray();
    int from = zeros(bytes);
    int leading = from;
    while (from < number.length) {
      int rest = 0;
      for (int i = from; i < number.length; i++) {
        int part = (rest << 8) + (number[i] & 0xff);
        number[i] = (byte) (part / BASE);
        rest = part % BASE;
      }
      reversed.append(ALPHABET.charAt(rest));
      while (from < number.length && number[from] == 0) {
        from++;
      }
    }
    return reversed.repeat(ALPHABET.charAt(0), leading).reverse().toString();
  }

  private static int zeros(Bytes bytes) {
    int zeros = 0;
    while (zeros < bytes.length() && bytes.get(zeros) == 0) {
      zeros++;
    }
    return zeros;
  }

  /**
   * @return empty when a character is not of the alphabet, or the text stands for more than {@link
   *     #BYTES_MAX} bytes
   */
  public static Optional<Bytes> decode(String text) {
    if (text.length() > CHARS_MAX) {
      return Optional.empty();
    }
    byte[] number = new byte[text.length()];
    int from = number.length;
    for (int i = 0; i < text.length(); i++) {
      int carry = ALPHABET.indexOf(text.charAt(i));
      if (carry < 0) {
        return Optional.empty();
      }
      for (int at = number.length - 1; at >= from || carry > 0; at--) {
        carry += BASE * (number[at] & 0xff);
        number[at] = (byte) carry;
        carry >>= 8;
        from = Math.min(from, at);
      }
    }
    int leading = 0;
    while (leading < text.length() && text.charAt(leading) == ALPHABET.charAt(0)) {
      leading++;
    }
    int length = leading + number.length - from;
    return length > BYTES_MAX
        ? Optional.empty()
        : Optional.of(Bytes.copyOf(number, from - leading, length));
  }
}
