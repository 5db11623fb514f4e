package org.skep.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.doors.SystemClock;
import org.skep.doors.ThreadTasks;
import org.skep.kernel.Bytes;
import org.skep.kernel.Examination;
import org.skep.kernel.Examination.Finding;
import org.skep.kernel.Lane;
import org.skep.kernel.NetworkId;
import org.skep.kernel.Ref;

/** What the store's room looks at, sound and broken. */
class ExaminationsTest {
  private static final Duration LONG = Duration.ofMinutes(5);

  @TempDir Path above;
  private Path folder;

  @BeforeEach
  void aSoundFolder() throws Exception {
    folder = above.resolve("data");
    try (DataFolder data = DataFolder.open(folder, "a test")) {
      data.put("tokens.txt", Bytes.ofUtf8("secret"));
      fill(0);
    }
  }

  private void fill(int rows) {
    try (ThreadTasks tasks = new ThreadTasks();
        SqliteStore store = SqliteStore.open(folder, new SystemClock(), tasks)) {
      store.write(
          Lane.OWN,
          tx -> {
            for (int i = 0; i < rows; i++) {
              tx.run("INSERT INTO evicted_blob (hash) VALUES (?)", Bytes.wrap(new byte[5_000 + i]));
            }
            return rows;
          });
    }
  }

  /** The one thing that is wrong. */
  private static String wrong(Examination examination) {
    List<Finding> findings = examination.look();
    assertEquals(1, findings.size(), findings::toString);
    return assertInstanceOf(Finding.Wrong.class, findings.getFirst()).words();
  }

  private static String user() {
    return System.getProperty("user.name");
  }

  private Examination folderAs(String user) {
    return new FolderExamination(folder, user);
  }

  private Examination database() {
    return new DatabaseExamination(folder, new SystemClock(), LONG);
  }

  private static void mode(Path path, String mode) throws Exception {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  @Test
  void nothingIsFoundWhereAllIsWell() {
    assertEquals(List.of(), folderAs(user()).look());
    assertEquals(List.of(), database().look());
    assertEquals(
        List.of(), new SpaceExamination(folder, () -> SpaceExamination.FREE_BYTES_MIN).look());
  }

  @Test
  void aFolderThatIsNotThereIsNamed() throws Exception {
    Path nowhere = above.resolve("nowhere");
    assertTrue(wrong(new FolderExamination(nowhere, user())).contains(nowhere.toString()));
    Path file = Files.createFile(above.resolve("file"));
    assertTrue(wrong(new FolderExamination(file, user())).contains("is no folder"));
  }

  @Test
  void aFolderOfSomebodyElseIsNamed() {
    assertTrue(wrong(folderAs("somebody")).contains("Skep is used as somebody"));
  }

  @Test
  void whatOthersCanReadIsToBeClosed() throws Exception {
    mode(folder, "rwxr-xr-x");
    assertTrue(wrong(folderAs(user())).endsWith("chmod 700 '" + folder + "'"));
    mode(folder, "rwx------");
    mode(folder.resolve("skep.db"), "rw-r--r--");
    assertTrue(wrong(folderAs(user())).endsWith("chmod 600 '" + folder.resolve("skep.db") + "'"));
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamed() {
    assertTrue(
        wrong(new FolderExamination(folder, user(), () -> false)).contains("can't be written"));
  }

  @Test
  void aFullDiskIsNamedBeforeItIsFull() {
    assertTrue(
        wrong(new SpaceExamination(folder, () -> 20L << 20)).startsWith("Only 20 MiB are free"));
  }

  @Test
  void aDatabaseFromTheFutureIsNamed() throws Exception {
    try (ThreadTasks tasks = new ThreadTasks();
        SqliteStore store = SqliteStore.open(folder, new SystemClock(), tasks)) {
      store.writer().execute("PRAGMA user_version = 1000");
    }
    assertTrue(wrong(database()).startsWith("This data folder was written by a newer Skep"));
    assertTrue(DatabaseReading.open(folder).isEmpty());
  }

  @Test
  void aDatabaseThatIsNoneIsNamed() throws Exception {
    Files.writeString(folder.resolve("skep.db"), "not a database".repeat(1_000));
    assertTrue(wrong(database()).startsWith("The database can't be read"));
  }

  @Test
  void aDamagedDatabaseIsNamed() throws Exception {
    fill(100);
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve("skep.db").toFile(), "rw")) {
      long half = file.length() / 2;
      file.seek(half);
      file.write(new byte[32_768]);
    }
    assertTrue(wrong(database()).startsWith("The database"));
  }

  private static final NetworkId NETWORK = new NetworkId("net");

  /** Gives names numbers, and then changes something behind their back. */
  private void nameAnd(String change) {
    try (ThreadTasks tasks = new ThreadTasks();
        SqliteStore store = SqliteStore.open(folder, new SystemClock(), tasks)) {
      SqliteAliases aliases = new SqliteAliases();
      store.write(
          Lane.OWN,
          tx -> {
            aliases.number(tx, new Ref(NETWORK, "ana"));
            aliases.number(tx, new Ref(NETWORK, "ben"));
            return tx.run(change);
          });
    }
  }

  private List<Finding> names() {
    try (DatabaseReading database = DatabaseReading.open(folder).orElseThrow()) {
      return new NamesExamination(database).look();
    }
  }

  private String wrongName() {
    return wrong(this::names);
  }

  @Test
  void namesThatWereNotTouchedAreSound() {
    nameAnd("UPDATE alias SET hash = hash");
    assertEquals(List.of(), names());
  }

  @Test
  void aNameThatIsNotFoundByItsHashIsNamed() {
    nameAnd("UPDATE alias SET hash = hash + 1 WHERE foreign_id = 'ben'");
    assertTrue(wrongName().startsWith("The disk did not keep the name ben as it was."));
    nameAnd("UPDATE alias SET foreign_id = foreign_id || '!'");
    assertTrue(wrongName().contains(" names as they were, "));
  }

  @Test
  void aNameThatStandsTwiceIsNamed() {
    nameAnd(
        "INSERT INTO alias (hash, network, foreign_id)"
            + " SELECT hash, network, foreign_id FROM alias WHERE foreign_id = 'ana'");
    assertTrue(wrongName().startsWith("In the database the name ana stands twice"));
  }

  @Test
  void aCheckThatTakesTooLongEndsAndSaysSo() {
    fill(2_000);
    Examination hasty = new DatabaseExamination(folder, new SystemClock(), Duration.ZERO);
    Finding found = hasty.look().getFirst();
    assertTrue(
        assertInstanceOf(Finding.Remark.class, found).words().startsWith("The database is large"));
  }

  @Test
  void aRunningNodesDatabaseIsReadAsItStands() {
    try (ThreadTasks tasks = new ThreadTasks();
        SqliteStore store = SqliteStore.open(folder, new SystemClock(), tasks);
        DatabaseReading reading = DatabaseReading.open(folder).orElseThrow()) {
      store.write(Lane.OWN, tx -> tx.run("INSERT INTO origin (words) VALUES ('here')"));
      long rows = reading.read(tx -> tx.number("SELECT count(*) FROM origin").orElseThrow());
      assertEquals(1, rows);
      assertEquals(List.of(), database().look());
    }
  }
}
