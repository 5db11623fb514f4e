package org.skep.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the threads of a process have computed, to the nanosecond, as Linux's scheduler counts it
 * (proc(5), {@code schedstat}). The process's own figure is in hundredths of a second, of which
 * work that is short and seldom makes too much. Of a thread that has ended counts what was last
 * seen; one that began and ended between two looks is not seen.
 */
final class ThreadTimes {
  /** For what a thread computes, as its name tells. */
  enum Kind {
    /** What the program was written to do. */
    PROGRAM,
    /** Java's compilers. */
    COMPILERS,
    /** What finds memory that is free again, and what else Java stops all threads for. */
    COLLECTOR;

    private static final Pattern COMPILER = Pattern.compile("C[12] Compiler.*");
    private static final Pattern COLLECTING = Pattern.compile("G1 .*|GC Thread.*|VM Thread");

    /**
     * @param name the thread's as Linux knows it, cut after 15 letters
     */
    static Kind of(String name) {
      if (COMPILER.matcher(name).matches()) {
        return COMPILERS;
      }
      return COLLECTING.matcher(name).matches() ? COLLECTOR : PROGRAM;
    }
  }

  /** A thread as it was last seen. */
  private record Seen(Kind kind, long nanos) {}

  private final Map<String, Seen> last = new HashMap<>();
  private final List<Seen> former = new ArrayList<>();

  /** Looks at all threads of a process. */
  void look(long pid) throws IOException {
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
      for (Path thread : threads) {
        try {
          saw(
              thread.getFileName().toString(),
              Files.readString(thread.resolve("comm")).strip(),
              Files.readString(thread.resolve("schedstat")));
        } catch (IOException e) {
          // Of one that has just ended what was last seen stays.
          if (Files.exists(thread)) {
            throw e;
          }
        }
      }
    }
  }

  /**
   * Notes what stands there about a thread.
   *
   * @param thread its number
   * @param schedstat its time on a core and its time waiting for one, in nanoseconds, and how often
   */
  void saw(String thread, String name, String schedstat) {
    long nanos = Long.parseLong(schedstat.substring(0, schedstat.indexOf(' ')));
    Seen before = last.put(thread, new Seen(Kind.of(name), nanos));
    if (before != null && nanos < before.nanos()) {
      // Another thread, by the number of one that has ended.
      former.add(before);
    }
  }

  Duration total() {
    return Duration.ofNanos(seen().mapToLong(Seen::nanos).sum());
  }

  Duration total(Kind kind) {
    return Duration.ofNanos(
        seen().filter(each -> each.kind() == kind).mapToLong(Seen::nanos).sum());
  }

  private Stream<Seen> seen() {
    return Stream.concat(former.stream(), last.values().stream());
  }
}
