package org.skep.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skep.doors.SystemClock;
import org.skep.doors.ThreadTasks;
import org.skep.kernel.Announcement.BlobChanged;
import org.skep.kernel.Blobs;
import org.skep.kernel.Blobs.BlobInfo;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;
import org.skep.kernel.Store;
import org.skep.kernel.StoreException;

final class FileBlobsTest extends BlobsContract {
  private static final int ROUNDS = 3;
  private static final int ACKNOWLEDGED_BEFORE_KILL = 40;

  private final ThreadTasks tasks = new ThreadTasks();

  @Override
  Store openStore(Path folder) {
    return SqliteStore.open(folder, new SystemClock(), tasks);
  }

  @Override
  Blobs open(Path folder, Store store) {
    return FileBlobs.open(folder, store, new SystemClock());
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

  @Test
  void aBlobIsAFileForItsOwnerOnly() throws IOException {
    BlobInfo blob = put(noise(1, 1_000));
    assertEquals(List.of(files.of(blob)), files.all());
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(files.of(blob))));
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(files.of(blob).getParent())));
  }

  @Test
  void whatWasRefusedOrBrokeOffLeavesNoFile() throws IOException {
    assertThrows(
        IOException.class, () -> blobs.put(new ByteArrayInputStream(noise(1, 1_000)), 999));
    assertThrows(IOException.class, () -> blobs.put(broken(noise(1, 100_000)), MUCH));
    try (Blobs.Arrival arrival = arrive(nameOf(noise(1, 10)))) {
      bring(arrival, noise(1, 9), 9);
      assertThrows(IOException.class, arrival::complete);
      assertEquals(List.of(), files.all());
    }
    try (Blobs.Arrival arrival = blobs.arrive(nameOf(noise(1, 9)), 8).orElseThrow()) {
      assertThrows(IOException.class, () -> bring(arrival, noise(1, 9), 9));
      assertEquals(List.of(), files.all());
    }
    arrive(nameOf(noise(1, 9))).close();
    assertEquals(List.of(), files.all());
  }

  @Test
  void aBlobWhoseRepairFailsKeepsItsFile() throws Exception {
    byte[] content = noise(1, 1_000);
    BlobInfo blob = put(content);
    execute("CREATE TRIGGER full BEFORE INSERT ON blob BEGIN SELECT RAISE(ABORT, 'full'); END");
    assertThrows(StoreException.class, () -> put(content));
    assertEquals(Bytes.wrap(content), blobs.read(blob.hash(), 0, 1_000));
    assertEquals(List.of(files.of(blob)), files.all());
  }

  private void execute(String sql) throws SQLException {
    ((SqliteStore) store).writer().execute(sql);
  }

  private long evicted() {
    return store.read(tx -> tx.number("SELECT count(*) FROM evicted_blob")).orElseThrow();
  }

  @Test
  void whatWasEvictedIsRememberedUntilItIsMissedOrComesAgain() throws IOException {
    Hash missed = put(noise(1, 1_000)).hash();
    put(noise(2, 1_000));
    put(noise(3, 1_000));
    assertEquals(0, evicted());
    blobs.evictTo(0);
    assertEquals(3, evicted());
    blobs.missed(missed);
    assertEquals(2, evicted());
    put(noise(2, 1_000));
    assertEquals(1, evicted());
    finish(noise(3, 1_000));
    assertEquals(0, evicted());
  }

  @Test
  void ofVeryManyEvictedTheOldestAreForgotten() throws Exception {
    execute(
        "INSERT INTO evicted_blob (hash) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL"
            + " SELECT i + 1 FROM n WHERE i < 100000) SELECT CAST(printf('%032d', i) AS BLOB) FROM n");
    Hash oldest = new Hash(Bytes.ofUtf8("0".repeat(31) + "1"));
    Hash next = new Hash(Bytes.ofUtf8("0".repeat(31) + "2"));
    Hash newest = put(noise(1, 1_000)).hash();
    blobs.evictTo(0);
    assertEquals(EvictedBlobs.KEPT_MAX, evicted());
    heard.clear();
    blobs.missed(oldest);
    assertEquals(List.of(), heard);
    blobs.missed(next);
    blobs.missed(newest);
    assertEquals(List.of(new BlobChanged(next), new BlobChanged(newest)), heard);
  }

  @Test
  void anEvictedBlobsFileIsGone() throws IOException {
    put(noise(1, 1_000));
    blobs.evictTo(0);
    assertEquals(List.of(), files.all());
  }

  @Test
  void aDamagedChunkIsNotServedAndTheOthersAre() throws IOException {
    int chunk = Blobs.CHUNK_BYTES;
    byte[] content = noise(1, 3 * chunk);
    BlobInfo blob = put(content);
    try (RandomAccessFile file = new RandomAccessFile(files.of(blob).toFile(), "rw")) {
      file.seek(chunk + 5);
      file.write(content[chunk + 5] ^ 1);
    }
    assertThrows(StoreException.class, () -> blobs.read(blob.hash(), chunk, 1));
    assertThrows(StoreException.class, () -> blobs.read(blob.hash(), chunk - 1, 2));
    assertEquals(Bytes.copyOf(content, 0, chunk), blobs.read(blob.hash(), 0, chunk));
    assertEquals(
        Bytes.copyOf(content, 2 * chunk, chunk), blobs.read(blob.hash(), 2L * chunk, chunk));
    put(content);
    assertEquals(Bytes.wrap(content), blobs.read(blob.hash(), 0, 3 * chunk));
  }

  @Test
  void aShortenedOrLostFileIsNotServed() throws IOException {
    BlobInfo blob = put(noise(1, 1_000));
    BlobFiles.setLength(files.of(blob), 900);
    assertThrows(StoreException.class, () -> blobs.read(blob.hash(), 0, 1_000));
    Files.delete(files.of(blob));
    assertThrows(StoreException.class, () -> blobs.read(blob.hash(), 0, 1_000));
  }

  @Test
  void theNextStartRemovesWhatACrashLeftAndForgetsWhatIsLost() throws IOException {
    BlobInfo sound = put(noise(1, 1_000));
    BlobInfo shortened = put(noise(2, 1_000));
    BlobInfo lost = put(noise(3, 1_000));
    Files.writeString(folder.resolve("blobs/arriving/77.part"), "half of something");
    Files.createDirectories(folder.resolve("blobs/ff"));
    Files.writeString(folder.resolve("blobs/ff").resolve("ff".repeat(31)), "named, without a row");
    BlobFiles.setLength(files.of(shortened), 900);
    Files.delete(files.of(lost));
    reopen();
    assertEquals(List.of(files.of(sound)), files.all());
    assertEquals(Optional.of(sound), blobs.find(sound.hash()));
    assertEquals(Optional.empty(), blobs.find(shortened.hash()));
    assertEquals(Optional.empty(), blobs.find(lost.hash()));
  }

  @Test
  void everyAcknowledgedBlobIsThereAfterKillMinusNineAndNothingElse() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      store.close();
      List<String> acknowledged;
      try (Child child = Child.start(KilledBlobs.class, folder)) {
        acknowledged = child.hear(ACKNOWLEDGED_BEFORE_KILL);
        assertEquals(ACKNOWLEDGED_BEFORE_KILL, acknowledged.size());
        child.kill();
      }
      openAll();
      for (String digits : acknowledged) {
        Hash hash = new Hash(Bytes.ofHex(digits));
        BlobInfo blob = blobs.find(hash).orElseThrow();
        assertEquals(
            hash.bytes(),
            Chunks.sums(blobs.read(hash, 0, Blobs.CHUNK_BYTES).toArray()),
            "a blob of one chunk has the hash of that chunk");
        assertEquals(blob.lengthBytes(), Files.size(files.of(blob)));
      }
      long rows = store.read(tx -> tx.number("SELECT count(*) FROM blob")).orElseThrow();
      assertEquals(rows, settled());
    }
  }

  /** How many files are not on their way in. */
  private long settled() throws IOException {
    return files.all().stream()
        .filter(file -> !folder.resolve("blobs/arriving").equals(file.getParent()))
        .count();
  }

  @Test
  void anInterruptedReaderStillReads() throws Exception {
    BlobInfo blob = put(noise(1, 1_000));
    together.start(() -> {
      Thread.currentThread().interrupt();
      assertEquals(1_000, blobs.read(blob.hash(), 0, 1_000).length());
      assertTrue(Thread.interrupted());
    });
    together.finish();
    assertFalse(files.all().isEmpty());
  }
}
