package org.skep.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skep.doors.SystemClock;
import org.skep.doors.ThreadTasks;
import org.skep.kernel.Aliases;
import org.skep.kernel.Bytes;
import org.skep.kernel.Fact;
import org.skep.kernel.Facts;
import org.skep.kernel.Feeds;
import org.skep.kernel.Kept;
import org.skep.kernel.Lane;
import org.skep.kernel.NewFact;
import org.skep.kernel.RecordException;
import org.skep.kernel.Store;

final class SqliteFactsTest extends FactsContract {
  private static final int ENOUGH = Compression.SAMPLES_MAX;

  private final ThreadTasks tasks = new ThreadTasks();

  @Override
  Store open(Path folder) {
    return SqliteStore.open(folder, new SystemClock(), tasks);
  }

  @Override
  Aliases aliases(Store store) {
    return new SqliteAliases();
  }

  @Override
  Facts facts(Store store) {
    return new SqliteFacts(store, new SqliteAliases());
  }

  @Override
  Feeds feeds(Store store) {
    return (SqliteFacts) facts;
  }

  @AfterEach
  void closeTasks() {
    tasks.close();
  }

  private SqliteFacts sqlite() {
    return (SqliteFacts) facts;
  }

  private static Bytes record(int number) {
    return Bytes.ofUtf8(
        "{\"previous\":\"%"
            + Integer.toHexString(number * 77_777)
            + ".sha256\",\"sequence\":"
            + number
            + ",\"content\":{\"type\":\"post\",\"text\":\"bee "
            + number
            + "\",\"mentions\":[]},\"hash\":\"sha256\"}");
  }

  private void keepMany(int from, int count) {
    store.write(
        Lane.BULK,
        tx -> {
          for (int i = from; i < from + count; i++) {
            facts.keep(tx, entry(ALICE, "", i, record(i)), NEWS, "wire:bob");
          }
          return true;
        });
  }

  private List<Long> methods() {
    return store.read(tx ->
        tx.all(row -> row.number(0), "SELECT DISTINCT compression FROM fact ORDER BY compression"));
  }

  private void allComeBack(int count) {
    List<Kept> kept = store.read(tx -> facts.after(tx, 0, count + 1));
    assertEquals(count, kept.size());
    for (int i = 0; i < count; i++) {
      assertEquals(record(i + 1), bytes(kept.get(i)));
    }
  }

  private static Bytes bytes(Kept kept) {
    return assertInstanceOf(Fact.class, kept).content().bytes();
  }

  @Test
  void aDictionaryIsTrainedOnceThereIsEnoughAndEverythingStillComesBack() {
    keepMany(1, ENOUGH - 1);
    assertFalse(sqlite().trainIfDue(store));
    keepMany(ENOUGH, 1);
    assertTrue(sqlite().trainIfDue(store));
    assertFalse(sqlite().trainIfDue(store));
    keepMany(ENOUGH + 1, 200);
    assertTrue(methods().contains(1L), methods().toString());
    allComeBack(ENOUGH + 200);
    long before = bytes("local_seq <= " + ENOUGH) / ENOUGH;
    long after = bytes("local_seq > " + ENOUGH) / 200;
    assertTrue(after * 2 < before, before + " bytes before, " + after + " after");
    store.close();
    openStore();
    assertFalse(sqlite().trainIfDue(store));
    allComeBack(ENOUGH + 200);
  }

  private long bytes(String where) {
    return store
        .read(tx -> tx.number("SELECT sum(length(bytes)) FROM fact WHERE " + where))
        .orElseThrow();
  }

  /** A record that says what its row says. */
  private static Bytes saying(int number) {
    NewFact row = entry(ALICE, "", number, Bytes.EMPTY);
    return Bytes.ofUtf8(
        "{\"previous\":\""
            + row.position().previousId().orElse("")
            + "\",\"author\":\""
            + ALICE.id()
            + "\",\"sequence\":"
            + number
            + ",\"content\":{\"type\":\"post\",\"text\":\"bee "
            + number
            + "\"}}");
  }

