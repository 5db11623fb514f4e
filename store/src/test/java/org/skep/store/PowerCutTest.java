package org.skep.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skep.doors.SystemClock;
import org.skep.doors.ThreadTasks;
import org.skep.kernel.Bytes;
import org.skep.kernel.Lane;

/**
 * What the database is after the power failed, on real files; {@link DiskImage} says what that may
 * do to them.
 *
 * <p>At each acknowledgement the files are noted. What SQLite has synced by then is the whole
 * write-ahead log, and of the main file what it was when the log was last begun anew. Then copies
 * are opened in which what came after is torn: the log while the next commit is written, the main
 * file while a checkpoint carries commits over to it. SQLite syncs the log before a checkpoint and
 * the main file before it begins the log anew ({@code https://www.sqlite.org/wal.html}); that is
 * taken from its word, and {@code MigrationsTest} looks at the setting that it depends on.
 */
final class PowerCutTest {
  private static final String MAIN = "skep.db";
  private static final String LOG = "skep.db-wal";

  private static final int COMMITS = 36;
  private static final int CUTS_AT_EACH = 3;

  /** Small, so that there are many: a checkpoint begins when the log has so many pages of 8 KiB. */
  private static final int CHECKPOINT_PAGES = 30;

  /** A reader comes at every so many commits and stays for half of them. */
  private static final int READER_EVERY = 12;

  /** Only the newest notes stay, so that pages are freed and used again. */
  private static final int NOTES_MAX = 12;

  /** Two salts in its header tell one log from the one before. */
  private static final int SALTS_AT = 16;

  private static final int SALTS_END = 24;

  private static final int LOG_HEADER_BYTES = 32;

  @TempDir Path folder;
  private final ThreadTasks tasks = new ThreadTasks();
  private final Together together = new Together();
  private int copies;

  @AfterEach
  void closeAll() {
    together.close();
    tasks.close();
  }

  private SqliteStore open(Path path) throws IOException {
    Disk.createFolders(path);
    return SqliteStore.open(path, new SystemClock(), tasks);
  }

  /** A store that makes checkpoints often, and writes into its log long before it commits. */
  private SqliteStore busy(Path path) throws IOException, SQLException {
    SqliteStore store = open(path);
    store.writer().execute("PRAGMA wal_autocheckpoint = " + CHECKPOINT_PAGES);
    store.writer().execute("PRAGMA journal_size_limit = 300000");
    store.writer().execute("PRAGMA cache_size = 4");
    store.write(
        Lane.OWN,
        tx -> {
          tx.run("CREATE TABLE note (number INTEGER PRIMARY KEY, raw BLOB NOT NULL)");
          tx.run("CREATE TABLE newest (number INTEGER NOT NULL)");
          return tx.run("INSERT INTO newest VALUES (0)");
        });
    return store;
  }

  /** One commit of several statements, so that half of it would be seen. */
  private static void add(SqliteStore store, long number, Runnable halfway) {
    store.write(
        Lane.LIVE,
        tx -> {
          tx.run("INSERT INTO note VALUES (?, ?)", number, raw(number));
          tx.run("DELETE FROM note WHERE number <= ?", number - NOTES_MAX);
          halfway.run();
          return tx.run("UPDATE newest SET number = ?", number);
        });
  }

  private static Bytes raw(long number) {
    byte[] raw = new byte[(int) (number * 7919 % 60_000)];
    new Random(number).nextBytes(raw);
    return Bytes.wrap(raw);
  }

  /** Keeps a snapshot open until the latch is. */
  private void readUntil(SqliteStore store, CountDownLatch done) {
    CountDownLatch begun = new CountDownLatch(1);
    together.start(() ->
        store.read(tx -> {
          tx.number("SELECT number FROM newest");
          begun.countDown();
          Together.await(done);
          return true;
        }));
    Together.await(begun);
  }

