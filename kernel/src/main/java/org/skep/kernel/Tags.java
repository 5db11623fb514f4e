package org.skep.kernel;

import java.util.Locale;
import java.util.Optional;

/**
 * What posts are about, in the one form in which tags are compared: Scuttlebutt's channels and
 * hashtags, the Fediverse's hashtags. Any thread.
 */
public final class Tags {
  /** As Scuttlebutt's programs cut channels, in UTF-16 code units. */
  public static final int CHARS_MAX = 30;

  private static final String DROPPED = "#,.\"!?()[]";

  private Tags() {}

  /**
   * Lower case, without spaces and punctuation, cut at {@link #CHARS_MAX}.
   *
   * @param written as its author wrote it, with or without the sign before it
   * @return empty when nothing of it is left
   */
  public static Optional<String> normalise(String written) {
    StringBuilder kept = new StringBuilder();
    written
        .toLowerCase(Locale.ROOT)
        .codePoints()
        .filter(c -> DROPPED.indexOf(c) < 0 && !Character.isWhitespace(c))
        .filter(c -> !Character.isISOControl(c))
        .takeWhile(c -> kept.length() + Character.charCount(c) <= CHARS_MAX)
        .forEach(kept::appendCodePoint);
    return Texts.isWhole(kept.toString()) && !kept.isEmpty()
        ? Optional.of(kept.toString())
        : Optional.empty();
  }
}