  @Test
  void whatARowSaysIsLeftOutOfItsRecordAndComesBack() {
    int more = 50;
    store.write(
        Lane.BULK,
        tx -> {
          for (int i = 1; i <= ENOUGH; i++) {
            facts.keep(tx, entry(ALICE, "", i, saying(i)), NEWS, "");
          }
          return true;
        });
    assertTrue(sqlite().trainIfDue(store));
    store.write(
        Lane.BULK,
        tx -> {
          for (int i = ENOUGH + 1; i <= ENOUGH + more; i++) {
            facts.keep(tx, entry(ALICE, "", i, saying(i)), NEWS, "");
          }
          return true;
        });
    List<Kept> kept = store.read(tx -> facts.after(tx, ENOUGH, more));
    for (int i = 0; i < more; i++) {
      assertEquals(saying(ENOUGH + 1 + i), bytes(kept.get(i)));
    }
    // Without its names a record has only its number and the framing.
    assertTrue(bytes("local_seq > " + ENOUGH) / more <= 32);
    damage("bytes = CAST(substr(bytes, 1, length(bytes) - 1) AS BLOB)", ENOUGH + 1);
    assertTrue(damaged(ENOUGH + 1).reason().contains("damaged"));
    damage("bytes = x'0102'", ENOUGH + 2);
    assertTrue(damaged(ENOUGH + 2).reason().contains("too short"));
    store.write(
        Lane.OWN,
        tx ->
            tx.run(
                "DELETE FROM alias WHERE number = (SELECT previous FROM fact WHERE local_seq = ?)",
                ENOUGH + 4));
    assertTrue(damaged(ENOUGH + 4).reason().contains("entry before is missing"));
    store.write(
        Lane.OWN,
        tx ->
            tx.run(
                "UPDATE alias SET foreign_id = foreign_id || 'x' WHERE number ="
                    + " (SELECT author FROM fact WHERE local_seq = ?)",
                ENOUGH + 6));
    assertTrue(damaged(ENOUGH + 6).reason().contains("a name in it"), damaged(ENOUGH + 6).reason());
  }

  @Test
  void whatAnOlderDictionaryPackedIsReadAndANewOneIsTrained() {
    keepMany(1, ENOUGH);
    assertTrue(sqlite().trainIfDue(store));
    byte[] dictionary =
        store
            .read(tx -> tx.first(row -> row.bytes(0), "SELECT bytes FROM dictionary"))
            .orElseThrow()
            .toArray();
    store.close();
    openStore();
    try (ZstdCompressCtx context = new ZstdCompressCtx()) {
      context.setChecksum(true).loadDict(dictionary);
      Bytes packed = Bytes.wrap(context.compress(record(3).toArray()));
      store.write(
          Lane.OWN,
          tx -> {
            tx.run("UPDATE dictionary SET bare = 0");
            return tx.run("UPDATE fact SET compression = 1, bytes = ? WHERE local_seq = 3", packed);
          });
    }
    store.close();
    openStore();
    assertTrue(sqlite().trainIfDue(store));
    keepMany(ENOUGH + 1, 1);
    assertEquals(List.of(0L, 1L, 2L), methods());
    allComeBack(ENOUGH + 1);
  }

  @Test
  void aReaderThatCameBeforeTheDictionaryLearnsIt() {
    SqliteFacts earlier = new SqliteFacts(store, aliases);
    keepMany(1, ENOUGH);
    assertTrue(sqlite().trainIfDue(store));
    keepMany(ENOUGH + 1, 1);
    assertEquals(
        Optional.of(record(ENOUGH + 1)),
        store.read(
            tx -> earlier.after(tx, ENOUGH, 1).stream().map(SqliteFactsTest::bytes).findFirst()));
  }

  @Test
  void recordsThatTeachNothingMakeNoDictionaryAndAreNotReadAgainAtOnce() {
    store.write(
        Lane.BULK,
        tx -> {
          for (int i = 1; i <= ENOUGH; i++) {
            facts.keep(tx, entry(ALICE, "", i, Bytes.EMPTY), NEWS, "wire:bob");
          }
          return true;
        });
    assertFalse(sqlite().trainIfDue(store));
    assertFalse(sqlite().trainIfDue(store));
  }

