package org.skep.app.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The terminal in UTF-8, whatever the machine believes; names and posts are not ASCII. */
final class Output {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private static final PrintStream ERR = new PrintStream(System.err, true, StandardCharsets.UTF_8);

  private Output() {}

  /** A line beside the output, about what is going on. */
  static void note(String text) {
    ERR.println(text);
  }

  /** One line; control characters of foreign text, which a terminal might obey, are shown as �. */
  static void line(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> clean.appendCodePoint(Character.isISOControl(c) && c != '\t' ? 0xfffd : c));
    OUT.println(clean);
  }

  /** Text whose line breaks are meant. */
  static void lines(String text) {
    text.lines().forEach(Output::line);
  }
}
