package org.skep.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How often a process waited for the disk: the system calls {@code fsync} and {@code fdatasync} it
 * made, as the kernel tells {@code strace}. Whoever looks so closely disturbs; a round that is
 * counted is not timed.
 *
 * @param log calls for the database's write-ahead log; each commit makes one, each checkpoint
 *     another, and each time it is begun anew a third
 * @param database calls for the database itself; only checkpoints make them
 * @param others calls for other files and folders, such as blobs
 */
record Fsyncs(long log, long database, long others) {
  /** How they are counted, in lines. */
  static final List<String> HOW =
      List.of(
          "Fsyncs are the fsync and fdatasync calls of the receiving process, counted by strace in a",
          "round of its own. Of those on the log each commit makes one and each checkpoint one or two.");

  static final String NOT_COUNTED = "not counted: there is no strace on this machine";

  /** {@code PID SECONDS.MICROS fdatasync(47</a/skep.db-wal>…}; not its later {@code resumed}. */
  private static final Pattern CALL =
      Pattern.compile("[0-9]+ +([0-9]+)\\.([0-9]{6}) f(?:data)?sync\\([0-9]+<(.*?)>.*");

  /** Whether it can be counted on this machine. */
  static boolean canBeCounted() {
    return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "strace")));
  }

  /**
   * The words that go before a command whose calls are to be counted. The command keeps the process
   * that was started (-D), and stops for these calls only (--seccomp-bpf).
   */
  static List<String> watching(Path into) {
    return List.of(
        "strace",
        "-D",
        "-f",
        "--seccomp-bpf",
        "-y",
        "-ttt",
        "-e",
        "trace=fsync,fdatasync",
        "-o",
        into.toString());
  }

  /** Whether the last that is written down is the end of the process. */
  static boolean isWhole(Path written, long pid) throws IOException {
    try (Stream<String> lines = Files.lines(written)) {
      return lines.anyMatch(line -> line.startsWith(pid + " ") && line.contains(" +++ "));
    }
  }

  /** Counts the calls made between two moments, both in milliseconds since 1970. */
  static Fsyncs between(long fromMillis, long toMillis, Path written) throws IOException {
    try (Stream<String> lines = Files.lines(written)) {
      return between(fromMillis, toMillis, lines);
    }
  }

  static Fsyncs between(long fromMillis, long toMillis, Stream<String> lines) {
    long log = 0;
    long database = 0;
    long others = 0;
    for (String line : (Iterable<String>) lines::iterator) {
      Matcher call = CALL.matcher(line);
      if (!call.matches()) {
        continue;
      }
      long millis = Long.parseLong(call.group(1)) * 1_000 + Long.parseLong(call.group(2)) / 1_000;
      if (millis < fromMillis || millis > toMillis) {
        continue;
      }
      String file = call.group(3);
      if (file.endsWith("/skep.db-wal")) {
        log++;
      } else if (file.endsWith("/skep.db")) {
        database++;
      } else {
        others++;
      }
    }
    return new Fsyncs(log, database, others);
  }

  long total() {
    return log + database + others;
  }

  /** How many messages came in for each wait. */
  double messagesForEach(long messages) {
    return (double) messages / Math.max(1, total());
  }

  /** The count, set against what came in meanwhile. */
  String words(long messages) {
    return String.format(
        Locale.ROOT,
        "%d; %.0f messages for each  (%d on the log, %d on the database, %d on other files)",
        total(),
        messagesForEach(messages),
        log,
        database,
        others);
  }
}
