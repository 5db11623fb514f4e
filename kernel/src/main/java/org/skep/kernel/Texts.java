package org.skep.kernel;

/** What can be asked of a text before it is written as UTF-8, the form of all texts on disk. */
public final class Texts {
  private Texts() {}

  /** Whether no half of a surrogate pair stands alone; such a text has no UTF-8. */
  public static boolean isWhole(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (Character.isSurrogate(text.charAt(at))) {
        boolean pair = Character.charCount(text.codePointAt(at)) == 2;
        if (!pair) {
          return false;
        }
        at++;
      }
    }
    return true;
  }

  /** The text with � for each half of a pair that stands alone. */
  public static String whole(String text) {
    if (isWhole(text)) {
      return text;
    }
    StringBuilder whole = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> whole.appendCodePoint(Character.getType(c) == Character.SURROGATE ? 0xfffd : c));
    return whole.toString();
  }

  /** How many bytes a whole text has in UTF-8. */
  public static long utf8Bytes(String text) {
    return text.codePoints()
        .mapToLong(c -> c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4)
        .sum();
  }

  /**
   * A foreign text that can stand within a line of ours: what a terminal might obey, what breaks
   * the line, and what turns the direction of the words around it (Unicode's UAX #9, section 2) is
   * shown as �. Letters that are read from right to left stay as they are.
   */
  public static String withinALine(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().forEach(c -> clean.appendCodePoint(staysWithinALine(c) ? c : 0xfffd));
    return clean.toString();
  }

  /** Whether a code point does no more than stand in its line; see {@link #withinALine}. */
  public static boolean staysWithinALine(int c) {
    boolean turns = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    boolean breaks = c == 0x2028 || c == 0x2029;
    return !turns && !breaks && (c == '\t' || !Character.isISOControl(c));
  }
}
