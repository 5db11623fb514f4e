package org.skep.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skep.doors.SystemClock;
import org.skep.doors.ThreadTasks;
import org.skep.kernel.Bytes;
import org.skep.kernel.DiskException;
import org.skep.kernel.Lane;
import org.skep.kernel.Store;
import org.skep.kernel.StoreException;

final class SqliteStoreTest extends StoreContract {
  private final ThreadTasks tasks = new ThreadTasks();

  @Override
  Store open(Path folder) {
    return SqliteStore.open(folder, new SystemClock(), tasks);
  }

  @AfterEach
  void closeTasks() {
    tasks.close();
  }

  private SqliteStore sqlite() {
    return (SqliteStore) store;
  }

  @Test
  void whatWaitsIsCommittedTogether() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    occupyWriter(release);
    for (long number = 0; number < 200; number++) {
      long same = number;
      together.startAndLetWait(() -> store.write(Lane.LIVE, tx -> add(tx, same)));
    }
    long before = sqlite().commits();
    release.countDown();
    together.finish();
    assertEquals(200, numbers().size());
    assertTrue(sqlite().commits() - before < 100);
  }

  @Test
  void whoeverWantsToKnowOfChangesHearsOfThoseAlone() {
    AtomicInteger told = new AtomicInteger();
    sqlite().whenChanged(told::incrementAndGet);
    store.write(Lane.OWN, tx -> add(tx, 1));
    assertEquals(1, told.get());
    store.write(Lane.OWN, tx -> tx.run("DELETE FROM note WHERE number = 2"));
    sqlite().reclaim(1);
    assertEquals(1, told.get());
    assertThrows(
        IllegalStateException.class,
        () ->
            store.write(
                Lane.OWN,
                tx -> {
                  add(tx, 2);
                  throw new IllegalStateException("taken back");
                }));
    assertEquals(1, told.get());
    store.write(Lane.OWN, tx -> add(tx, 2));
    assertEquals(2, told.get());
  }

  @Test
  void aFullLaneLetsNobodyElseIn() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    occupyWriter(release);
    for (long number = 0; number < WriteQueue.WAITING_PER_LANE_MAX + 20; number++) {
      long same = number;
      together.startAndLetWait(() -> store.write(Lane.BULK, tx -> add(tx, same)));
    }
    assertEquals(WriteQueue.WAITING_PER_LANE_MAX, sqlite().waiting(Lane.BULK));
    release.countDown();
    together.finish();
    assertEquals(WriteQueue.WAITING_PER_LANE_MAX + 20, numbers().size());
  }

  @Test
  void whenTheCommitFailsEverybodyInItIsToldAndNothingIsAnnounced() throws Exception {
    // A broken reference that is looked at only at the end makes SQLite refuse the commit itself.
    sqlite().writer().execute("PRAGMA foreign_keys = ON");
    store.write(
        Lane.OWN,
        tx ->
            tx.run(
                "CREATE TABLE child (parent INTEGER"
                    + " REFERENCES note (number) DEFERRABLE INITIALLY DEFERRED)"));
    AtomicInteger heard = new AtomicInteger();
    AtomicInteger told = new AtomicInteger();
    store.subscribe(said -> heard.incrementAndGet());
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch busy = new CountDownLatch(1);
    together.start(() -> {
      assertThrows(
          StoreException.class,
          () ->
              store.write(
                  Lane.BULK,
                  tx -> {
                    busy.countDown();
                    Together.await(release);
                    tx.announce(said(1));
                    return tx.run("INSERT INTO child VALUES (404)");
                  }));
      told.incrementAndGet();
    });
    Together.await(busy);
    together.startAndLetWait(() -> {
      assertThrows(StoreException.class, () -> store.write(Lane.OWN, tx -> add(tx, 1)));
      told.incrementAndGet();
    });
    release.countDown();
    together.finish();
    assertEquals(2, told.get());
    assertEquals(0, heard.get());
    store.write(Lane.OWN, tx -> add(tx, 2));
    assertEquals(List.of(2L), numbers());
  }

  @Test
  void aFullDiskFailsTheWriteAndLaterOnesGoOn() throws Exception {
    sqlite().writer().execute("PRAGMA max_page_count = 60");
    Bytes big = Bytes.wrap(new byte[1 << 20]);
    assertThrows(
        StoreException.class,
        () ->
            store.write(
                Lane.OWN,
                tx -> {
                  add(tx, 1);
                  assertThrows(
                      StoreException.class, () -> tx.run("INSERT INTO note (raw) VALUES (?)", big));
                  return add(tx, 2);
                }));
    store.write(Lane.OWN, tx -> add(tx, 3));
    assertEquals(List.of(3L), numbers());
  }

  @Test
  void thatTheDiskIsFullIsToldUntilItTakesSomethingAgain() throws Exception {
    assertEquals(Optional.empty(), sqlite().trouble());
    sqlite().writer().execute("PRAGMA max_page_count = 1");
    Bytes big = Bytes.wrap(new byte[1 << 20]);
    DiskException refusal =
        assertThrows(
            DiskException.class,
            () -> store.write(Lane.OWN, tx -> tx.run("INSERT INTO note (raw) VALUES (?)", big)));
    assertEquals("the disk is full", refusal.getMessage());
    assertEquals(Optional.of("the disk is full"), sqlite().trouble());
    // Nobody knows more after a write of nothing.
    store.write(Lane.OWN, StoreFixture::numbers);
    assertEquals(Optional.of("the disk is full"), sqlite().trouble());
    sqlite().writer().execute("PRAGMA max_page_count = 100000");
    store.write(Lane.OWN, tx -> tx.run("INSERT INTO note (raw) VALUES (?)", big));
    assertEquals(Optional.empty(), sqlite().trouble());
  }

  @Test
  void aDiskThatCanOnlyBeReadIsReadOn() throws Exception {
    store.write(Lane.OWN, tx -> add(tx, 1));
    sqlite().writer().execute("PRAGMA query_only = ON");
    DiskException refusal =
        assertThrows(DiskException.class, () -> store.write(Lane.OWN, tx -> add(tx, 2)));
    assertEquals("the disk can only be read", refusal.getMessage());
    assertEquals(List.of(1L), numbers());
    sqlite().writer().execute("PRAGMA query_only = OFF");
    store.write(Lane.OWN, tx -> add(tx, 3));
    assertEquals(Optional.empty(), sqlite().trouble());
  }

  @Test
  void freedPagesGoBackToTheFileSystem() {
    Bytes big = Bytes.wrap(new byte[4 << 20]);
    store.write(Lane.OWN, tx -> tx.run("INSERT INTO note (raw) VALUES (?)", big));
    store.write(Lane.OWN, tx -> tx.run("DELETE FROM note"));
    long free = sqlite().reclaim(100);
    assertTrue(free > 300, "of 512 pages " + free);
    assertEquals(free - 100, sqlite().reclaim(100));
    assertEquals(0, sqlite().reclaim(10_000));
    store.close();
    store = open(folder);
    assertTrue(store.diskBytes() < 1 << 20);
  }

  @Test
  void theWriteAheadLogStaysSmallAndIsGoneAfterClosing() throws Exception {
    Bytes some = Bytes.wrap(new byte[100_000]);
    for (int i = 0; i < 400; i++) {
      store.write(Lane.BULK, tx -> tx.run("INSERT INTO note (raw) VALUES (?)", some));
    }
    assertTrue(Files.size(folder.resolve("skep.db-wal")) < 32 << 20);
    store.close();
    assertFalse(Files.exists(folder.resolve("skep.db-wal")));
  }

  @Test
  void nobodyElseMayReadTheFiles() throws Exception {
    for (String name : List.of("skep.db", "skep.db-wal", "skep.db-shm")) {
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))),
          name);
    }
  }

  @Test
  void theFolderMayHaveAnyName() throws Exception {
    Path odd = Files.createDirectory(folder.resolve("Bürgermeister 蜂 50% #1 is it?cache=shared"));
    try (Store other = open(odd)) {
      other.write(Lane.OWN, tx -> tx.run("CREATE TABLE note (number INTEGER)"));
    }
    assertTrue(Files.size(odd.resolve("skep.db")) > 0);
    try (Stream<Path> files = Files.list(odd)) {
      assertEquals(List.of(odd.resolve("skep.db")), files.toList());
    }
  }

  @Test
  void anotherProgramsFileIsRefusedInASentence() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("skep.db"), "Dear diary, ".repeat(1_000));
    StoreException refusal = assertThrows(StoreException.class, () -> open(other));
    assertTrue(
        String.valueOf(refusal.getMessage()).contains("can't be opened"),
        String.valueOf(refusal.getMessage()));
  }
}
