package org.skep.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skep.doors.SystemClock;
import org.skep.doors.ThreadTasks;
import org.skep.kernel.BlobRefusedException;
import org.skep.kernel.Blobs;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;
import org.skep.kernel.Lane;
import org.skep.kernel.Store;
import org.skep.kernel.StoreException;

final class FileArrivalsTest extends ArrivalsContract {
  private static final int ROUNDS = 3;
  private static final int ACKNOWLEDGED_BEFORE_KILL = 40;

  private final ThreadTasks tasks = new ThreadTasks();
  private final HandClock clock = new HandClock();

  @Override
  Store openStore(Path folder) {
    return SqliteStore.open(folder, new SystemClock(), tasks);
  }

  @Override
  Blobs open(Path folder, Store store) {
    return FileBlobs.open(folder, store, clock);
  }

  @Test
  void whereMuchMoreIsHereThanThereIsRoomForNothingArrivesUntilSomethingWent() throws IOException {
    long budget = 10L << 20;
    blobs = FileBlobs.open(folder, store, clock, budget);
    byte[] content = noise(1, 1_000);
    says(budget + FileBlobs.BEYOND_BUDGET_BYTES_MAX);
    finish(content);
    byte[] other = noise(2, 1_000);

    assertEquals(Optional.empty(), blobs.arrive(nameOf(other), MUCH));
    put(other);

    blobs.evictTo(budget);
    finish(noise(3, 1_000));
  }

  @Test
  void whatIsKeptForGoodTakesNoRoomFromOthers() throws IOException {
    long budget = 10L << 20;
    blobs = FileBlobs.open(folder, store, clock, budget);
    says(2 * budget + FileBlobs.BEYOND_BUDGET_BYTES_MAX);
    store.write(
        Lane.OWN,
        tx ->
            tx.run(
                "INSERT INTO blob_pin (hash, account, purpose) SELECT hash, 1, 'a test'"
                    + " FROM blob"));
    finish(noise(1, 1_000));

    blobs.evictTo(budget);

    assertTrue(blobs.find(nameOf(noise(1, 1_000))).isPresent());
  }

  /** As if a blob of that length were here. */
  private void says(long lengthBytes) {
    store.write(
        Lane.OWN,
        tx ->
            tx.run(
                "INSERT INTO blob (hash, length_bytes, chunks) VALUES (randomblob(32), ?, x'')",
                lengthBytes));
  }

  @Override
  void pass(Duration howLong) {
    clock.pass(howLong);
  }

  @AfterEach
  void closeTasks() {
    tasks.close();
  }

  private BlobFiles files;

  @BeforeEach
  void findFiles() {
    files = new BlobFiles(folder);
  }

  private void execute(String sql) throws SQLException {
    ((SqliteStore) store).writer().execute(sql);
  }

