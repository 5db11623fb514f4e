package org.skep.app.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.skep.kernel.Texts;
import tools.jackson.databind.JsonNode;

/** The terminal in UTF-8, whatever the machine believes; names and posts are not ASCII. */
final class Output {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private static final PrintStream ERR = new PrintStream(System.err, true, StandardCharsets.UTF_8);

  private Output() {}

  /** Where what is going on is told, beside the output. */
  static PrintStream notes() {
    return ERR;
  }

  /** A line beside the output, about what is going on. */
  static void note(String text) {
    ERR.println(Texts.withinALine(text));
  }

  /** One line; what of a foreign text would do more than stand there is shown as �. */
  static void line(String text) {
    OUT.println(Texts.withinALine(text));
  }

  /** One line for programs, from which they read just what was there. */
  static void json(JsonNode json) {
    OUT.println(escaped(json));
  }

  /**
   * What would do more than stand there is written as JSON's escapes; it can only be in strings,
   * and is never beyond four digits.
   */
  static String escaped(JsonNode json) {
    StringBuilder line = new StringBuilder();
    json.toString()
        .codePoints()
        .forEach(c -> {
          if (Texts.staysWithinALine(c)) {
            line.appendCodePoint(c);
          } else {
            line.append("\\u%04x".formatted(c));
          }
        });
    return line.toString();
  }

  /** Text whose line breaks are meant. */
  static void lines(String text) {
    text.lines().forEach(Output::line);
  }
}
