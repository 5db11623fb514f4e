package org.skep.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.doors.SystemClock;
import org.skep.doors.ThreadTasks;
import org.skep.kernel.Facts.Shown;
import org.skep.kernel.Lane;
import org.skep.kernel.Tx;

final class LocalIdsTest {
  private static final long NOON = 1_790_000_000_000L;
  private static final long YEAR_MILLIS = 31_536_000_000L;

  @TempDir Path folder;
  private final ThreadTasks tasks = new ThreadTasks();
  private SqliteStore store;

  @BeforeEach
  void open() {
    store = SqliteStore.open(folder, new SystemClock(), tasks);
  }

  @AfterEach
  void close() {
    store.close();
    tasks.close();
  }

  /** Gives an id and keeps a row that has it. */
  private static long give(Tx tx, Shown shown) {
    long id = LocalIds.next(tx, shown);
    occupy(tx, id);
    return id;
  }

  private static void occupy(Tx tx, long id) {
    tx.run(
        "INSERT INTO fact VALUES (NULL, ?1, ?1, ?1, '', 1, NULL, 0, 0, 0, 0, 'OWN', 0, -1, x'')",
        id);
  }

  private long news(long receivedMillis) {
    return store.write(Lane.OWN, tx -> give(tx, new Shown(0, receivedMillis, true)));
  }

  private long history(long effectiveMillis, long receivedMillis) {
    return store.write(Lane.OWN, tx -> give(tx, new Shown(effectiveMillis, receivedMillis, false)));
  }

  @Test
  void newsGoesOnGrowingWhenTheClockJumpsBackByYears() {
    long before = news(NOON);
    assertEquals(NOON, before >> 16);
    assertEquals(before + 1, news(NOON - 5 * YEAR_MILLIS));
    assertEquals(before + 2, news(NOON));
    assertEquals(NOON + 1, news(NOON + 1) >> 16);
  }

  @Test
  void newsIsAboveHistoryThatWasGivenBeforeTheClockJumpedBack() {
    long history = history(NOON, NOON);
    assertTrue(news(NOON - YEAR_MILLIS) > history);
  }

  @Test
  void historyIsShownUnderItsOwnTimeAndNeverAboveItsArrival() {
    assertEquals(NOON - YEAR_MILLIS, history(NOON - YEAR_MILLIS, NOON) >> 16);
    assertEquals(NOON, history(NOON + YEAR_MILLIS, NOON) >> 16);
  }

  @Test
  void manyFactsOfOneMillisecondFindTheirIdsInAFewSteps() {
    long start = LocalIds.at(NOON - YEAR_MILLIS);
    store.write(
        Lane.OWN,
        tx -> {
          occupy(tx, start | 0xffff);
          return true;
        });
    assertEquals(start + 0x10000, history(NOON - YEAR_MILLIS, NOON));
    assertEquals(start + 0x10001, history(NOON - YEAR_MILLIS, NOON));
  }
}