  @Test
  void aBeginningIsAFileForItsOwnerOnlyAndGoneWhenItIsWhole() throws IOException {
    byte[] content = noise(1, 1_000);
    begin(content, 10);
    assertEquals(List.of(files.part(nameOf(content))), files.all());
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(files.part(nameOf(content)))));
    assertEquals(List.of(files.of(finish(content))), files.all());
  }

  @Test
  void aBeginningThatACrashSpoiltIsGoneOnWithOrCostsOneAttempt() throws IOException {
    byte[] content = noise(1, 200_000);
    Hash name = nameOf(content);
    begin(content, 150_000);
    BlobFiles.setLength(files.part(name), 140_001);
    assertEquals(140_001, begun(name));
    BlobFiles.setLength(files.part(name), 160_000);
    assertThrows(BlobRefusedException.class, () -> finish(content));
    assertEquals(List.of(), files.all());
    finish(content);
    blobs.evictTo(0);
    begin(content, 150_000);
    BlobFiles.setLength(files.part(name), MUCH + 1);
    assertEquals(content.length, finish(content).lengthBytes());
  }

  /** The beginnings of these. */
  private Set<Path> parts(int... seeds) {
    return Arrays.stream(seeds)
        .mapToObj(seed -> files.part(nameOf(noise(seed, 1_000))))
        .collect(Collectors.toSet());
  }

  /** Begins something and makes it look longer; an hour later the next may begin. */
  private void beginWithLength(int seed, long length) throws IOException {
    begin(noise(seed, 1_000), 1);
    Path part = files.part(nameOf(noise(seed, 1_000)));
    BlobFiles.setLength(part, length);
    Files.setLastModifiedTime(part, FileTime.fromMillis(clock.wallMillis()));
    clock.pass(Duration.ofHours(1));
  }

  @Test
  void ofTooManyBeginningsTheOldestGo() throws IOException {
    for (int seed = 1; seed <= 5; seed++) {
      beginWithLength(seed, Blobs.BEGUN_BYTES_MAX / 4);
    }
    assertEquals(parts(1, 2, 3, 4, 5), Set.copyOf(files.all()));
    begin(noise(6, 1_000), 10);
    assertEquals(parts(2, 3, 4, 5, 6), Set.copyOf(files.all()));
    reopen();
    assertEquals(parts(3, 4, 5, 6), Set.copyOf(files.all()));
  }

  @Test
  void shortBeginningsCountAsWhatTheyTakeOnTheDisk() throws IOException {
    long most = Blobs.BEGUN_BYTES_MAX / 4 * 3;
    beginWithLength(1, 10);
    beginWithLength(2, 10);
    beginWithLength(3, most);
    beginWithLength(4, Blobs.BEGUN_BYTES_MAX - most - 4_096 - 9);
    assertEquals(parts(1, 2, 3, 4), Set.copyOf(files.all()));
    reopen();
    assertEquals(parts(2, 3, 4), Set.copyOf(files.all()));
  }

  @Test
  void whatArrivesJustNowIsNotSwept() throws IOException {
    byte[] content = noise(1, 1_000);
    begin(content, 10);
    try (Blobs.Arrival arrival = arrive(nameOf(content))) {
      clock.pass(Blobs.BEGUN_MAX.multipliedBy(2));
      begin(noise(2, 1_000), 10);
      bring(arrival, content, content.length);
      arrival.complete().close();
    }
    assertTrue(blobs.find(nameOf(content)).isPresent());
  }

  @Test
  void aBeginningFromAWrongClocksFutureGoesToo() throws IOException {
    clock.pass(Duration.ofDays(1_000));
    begin(noise(1, 1_000), 10);
    clock.pass(Duration.ofDays(-1_000));
    reopen();
    assertEquals(List.of(), files.all());
  }

  @Test
  void whenTheRowIsNotTakenAPutLeavesNothingAndAnArrivalCanGoOn() throws Exception {
    byte[] content = noise(1, 100_000);
    Hash name = nameOf(content);
    execute("CREATE TRIGGER full BEFORE INSERT ON blob BEGIN SELECT RAISE(ABORT, 'full'); END");
    assertThrows(StoreException.class, () -> put(content));
    assertEquals(List.of(), files.all());
    assertThrows(StoreException.class, () -> finish(content));
    assertEquals(List.of(files.part(name)), files.all());
    assertEquals(Optional.empty(), blobs.find(name));
    assertEquals(List.of(), heard);
    assertEquals(0, blobs.evictTo(0));
    execute("DROP TRIGGER full");
    assertEquals(content.length, begun(name));
    assertEquals(List.of(files.of(finish(content))), files.all());
    assertEquals(Bytes.wrap(content), blobs.read(name, 0, Blobs.READ_BYTES_MAX));
  }

  @Test
  void whenTheFileIsNotTakenAPutLeavesNothingAndAnArrivalCanGoOn() throws IOException {
    byte[] content = noise(1, 100_000);
    Hash name = nameOf(content);
    Path inTheWay = Files.createFile(files.of(name).getParent());
    assertThrows(StoreException.class, () -> put(content));
    assertEquals(List.of(inTheWay), files.all());
    assertThrows(StoreException.class, () -> finish(content));
    assertEquals(Set.of(inTheWay, files.part(name)), Set.copyOf(files.all()));
    assertEquals(Optional.empty(), blobs.find(name));
    Files.delete(inTheWay);
    assertEquals(List.of(files.of(finish(content))), files.all());
  }

  @Test
  void whatHadArrivedIsGoneOnWithAfterKillMinusNine() throws Exception {
    Hash name = nameOf(KilledArrival.CONTENT);
    long before = 0;
    for (int round = 0; round < ROUNDS; round++) {
      store.close();
      try (Child child = Child.start(KilledArrival.class, folder)) {
        List<String> acknowledged = child.hear(ACKNOWLEDGED_BEFORE_KILL);
        assertTrue(Long.parseLong(acknowledged.getFirst()) >= before);
        child.kill();
        openAll();
        before = begun(name);
        assertTrue(before >= Long.parseLong(acknowledged.getLast()));
      }
    }
    assertEquals(KilledArrival.CONTENT.length, finish(KilledArrival.CONTENT).lengthBytes());
  }
}
