package org.skep.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skep.doors.SystemClock;
import org.skep.doors.ThreadTasks;
import org.skep.kernel.Lane;
import org.skep.kernel.Store;

final class SqliteSqlTest extends SqlContract {
  private final ThreadTasks tasks = new ThreadTasks();

  @Override
  Store open(Path folder) {
    return SqliteStore.open(folder, new SystemClock(), tasks);
  }

  @AfterEach
  void closeTasks() {
    tasks.close();
  }

  @Test
  void fullTextSearchIsThere() {
    store.write(
        Lane.OWN,
        tx -> {
          tx.run("CREATE VIRTUAL TABLE words USING fts5 (text, tokenize = 'unicode61')");
          return tx.run("INSERT INTO words VALUES ('Die Bienen fliegen')");
        });
    assertEquals(
        1,
        store
            .read(tx ->
                tx.all(row -> row.text(0), "SELECT text FROM words WHERE words MATCH 'bienen'"))
            .size());
  }
}
