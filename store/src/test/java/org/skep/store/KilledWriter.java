package org.skep.store;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.skep.doors.SystemClock;
import org.skep.doors.ThreadTasks;
import org.skep.kernel.Bytes;
import org.skep.kernel.Lane;
import org.skep.kernel.Tasks;

/** Writes without end and says the number of each write that was acknowledged. */
final class KilledWriter {
  private static final int WRITERS = 8;

  private KilledWriter() {}

  public static void main(String[] arguments) throws InterruptedException {
    ThreadTasks tasks = new ThreadTasks();
    SqliteStore store = SqliteStore.open(Path.of(arguments[0]), new SystemClock(), tasks);
    AtomicLong next =
        new AtomicLong(
            store.write(
                Lane.OWN,
                tx -> {
                  tx.run("CREATE TABLE IF NOT EXISTS note (number INTEGER PRIMARY KEY, raw BLOB)");
                  return tx.number("SELECT max(number) FROM note").orElse(0L);
                }));
    try (Tasks.Scope scope = tasks.scope("writers")) {
      for (int i = 0; i < WRITERS; i++) {
        scope.fork("writer", () -> writeForEver(store, next));
      }
      scope.join();
    }
  }

  private static void writeForEver(SqliteStore store, AtomicLong next) {
    while (true) {
      long number = next.incrementAndGet();
      Bytes raw = Bytes.wrap(new byte[(int) (number * 7919 % 20_000)]);
      store.write(Lane.LIVE, tx -> tx.run("INSERT INTO note VALUES (?, ?)", number, raw));
      System.out.println(number);
    }
  }
}
