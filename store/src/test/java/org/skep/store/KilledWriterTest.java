package org.skep.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.doors.SystemClock;
import org.skep.doors.ThreadTasks;

final class KilledWriterTest {
  private static final int ROUNDS = 3;
  private static final int ACKNOWLEDGED_BEFORE_KILL = 300;

  @TempDir Path folder;

  @Test
  void whatWasAcknowledgedIsThereAfterKillMinusNine() throws Exception {
    Set<Long> acknowledged = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      try (Child child = Child.start(KilledWriter.class, folder)) {
        List<String> heard = child.hear(ACKNOWLEDGED_BEFORE_KILL);
        assertEquals(ACKNOWLEDGED_BEFORE_KILL, heard.size());
        heard.addAll(child.kill());
        // The last line may have been cut in its middle, and then says another number.
        heard.subList(0, heard.size() - 1).forEach(line -> acknowledged.add(Long.valueOf(line)));
      }
      try (ThreadTasks tasks = new ThreadTasks();
          SqliteStore store = SqliteStore.open(folder, new SystemClock(), tasks)) {
        Set<Long> kept =
            store.read(
                tx -> new HashSet<>(tx.all(row -> row.number(0), "SELECT number FROM note")));
        assertTrue(kept.containsAll(acknowledged));
        assertEquals(
            Optional.of("ok"),
            store.read(tx -> tx.first(row -> row.text(0), "PRAGMA integrity_check")));
      }
    }
    assertTrue(acknowledged.size() >= ROUNDS * (ACKNOWLEDGED_BEFORE_KILL - 1));
  }
}
