package org.skep.store;

import java.util.regex.Pattern;

/** Tells whether a text of SQL holds more than one statement. */
final class OneStatement {
  /** Quoted text and names, and comments: what may hold a semicolon that ends nothing. */
  private static final Pattern QUOTED =
      Pattern.compile("'[^']*+'|\"[^\"]*+\"|`[^`]*+`|\\[[^\\]]*+\\]|--[^\n]*+|(?s:/\\*.*?\\*/)");

  private static final Pattern TRIGGER =
      Pattern.compile(
          "\\s*CREATE\\s+(?:TEMP(?:ORARY)?\\s+)?TRIGGER\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private OneStatement() {}

  static boolean holdsMore(String sql) {
    if (sql.indexOf(';') < 0) {
      return false;
    }
    String bare = QUOTED.matcher(sql).replaceAll(" ").strip();
    int end = bare.indexOf(';');
    // A trigger's body is statements of its own.
    return end >= 0 && end < bare.length() - 1 && !TRIGGER.matcher(bare).matches();
  }
}
