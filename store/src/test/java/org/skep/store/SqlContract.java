package org.skep.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.skep.kernel.Announcement;
import org.skep.kernel.Bytes;
import org.skep.kernel.Lane;
import org.skep.kernel.PostId;
import org.skep.kernel.RecordException;
import org.skep.kernel.Store;
import org.skep.kernel.StoreException;
import org.skep.kernel.Tx;

/** What every {@link Tx} promises of statements and of the tables of views. */
abstract class SqlContract extends StoreFixture {
  @Test
  void everyKindOfArgumentComesBackAsItWent() {
    String words = "a\0b 'quoted' \uD83D\uDC1D {not.a_view name} ?";
    Bytes raw = Bytes.copyOf(new byte[] {0, 1, -1});
    store.write(
        Lane.OWN,
        tx -> {
          tx.run("INSERT INTO note VALUES (?, ?, ?)", Long.MIN_VALUE, words, raw);
          tx.run("INSERT INTO note VALUES (?, ?, ?)", -1, "", Bytes.EMPTY);
          tx.run("INSERT INTO note VALUES (?, ?, ?)", true, Optional.empty(), Optional.of(raw));
          return true;
        });
    store.read(tx -> {
      String columns = "SELECT number, words, raw FROM note ORDER BY number";
      List<List<Object>> rows =
          tx.all(
              row -> List.of(row.number(0), row.textIfAny(1), row.bytes(2), row.flag(0)), columns);
      assertEquals(
          List.of(
              List.of(Long.MIN_VALUE, Optional.of(words), raw, true),
              List.of(-1L, Optional.of(""), Bytes.EMPTY, true),
              List.of(1L, Optional.empty(), raw, true)),
          rows);
      return true;
    });
  }

  @Test
  void anEmptyColumnIsNoNumberNoTextAndNoBytes() {
    store.read(tx -> {
      assertThrows(StoreException.class, () -> tx.first(row -> row.number(0), "SELECT NULL"));
      assertThrows(StoreException.class, () -> tx.first(row -> row.flag(0), "SELECT NULL"));
      assertThrows(StoreException.class, () -> tx.first(row -> row.text(0), "SELECT NULL"));
      assertThrows(StoreException.class, () -> tx.first(row -> row.bytes(0), "SELECT NULL"));
      assertEquals(Optional.empty(), tx.number("SELECT NULL"));
      assertEquals(Optional.of(0L), tx.number("SELECT 0"));
      return true;
    });
  }

  @Test
  void ofWorkThatFailsApartNothingStaysAndTheRestGoesOn() {
    List<Announcement> heard = new CopyOnWriteArrayList<>();
    Announcement before = new Announcement.PostChanged(new PostId(1));
    Announcement undone = new Announcement.PostChanged(new PostId(2));
    Announcement after = new Announcement.PostChanged(new PostId(3));
    String insert = "INSERT INTO note (number) VALUES (?)";
    try (Store.Subscription _ = store.subscribe(heard::add)) {
      store.write(
          Lane.OWN,
          tx -> {
            tx.run(insert, 1);
            tx.announce(before);
            assertThrows(
                IllegalStateException.class,
                () ->
                    tx.apart(part -> {
                      part.run(insert, 2);
                      part.announce(undone);
                      part.apart(inner -> inner.run(insert, 3));
                      throw new IllegalStateException("it trips");
                    }));
            tx.apart(part -> {
              part.run(insert, 4);
              part.announce(after);
            });
            return true;
          });
    }
    assertEquals(
        List.of(1L, 4L),
        store.read(tx -> tx.all(row -> row.number(0), "SELECT number FROM note ORDER BY number")));
    assertEquals(List.of(before, after), heard);
  }