  private static DiskImage image(Path path) {
    try {
      return DiskImage.of(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens a copy and tells which note is the newest; whatever else is wrong is a failure. */
  private long newest(DiskImage image) throws IOException {
    Path copy = image.into(folder.resolve("copy" + copies++));
    try (SqliteStore store = open(copy)) {
      assertEquals(
          Optional.of("ok"),
          store.read(tx -> tx.first(row -> row.text(0), "PRAGMA integrity_check")));
      long newest = store.read(tx -> tx.number("SELECT number FROM newest").orElseThrow());
      assertEquals(notesUpTo(newest), notes(store));
      if (copies % 3 == 0) {
        // And life goes on.
        add(store, newest + 1, () -> {});
        assertEquals(notesUpTo(newest + 1), notes(store));
      }
      return newest;
    } finally {
      DiskImage.delete(copy);
    }
  }

  private record Note(long number, Bytes raw) {}

  private static List<Note> notesUpTo(long newest) {
    return LongStream.rangeClosed(Math.max(1, newest - NOTES_MAX + 1), newest)
        .mapToObj(number -> new Note(number, raw(number)))
        .toList();
  }

  private static List<Note> notes(SqliteStore store) {
    return store.read(tx ->
        tx.all(
            row -> new Note(row.number(0), row.bytes(1)),
            "SELECT number, raw FROM note ORDER BY number"));
  }

  /**
   * What the disk surely holds.
   *
   * @param last the files at the last acknowledgement
   * @param begun the files when the log was last begun anew
   */
  private record Synced(DiskImage last, DiskImage begun) {
    static Synced of(DiskImage image) {
      return new Synced(image, image);
    }

    byte[] main() {
      return begun.file(MAIN).orElseThrow();
    }

    byte[] log() {
      return last.file(LOG).orElse(new byte[0]);
    }

    /** What is sure while the next commit is made: whether it begins the log anew shows after. */
    Synced until(DiskImage next) {
      return isBegunAnew(next) ? of(last) : this;
    }

    boolean isBegunAnew(DiskImage next) {
      return !Arrays.equals(salts(last), salts(next));
    }

    private static byte[] salts(DiskImage image) {
      return image
          .file(LOG)
          .filter(log -> log.length >= SALTS_END)
          .map(log -> Arrays.copyOfRange(log, SALTS_AT, SALTS_END))
          .orElseGet(() -> new byte[0]);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void whatWasAcknowledgedIsThereAndNothingIsThereByHalves(long seed) throws Exception {
    Random random = new Random(seed);
    Path live = folder.resolve("live");
    int begunAnew = 0;
    int undone = 0;
    try (SqliteStore store = busy(live)) {
      Synced synced = Synced.of(DiskImage.of(live));
      CountDownLatch reading = new CountDownLatch(1);
      for (long number = 1; number <= COMMITS; number++) {
        if (number % READER_EVERY == 0) {
          // While somebody reads, a checkpoint stops half-way and the log grows.
          reading = new CountDownLatch(1);
          readUntil(store, reading);
        } else if (number % READER_EVERY == READER_EVERY / 2) {
          reading.countDown();
          together.finish();
        }
        List<DiskImage> halfway = new ArrayList<>();
        add(store, number, () -> halfway.add(image(live)));
        DiskImage after = DiskImage.of(live);
        begunAnew += synced.isBegunAnew(after) ? 1 : 0;
        synced = synced.until(after);
        undone += cut(number, synced, halfway.getFirst(), after, random);
        synced = new Synced(after, synced.begun());
      }
      reading.countDown();
    }
    assertTrue(begunAnew >= 3, "the log was begun anew only so often: " + begunAnew);
    assertTrue(undone > COMMITS / 2, "hardly anything was ever lost: " + undone);
  }

  /**
   * Cuts the power again and again while one note was being kept.
   *
   * @return how often it was lost, which nobody had been promised otherwise
   */
  private int cut(long number, Synced synced, DiskImage halfway, DiskImage after, Random random)
      throws IOException {
    int undone = 0;
    for (int i = 0; i < CUTS_AT_EACH; i++) {
      System.err.println(
          "DBG "
              + number
              + " log "
              + synced.log().length
              + " half "
              + halfway.length(LOG)
              + " after "
              + after.length(LOG)
              + " main "
              + synced.main().length
              + " last "
              + synced.last().length(MAIN)
              + " half "
              + halfway.length(MAIN)
              + " anew "
              + synced.isBegunAnew(halfway)
              + synced.isBegunAnew(after)
              + Arrays.mismatch(synced.log(), halfway.file(LOG).orElseThrow()));
      assertEquals(number - 1, newest(logTorn(synced, halfway, random)));
      long newest = newest(logTorn(synced, after, random));
      assertTrue(newest == number || newest == number - 1, () -> newest + " of " + number);
      undone += newest == number ? 0 : 1;
      assertEquals(number, newest(mainTorn(synced, after, random)));
    }
    return undone;
  }

  /** The power fails while the log is written. */
  private static DiskImage logTorn(Synced synced, DiskImage now, Random random) {
    byte[] log = now.file(LOG).orElseThrow();
    byte[] old = synced.log().clone();
    if (synced.isBegunAnew(now)) {
      // Its header is synced first of all, or old frames could pass for those of the new log.
      System.arraycopy(log, 0, old, 0, LOG_HEADER_BYTES);
    }
    return now.with(LOG, DiskImage.unsynced(old, log, random)).with(MAIN, synced.main());
  }

  /** The power fails while a checkpoint is made. */
  private static DiskImage mainTorn(Synced synced, DiskImage now, Random random) {
    return now.with(MAIN, DiskImage.unsynced(synced.main(), now.file(MAIN).orElseThrow(), random));
  }

  @Test
  void closingLosesNothingEither() throws Exception {
    Random random = new Random(4);
    Path live = folder.resolve("live");
    Synced synced;
    DiskImage before;
    try (SqliteStore store = busy(live)) {
      synced = Synced.of(DiskImage.of(live));
      for (long number = 1; number <= COMMITS; number++) {
        add(store, number, () -> {});
        DiskImage after = DiskImage.of(live);
        synced = new Synced(after, synced.until(after).begun());
      }
      before = synced.last();
    }
    DiskImage closed = DiskImage.of(live);
    assertEquals(Optional.empty(), closed.file(LOG));
    assertEquals(COMMITS, newest(closed));
    // The log goes last; until that is on the disk, it may be there still.
    assertEquals(COMMITS, newest(before.with(MAIN, closed.file(MAIN).orElseThrow())));
    for (int i = 0; i < 4 * CUTS_AT_EACH; i++) {
      byte[] main = DiskImage.unsynced(synced.main(), closed.file(MAIN).orElseThrow(), random);
      assertEquals(COMMITS, newest(before.with(MAIN, main)));
    }
  }

  /** Else the others would prove nothing. */
  @Test
  void ofWhatWasSyncedNothingCouldBeLostUnseen() throws Exception {
    Path live = folder.resolve("live");
    try (SqliteStore store = busy(live)) {
      add(store, 1, () -> {});
      DiskImage before = DiskImage.of(live);
      add(store, 2, () -> {});
      DiskImage after = DiskImage.of(live);
      assertEquals(2, newest(after));
      byte[] log = after.file(LOG).orElseThrow();
      // The last byte that the second note changed.
      log[lastMismatch(before.file(LOG).orElseThrow(), log)] ^= 1;
      assertEquals(1, newest(after.with(LOG, log)));
      byte[] main = after.file(MAIN).orElseThrow();
      Arrays.fill(main, main.length / 2, main.length, (byte) 0);
      assertThrows(AssertionError.class, () -> newest(before.with(MAIN, main)));
    }
  }

  private static int lastMismatch(byte[] old, byte[] fresh) {
    int at = fresh.length - 1;
    while (at < old.length && old[at] == fresh[at]) {
      at--;
    }
    return at;
  }
}
