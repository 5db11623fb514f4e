package org.skep.app.cli;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.skep.kernel.Texts;

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

  /** Text whose line breaks are meant. */
  static void lines(String text) {
    text.lines().forEach(Output::line);
  }
}
