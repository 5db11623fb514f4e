package org.skep.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThreadTimesTest {
  private final ThreadTimes times = new ThreadTimes();

  @Test
  void eachThreadCountsAsItWasLastSeen() {
    times.saw("7", "java", "100 5 1\n");
    times.saw("8", "java", "1000 5 1\n");
    times.saw("7", "java", "300 5 2\n");

    assertEquals(Duration.ofNanos(1_300), times.total());
  }

  @Test
  void aThreadByTheNumberOfOneThatHasEndedCountsBesideIt() {
    times.saw("7", "java", "300 5 2\n");
    times.saw("7", "java", "20 5 1\n");

    assertEquals(Duration.ofNanos(320), times.total());
  }

  @Test
  void whatJavaItselfDoesIsToldApart() {
    times.saw("7", "C2 CompilerThre", "100 5 1\n");
    times.saw("8", "G1 Conc#0", "20 5 1\n");
    times.saw("9", "ForkJoinPool-1-", "3 5 1\n");

    assertEquals(Duration.ofNanos(100), times.total(ThreadTimes.Kind.COMPILERS));
    assertEquals(Duration.ofNanos(20), times.total(ThreadTimes.Kind.COLLECTOR));
    assertEquals(Duration.ofNanos(3), times.total(ThreadTimes.Kind.PROGRAM));
    assertEquals(Duration.ofNanos(123), times.total());
  }

  @Test
  void writesAreReadByTheirNames() {
    Writes writes =
        Writes.parse(
            """
            rchar: 1
            wchar: 2
            syscr: 3
            syscw: 40
            read_bytes: 5
            write_bytes: 4096
            cancelled_write_bytes: 6
            """);

    assertEquals(new Writes(40, 4_096), writes);
    assertEquals(new Writes(30, 96), writes.since(new Writes(10, 4_000)));
  }
}
