package org.skep.kernel;

import java.util.HashSet;
import java.util.Set;

/**
 * Where code stands in Markdown, as nearly as one pass over the lines can tell (CommonMark 0.31,
 * sections 4.4, 4.5 and 6.1): what is named there names nobody. Any thread.
 */
public final class MarkdownCode {
  private static final int INDENT = 4;

  private MarkdownCode() {}

  /** The text, as long as before, with spaces where code stands. */
  public static String blanked(String markdown) {
    char[] kept = markdown.toCharArray();
    int paragraph = -1;
    String fence = "";
    for (int start = 0; start < kept.length; ) {
      int newline = markdown.indexOf('\n', start);
      int end = newline < 0 ? kept.length : newline;
      String line = markdown.substring(start, end);
      String fenceHere = fence(line);
      boolean blank = line.isBlank();
      boolean code = false;
      if (!fence.isEmpty()) {
        code = true;
        if (closes(line, fenceHere, fence)) {
          fence = "";
        }
      } else if (!fenceHere.isEmpty()) {
        code = true;
        fence = fenceHere;
      } else if (paragraph < 0 && !blank) {
        code = isIndented(line);
      }
      if (code || blank) {
        blankSpans(kept, paragraph, start);
        paragraph = -1;
      } else if (paragraph < 0) {
        paragraph = start;
      }
      if (code) {
        blank(kept, start, end);
      }
      start = end + 1;
    }
    blankSpans(kept, paragraph, kept.length);
    return new String(kept);
  }

  private static boolean isIndented(String line) {
    int spaces = 0;
    while (spaces < line.length() && line.charAt(spaces) == ' ') {
      spaces++;
    }
    return spaces >= INDENT || (spaces < line.length() && line.charAt(spaces) == '\t');
  }

  /** The run of signs that opens or closes a fenced block; empty where the line has none. */
  private static String fence(String line) {
    String bare = line.stripLeading();
    if (line.length() - bare.length() >= INDENT || bare.isEmpty()) {
      return "";
    }
    char sign = bare.charAt(0);
    int length = runEnd(bare, 0);
    boolean fits = (sign == '`' || sign == '~') && length >= 3;
    // Words behind an opening fence may say the language; with a sign among them it is a span.
    return fits && !(sign == '`' && bare.indexOf('`', length) >= 0)
        ? bare.substring(0, length)
        : "";
  }

  private static boolean closes(String line, String here, String open) {
    return here.length() >= open.length()
        && here.charAt(0) == open.charAt(0)
        && line.strip().length() == here.length();
  }

  private static int runEnd(CharSequence text, int start) {
    int end = start;
    while (end < text.length() && text.charAt(end) == text.charAt(start)) {
      end++;
    }
    return end;
  }

  /** Blanks code spans within one paragraph. */
  private static void blankSpans(char[] text, int start, int end) {
    if (start < 0) {
      return;
    }
    String words = new String(text, start, end - start);
    // How long those runs are that nothing closes: each length is looked for in vain only once.
    Set<Integer> open = new HashSet<>();
    for (int at = 0; at < words.length(); ) {
      char sign = words.charAt(at);
      if (sign == '\\') {
        at += 2;
      } else if (sign == '`') {
        int runEnd = runEnd(words, at);
        int close = open.contains(runEnd - at) ? -1 : closing(words, runEnd, runEnd - at);
        if (close < 0) {
          open.add(runEnd - at);
          at = runEnd;
        } else {
          blank(text, start + at, start + close);
          at = close;
        }
      } else {
        at++;
      }
    }
  }

  private static int closing(String words, int from, int length) {
    int at = words.indexOf('`', from);
    while (at >= 0) {
      int end = runEnd(words, at);
      if (end - at == length) {
        return end;
      }
      at = words.indexOf('`', end);
    }
    return -1;
  }

  private static void blank(char[] text, int start, int end) {
    for (int at = start; at < end; at++) {
      if (text[at] != '\n') {
        text[at] = ' ';
      }
    }
  }
}
