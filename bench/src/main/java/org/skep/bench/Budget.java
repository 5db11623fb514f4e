package org.skep.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Of what the CPU time of a message consists, in microseconds.
 *
 * @param hash is part of {@code parse}
 * @param keep all that follows once a message has been read: check, compression, rows, views
 * @param program what a whole node needs that takes messages in, save for what Java itself does
 */
record Budget(
    double boxes,
    double parse,
    double hash,
    double verify,
    double compress,
    double keep,
    double program,
    double compilers,
    double collector) {
  /** Looking up, rows and views. */
  double rows() {
    return keep - verify - compress;
  }

  /** Connections, packets, gathering, waiting for each other. */
  double rest() {
    return program - boxes - parse - keep;
  }

  double whole() {
    return program + compilers + collector;
  }

  void tell(Consumer<String> out) {
    List.of(
            line("box stream", boxes),
            line("parse and hash", parse)
                + String.format(Locale.ROOT, "  (of it the hash %.1f)", hash),
            line("verify", verify),
            line("compress", compress),
            line("rows and views", rows()),
            line("rest", rest()),
            line("Java's compilers", compilers),
            line("Java's collector", collector),
            line("whole", whole()))
        .forEach(out);
  }

  private static String line(String what, double micros) {
    return String.format(Locale.ROOT, "  %-16s %7.1f µs", what, micros);
  }
}