  @Test
  void aRowThatTheTableRefusesIsNoFailureOfTheDatabase() {
    store.write(
        Lane.OWN,
        tx -> {
          tx.run("CREATE TABLE strict_one (number INTEGER NOT NULL) STRICT");
          assertThrows(
              RecordException.class,
              () -> tx.run("INSERT INTO strict_one VALUES (?)", Optional.empty()));
          assertThrows(
              RecordException.class, () -> tx.run("INSERT INTO strict_one VALUES (?)", "text"));
          StoreException other =
              assertThrows(StoreException.class, () -> tx.run("INSERT INTO nowhere VALUES (1)"));
          assertFalse(other instanceof RecordException, other::toString);
          return true;
        });
  }

  @Test
  void argumentsOfAnEarlierUseNeverSlipIn() {
    String insert = "INSERT INTO note (number, words) VALUES (?, ?)";
    store.write(
        Lane.OWN,
        tx -> {
          tx.run(insert, 1, "secret");
          assertThrows(StoreException.class, () -> tx.run(insert, 2));
          assertThrows(StoreException.class, () -> tx.run(insert, 2, "a", "b"));
          return tx.run(insert, 2, "b");
        });
    assertEquals(
        List.of("secret", "b"),
        store.read(tx -> tx.all(row -> row.text(0), "SELECT words FROM note ORDER BY number")));
  }

  @Test
  void twoStatementsInOneAreRefusedInsteadOfHalfDone() {
    store.write(
        Lane.OWN,
        tx -> {
          assertThrows(
              StoreException.class,
              () -> tx.run("DELETE FROM note; INSERT INTO note (number) VALUES (1)"));
          tx.run("INSERT INTO note (number, words) VALUES (1, 'a;b') -- one; only\n;");
          return tx.run(
              "CREATE TRIGGER t AFTER DELETE ON note BEGIN"
                  + " INSERT INTO note (number) VALUES (5); INSERT INTO note (number) VALUES (6);"
                  + " END");
        });
    store.write(Lane.OWN, tx -> tx.run("DELETE FROM note WHERE number = 1"));
    assertEquals(List.of(5L, 6L), numbers());
  }

  @Test
  void aStatementMayBeUsedAgainInsideItsOwnMapping() {
    store.write(Lane.OWN, tx -> add(tx, 1) + add(tx, 2));
    List<List<Long>> nested =
        store.read(tx -> tx.all(row -> numbers(tx), "SELECT number FROM note ORDER BY number"));
    assertEquals(List.of(List.of(1L, 2L), List.of(1L, 2L)), nested);
  }

  @Test
  void aTableMayBeDroppedAndMadeAgain() {
    for (int round = 0; round < 3; round++) {
      store.write(Lane.OWN, tx -> add(tx, 1));
      assertEquals(List.of(1L), numbers());
      store.write(
          Lane.OWN,
          tx -> {
            tx.run("DROP TABLE note");
            return tx.run("CREATE TABLE note (words TEXT, raw BLOB, number INTEGER PRIMARY KEY)");
          });
      assertEquals(List.of(), numbers());
    }
  }

  // Views

  @Test
  void aViewsTablesAreThoseOfItsServingGeneration() {
    store.write(
        Lane.OWN,
        tx -> {
          tx.run("INSERT INTO projection VALUES ('posts', 1, 4, 0)");
          tx.run("CREATE TABLE {posts.top_post} (n INTEGER)");
          tx.seeing("posts", 5).run("CREATE TABLE {posts.top_post} (n INTEGER)");
          tx.seeing("posts", 5).run("INSERT INTO {posts.top_post} VALUES (55)");
          return tx.run("INSERT INTO {posts.top_post} VALUES (44)");
        });
    String select = "SELECT n FROM {posts.top_post}";
    store.read(tx -> {
      assertEquals(Optional.of(44L), tx.number(select));
      together.start(
          () -> store.write(Lane.OWN, other -> other.run("UPDATE projection SET generation = 5")));
      assertTrue(finished());
      assertEquals(Optional.of(44L), tx.number(select));
      assertEquals(Optional.of(55L), tx.seeing("posts", 5).number(select));
      assertEquals(Optional.of(44L), tx.number(select));
      return true;
    });
    assertEquals(Optional.of(55L), store.read(tx -> tx.number(select)));
  }

