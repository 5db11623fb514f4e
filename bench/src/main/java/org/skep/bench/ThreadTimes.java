package org.skep.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What the threads of a process have computed, to the nanosecond, as Linux's scheduler counts it
 * (proc(5), {@code schedstat}). The process's own figure is in hundredths of a second, of which
 * work that is short and seldom makes too much. Of a thread that has ended counts what was last
 * seen; one that began and ended between two looks is not seen.
 */
final class ThreadTimes {
  private final Map<String, Long> last = new HashMap<>();
  private long formerNanos;

  /** Looks at all threads of a process. */
  void look(long pid) throws IOException {
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
      for (Path thread : threads) {
        try {
          saw(thread.getFileName().toString(), Files.readString(thread.resolve("schedstat")));
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
   * @param schedstat its time on a core and its time waiting for one, in nanoseconds, and how often
   */
  void saw(String thread, String schedstat) {
    long nanos = Long.parseLong(schedstat.substring(0, schedstat.indexOf(' ')));
    long before = last.getOrDefault(thread, 0L);
    if (nanos < before) {
      // Another thread, by the number of one that has ended.
      formerNanos += before;
    }
    last.put(thread, nanos);
  }

  Duration total() {
    return Duration.ofNanos(formerNanos + last.values().stream().mapToLong(Long::longValue).sum());
  }
}
