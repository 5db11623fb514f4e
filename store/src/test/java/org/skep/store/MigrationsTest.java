package org.skep.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.doors.SystemClock;
import org.skep.doors.ThreadTasks;
import org.skep.kernel.Lane;
import org.skep.kernel.NetworkId;
import org.skep.kernel.Ref;
import org.skep.kernel.StoreException;

final class MigrationsTest {
  @TempDir Path folder;
  private final ThreadTasks tasks = new ThreadTasks();

  @AfterEach
  void closeTasks() {
    tasks.close();
  }

  private SqliteStore open() {
    return SqliteStore.open(folder, new SystemClock(), tasks);
  }

  private void execute(String sql) throws SQLException {
    Session session = Session.forWriting(folder.resolve("skep.db"));
    session.execute(sql);
    session.close();
  }

  @Test
  void aFreshDatabaseHasTheSettingsThatCannotBeChangedLater() {
    try (SqliteStore store = open()) {
      store.read(tx -> {
        assertEquals(Optional.of(8192L), tx.number("PRAGMA page_size"));
        assertEquals(Optional.of(2L), tx.number("PRAGMA auto_vacuum"));
        assertEquals(Optional.of(0x536b6570L), tx.number("PRAGMA application_id"));
        return true;
      });
      store.write(
          Lane.OWN,
          tx -> {
            assertEquals(Optional.of(2L), tx.number("PRAGMA synchronous"));
            assertEquals(Optional.of(1L), tx.number("PRAGMA secure_delete"));
            return true;
          });
    }
  }

  @Test
  void aNewerFormatIsRefusedInOneSentenceAndLeftAlone() throws SQLException {
    open().close();
    execute("PRAGMA user_version = 1000");
    StoreException refusal = assertThrows(StoreException.class, this::open);
    assertTrue(
        String.valueOf(refusal.getMessage()).contains("newer Skep"),
        String.valueOf(refusal.getMessage()));
    assertFalse(String.valueOf(refusal.getMessage()).contains("\n"));
    execute("PRAGMA user_version = " + Migrations.FORMAT);
    open().close();
  }

  /** Makes what an older version left. */
  private void leaveFormat(int format, String sql) throws SQLException {
    Session session = Session.forWriting(folder.resolve("skep.db"));
    Migrations.bringTo(session.connection(), format);
    session.execute(sql);
    session.close();
  }

  @Test
  void anOlderFormatIsBroughtUpToDateAndKeepsWhatItHad() throws SQLException {
    leaveFormat(1, "INSERT INTO alias VALUES (9, 'test', 'kept')");
    try (SqliteStore store = open()) {
      store.read(tx -> {
        assertEquals(Optional.of(0L), tx.number("SELECT count(*) FROM blob"));
        assertEquals(Optional.of(9L), tx.number("SELECT number FROM alias"));
        assertEquals(Optional.of((long) Migrations.FORMAT), tx.number("PRAGMA user_version"));
        return true;
      });
    }
  }

  @Test
  void namesThatWereGivenAreFoundByTheirHashes() throws SQLException {
    leaveFormat(
        10,
        "INSERT INTO alias VALUES (9, 'test', 'kept'), (4, 'test', 'fr\u00fcher \ufffe'),"
            + " (5, 'x', 'kept')");
    SqliteAliases aliases = new SqliteAliases();
    try (SqliteStore store = open()) {
      Ref kept = new Ref(new NetworkId("test"), "kept");
      Ref other = new Ref(new NetworkId("test"), "fr\u00fcher \ufffe");
      assertEquals(Optional.of(9L), store.read(tx -> aliases.find(tx, kept)));
      assertEquals(Optional.of(4L), store.read(tx -> aliases.find(tx, other)));
      assertEquals(other, store.read(tx -> aliases.name(tx, 4)));
      assertThrows(SQLException.class, () -> store.writer().execute("SELECT name_hash(x'00')"));
    }
  }

  @Test
  void twoNamesOfOneHashAreTwo() {
    SqliteAliases aliases = new SqliteAliases();
    Ref one = new Ref(new NetworkId("test"), "one");
    Ref other = new Ref(new NetworkId("test"), "other");
    try (SqliteStore store = open()) {
      long number =
          store.write(
              Lane.OWN,
              tx -> {
                tx.run(
                    "INSERT INTO alias (number, hash, network, foreign_id)"
                        + " VALUES (7, ?, 'test', 'other')",
                    NameHash.of("test", "one"));
                assertEquals(Optional.empty(), aliases.find(tx, other));
                return aliases.number(tx, one);
              });
      assertEquals(Optional.of(number), store.read(tx -> aliases.find(tx, one)));
      assertEquals(8, number);
    }
  }

  @Test
  void aMigrationThatFailsLeavesTheOldFormat() throws SQLException {
    // The second script will find one of its tables there already, after it made the other.
    leaveFormat(1, "CREATE TABLE blob_pin (hash BLOB)");
    assertThrows(StoreException.class, this::open);
    execute("DROP TABLE blob_pin");
    open().close();
  }

  @Test
  void whatWasPinnedBeforeThereWerePurposesIsAPicture() throws SQLException {
    leaveFormat(3, "INSERT INTO blob_pin VALUES (x'01', 1), (x'01', 2), (x'02', 1)");
    try (SqliteStore store = open()) {
      assertEquals(
          List.of("01 1 picture", "01 2 picture", "02 1 picture"),
          store.read(tx ->
              tx.all(
                  row -> row.text(0),
                  "SELECT hex(hash) || ' ' || account || ' ' || purpose FROM blob_pin"
                      + " ORDER BY hash, account")));
    }
  }

  @Test
  void whatWaitedBeforeItsLengthWasCountedIsMeasured() throws SQLException {
    leaveFormat(8, "INSERT INTO deferred VALUES (1, 'test', 1, '', 2, 1, 1, 'BULK', 0, x'010203')");
    try (SqliteStore store = open()) {
      assertEquals(
          Optional.of(3L), store.read(tx -> tx.number("SELECT length_bytes FROM deferred")));
    }
  }
}
