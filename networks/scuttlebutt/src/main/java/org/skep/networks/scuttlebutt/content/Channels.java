package org.skep.networks.scuttlebutt.content;

import java.util.Locale;
import java.util.Optional;

/** The names of channels, which every program must fold alike. Source: ssb-ref 2.16.0. */
public final class Channels {
  public static final int NAME_CHARS_MAX = 30;

  private static final String DROPPED = ",.?!<>()[]\"#";

  private Channels() {}

  /**
   * The name under which all spellings meet: lower case, without whitespace and punctuation, cut to
   * {@value #NAME_CHARS_MAX} UTF-16 code units; empty when nothing is left.
   */
  public static Optional<String> normalise(String channel) {
    String lower = channel.toLowerCase(Locale.ROOT);
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < lower.length() && name.length() < NAME_CHARS_MAX; i++) {
      char c = lower.charAt(i);
      if (DROPPED.indexOf(c) < 0 && !isJavaScriptWhitespace(c)) {
        name.append(c);
      }
    }
    return name.isEmpty() ? Optional.empty() : Optional.of(name.toString());
  }

  /** What {@code \s} matches in JavaScript (ECMA-262, section 22.2.2.9). */
  private static boolean isJavaScriptWhitespace(char c) {
    return (c >= '\t' && c <= '\r')
        || c == '\u00a0'
        || c == '\ufeff'
        || c == '\u2028'
        || c == '\u2029'
        || Character.getType(c) == Character.SPACE_SEPARATOR;
  }
}