  @Test
  void randomBytesAreKeptPlainAndOrderlyOnesAreNot() {
    byte[] noise = new byte[5_000];
    new Random(1).nextBytes(noise);
    store.write(
        Lane.BULK,
        tx -> {
          facts.keep(tx, entry(ALICE, "", 1, Bytes.wrap(noise)), NEWS, "");
          return facts.keep(tx, entry(ALICE, "", 2, Bytes.wrap(new byte[5_000])), NEWS, "");
        });
    assertEquals(List.of(Compression.PLAIN, Compression.NO_DICTIONARY), methods());
  }

  @Test
  void aRecordTooLongToComeOutIsNotTakenIn() {
    Bytes longest = Bytes.wrap(new byte[Compression.UNPACKED_BYTES_MAX]);
    Bytes longer = Bytes.wrap(new byte[Compression.UNPACKED_BYTES_MAX + 1]);
    store.write(Lane.BULK, tx -> facts.keep(tx, entry(ALICE, "", 1, longest), NEWS, ""));
    assertThrows(
        IllegalArgumentException.class,
        () -> store.write(Lane.BULK, tx -> facts.keep(tx, entry(BOB, "", 1, longer), NEWS, "")));
    assertEquals(longest, bytes(store.read(tx -> facts.after(tx, 0, 1)).getFirst()));
  }

  @Test
  void aDamagedRecordIsSaidToBeDamaged() {
    keepMany(1, 1);
    damage("origin = 12345", 1);
    assertTrue(damaged(1).reason().contains("empty"), damaged(1).reason());
    for (String damage :
        List.of(
            "substr(bytes, 1, length(bytes) - 3) || x'000000'",
            "x'28b52ffda0ffffff7f'",
            "x'00'",
            "x''")) {
      damage("compression = 0, bytes = CAST(" + damage + " AS BLOB)", 1);
      assertTrue(damaged(1).reason().contains("damaged"), damaged(1).reason());
    }
    damage("evidence = 'SELF SIGNED'", 1);
    assertTrue(damaged(1).reason().contains("damaged"), damaged(1).reason());
  }

  private void damage(String change, long place) {
    store.write(
        Lane.OWN, tx -> tx.run("UPDATE fact SET " + change + " WHERE local_seq = ?", place));
  }

  private Kept.Damaged damaged(long place) {
    assertThrows(RecordException.class, () -> store.read(tx -> facts.at(tx, place)));
    return assertInstanceOf(
        Kept.Damaged.class, store.read(tx -> facts.after(tx, place - 1, 1)).getFirst());
  }

  @Test
  void whatStandsBesideADamagedRecordIsReadAndALogIsGivenUpToIt() {
    store.write(
        Lane.BULK,
        tx -> {
          for (int i = 1; i <= 5; i++) {
            feeds.append(tx, facts.keep(tx, entry(ALICE, "", i, record(i)), NEWS, ""));
          }
          return true;
        });
    damage("bytes = x'00'", 3);
    List<Kept> kept = store.read(tx -> facts.after(tx, 0, 10));
    assertEquals(5, kept.size());
    assertEquals(record(4), bytes(kept.get(3)));
    assertEquals("entry 3 of " + ALICE.id(), damaged(3).name());
    assertEquals(2, store.read(tx -> feeds.range(tx, ALICE, "", 0, 10)).size());
    assertEquals(List.of(), store.read(tx -> feeds.range(tx, ALICE, "", 2, 10)));
    assertEquals(2, store.read(tx -> feeds.range(tx, ALICE, "", 3, 10)).size());
  }

  @Test
  void aDamagedRecordDoesNotKeepTheOthersFromTeaching() {
    keepMany(1, ENOUGH + 1);
    damage("bytes = x'00'", 3);
    assertTrue(sqlite().trainIfDue(store));
  }

  @Test
  void aMissingDictionaryIsNamed() {
    keepMany(1, 1);
    store.write(Lane.OWN, tx -> tx.run("UPDATE fact SET compression = 12"));
    assertTrue(damaged(1).reason().contains("dictionary 12"), damaged(1).reason());
  }
}