  @Test
  void anUnknownViewIsNamed() {
    StoreException refusal =
        assertThrows(
            StoreException.class,
            () -> store.read(tx -> tx.number("SELECT n FROM {nothing.table}")));
    assertTrue(String.valueOf(refusal.getMessage()).contains("nothing"));
  }

  private static Optional<Long> notes(Tx tx) {
    return tx.once("notes", () -> tx.number("SELECT nullif(count(*), 0) FROM note"));
  }

  private static void addNote(Tx tx) {
    tx.run("INSERT INTO note SELECT count(*), 'words', NULL FROM note");
  }

  @Test
  void whatIsReadOnceIsKnownUntilTheEndOfTheTransaction() {
    store.write(
        Lane.OWN,
        tx -> {
          assertEquals(Optional.empty(), notes(tx));
          addNote(tx);
          assertEquals(Optional.of(1L), notes(tx), "what was not there was not remembered");
          addNote(tx);
          assertEquals(Optional.of(1L), notes(tx));
          tx.forget("notes");
          assertEquals(Optional.of(2L), notes(tx));
          return true;
        });
    assertEquals(
        Optional.of(3L),
        store.write(
            Lane.OWN,
            tx -> {
              addNote(tx);
              return notes(tx);
            }));
  }

  @Test
  void whatWasReadInAPartThatWasUndoneIsReadAgain() {
    store.write(
        Lane.OWN,
        tx -> {
          assertThrows(
              IllegalStateException.class,
              () ->
                  tx.apart(part -> {
                    addNote(part);
                    assertEquals(Optional.of(1L), notes(part));
                    throw new IllegalStateException("made up");
                  }));
          assertEquals(Optional.empty(), notes(tx));
          tx.apart(SqlContract::addNote);
          assertEquals(Optional.of(1L), notes(tx));
          return true;
        });
  }

  @Test
  void whatIsDoneAtTheEndIsDoneOnceAfterAllElseAndBelongsToTheTransaction() {
    store.write(
        Lane.OWN,
        tx -> {
          tx.atEnd("first", () -> tx.run("INSERT INTO note VALUES (10, 'too early', NULL)"));
          tx.atEnd(
              "first", () -> tx.run("INSERT INTO note SELECT count(*), 'end', NULL FROM note"));
          tx.atEnd("second", () -> tx.atEnd("third", () -> addNote(tx)));
          addNote(tx);
          assertEquals(Optional.of(1L), tx.number("SELECT count(*) FROM note"));
          return true;
        });
    assertEquals(List.of(0L, 1L, 2L), numbers());

    assertThrows(
        IllegalStateException.class,
        () ->
            store.write(
                Lane.OWN,
                tx -> {
                  addNote(tx);
                  tx.atEnd(
                      "fails",
                      () -> {
                        throw new IllegalStateException("made up");
                      });
                  return true;
                }));
    assertEquals(List.of(0L, 1L, 2L), numbers());
  }

  @Test
  void whatWasToBeDoneAtTheEndIsDoneBeforeAPartAndForgottenWithOneThatIsUndone() {
    store.write(
        Lane.OWN,
        tx -> {
          tx.atEnd("early", () -> addNote(tx));
          assertThrows(
              IllegalStateException.class,
              () ->
                  tx.apart(part -> {
                    assertEquals(Optional.of(1L), part.number("SELECT count(*) FROM note"));
                    part.atEnd("never", () -> addNote(part));
                    throw new IllegalStateException("made up");
                  }));
          tx.apart(part -> part.atEnd("late", () -> addNote(tx)));
          return tx.number("SELECT count(*) FROM note");
        });
    assertEquals(List.of(0L, 1L), numbers());
  }
}
