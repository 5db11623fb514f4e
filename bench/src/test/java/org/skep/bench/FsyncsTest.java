package org.skep.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FsyncsTest {
  /** As strace writes them, a line for each event, some calls in two. */
  private static final List<String> LINES =
      List.of(
          "77    1700000000.999999 fdatasync(9</a/skep.db-wal>) = 0",
          "77    1700000001.000000 fdatasync(9</a/skep.db-wal>) = 0",
          "77    1700000001.200000 fdatasync(9</a/skep.db-wal> <unfinished ...>",
          "78    1700000001.200100 fsync(12</a/blobs (old)/x>) = 0",
          "77    1700000001.300000 <... fdatasync resumed>) = 0",
          "77    1700000001.400000 fsync(8</a/skep.db>) = 0",
          "70    1700000001.500000 --- SIGTERM {si_signo=SIGTERM, si_code=SI_USER} ---",
          "77    1700000002.000999 fdatasync(9</a/skep.db-wal>) = 0",
          "77    1700000002.001000 fdatasync(9</a/skep.db-wal>) = 0",
          "70    1700000003.000000 +++ exited with 143 +++");

  @Test
  void eachCallBetweenTheMomentsIsCountedOnceByItsFile() {
    Fsyncs counted = Fsyncs.between(1_700_000_001_000L, 1_700_000_002_000L, LINES.stream());

    assertEquals(new Fsyncs(3, 1, 1), counted);
    assertEquals(5, counted.total());
    assertEquals(200, counted.messagesForEach(1_000));
  }

  @Test
  void noCallsAreNoDivisionByZero() {
    Fsyncs none = Fsyncs.between(0, 1, Stream.of());

    assertEquals(new Fsyncs(0, 0, 0), none);
    assertEquals(1_000, none.messagesForEach(1_000));
  }
}
