package org.skep.kernel;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;

/**
 * What posts are about, in the one form in which tags are compared: Scuttlebutt's channels and
 * hashtags, the Fediverse's hashtags. Any thread.
 *
 * <p>As ssb-ref 2.16.0 does it ({@code normalizeChannel}; SIP 10, section 1.2), so that what
 * Scuttlebutt's programs keep apart stays apart: hyphens, underscores and pictographs count, {@code
 * #2026} is a tag, the 31st character is cut off (programs with an older ssb-ref pass over names of
 * 30 and more). Beyond it, what looks alike is alike: wide letters are letters, and what nobody
 * sees does not count.
 */
public final class Tags {
  /** As Scuttlebutt's programs cut channels, in UTF-16 code units. */
  public static final int CHARS_MAX = 30;

  /** More of one post's are passed over. */
  public static final int PER_POST_MAX = 32;

  /** Nothing behind this counts, however much of what is before it is dropped. */
  private static final int WRITTEN_CHARS_MAX = 512;

  private static final String DROPPED = "#,.\"!?()[]<>";

  private Tags() {}

  /**
   * Lower case, without spaces and punctuation, cut at {@link #CHARS_MAX}.
   *
   * @param written as its author wrote it, with or without the sign before it
   * @return empty when nothing of it is left
   */
  public static Optional<String> normalise(String written) {
    String beginning = written.substring(0, Math.min(written.length(), WRITTEN_CHARS_MAX));
    StringBuilder kept = new StringBuilder();
    Normalizer.normalize(beginning, Normalizer.Form.NFKC)
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(Tags::counts)
        .forEach(kept::appendCodePoint);
    // Once more, for what was dropped may have stood between a letter and its mark.
    String whole = Normalizer.normalize(kept, Normalizer.Form.NFKC);
    return whole.isEmpty() ? Optional.empty() : Optional.of(cut(whole));
  }

  /** No character is cut in two. */
  private static String cut(String whole) {
    if (whole.length() <= CHARS_MAX) {
      return whole;
    }
    boolean inTwo = Character.isHighSurrogate(whole.charAt(CHARS_MAX - 1));
    return whole.substring(0, inTwo ? CHARS_MAX - 1 : CHARS_MAX);
  }

  private static boolean counts(int c) {
    return DROPPED.indexOf(c) < 0
        && switch (Character.getType(c)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.SPACE_SEPARATOR,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              false;
          default -> true;
        };
  }
}
