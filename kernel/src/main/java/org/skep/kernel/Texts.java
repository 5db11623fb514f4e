package org.skep.kernel;

/** What can be asked of a text before it is written as UTF-8, the form of all texts on disk. */
public final class Texts {
  private Texts() {}

  /** Whether no half of a surrogate pair stands alone; such a text has no UTF-8. */
  public static boolean isWhole(String text) {
    return text.codePoints()
        .noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  /** How many bytes a whole text has in UTF-8. */
  public static long utf8Bytes(String text) {
    return text.codePoints()
        .mapToLong(c -> c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4)
        .sum();
  }
}
