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
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.skep.doors.SystemClock;
import org.skep.doors.ThreadTasks;
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
    return FileBlobs.open(folder, store);
  }

  @AfterEach
  void closeTasks() {
    tasks.close();
  }

  private Path file(BlobInfo blob) {
    String digits = blob.hash().toString();
    return folder.resolve("blobs").resolve(digits.substring(0, 2)).resolve(digits.substring(2));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("blobs"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void aBlobIsAFileForItsOwnerOnly() throws IOException {
    BlobInfo blob = put(noise(1, 1_000));
    assertEquals(List.of(file(blob)), files());
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file(blob))));
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(file(blob).getParent())));
  }

  @Test
  void whatWasRefusedOrBrokeOffLeavesNoFile() throws IOException {
    assertThrows(
        IOException.class, () -> blobs.put(new ByteArrayInputStream(noise(1, 1_000)), 999));
    assertThrows(IOException.class, () -> blobs.put(broken(noise(1, 100_000)), MUCH));
    assertThrows(
        IOException.class,
        () ->
            blobs.putNamed(
                new Hash(Bytes.wrap(new byte[32])), new ByteArrayInputStream(noise(1, 9)), MUCH));
    assertEquals(List.of(), files());
  }

  @Test
  void anEvictedBlobsFileIsGone() throws IOException {
    put(noise(1, 1_000));
    blobs.evictTo(0);
    assertEquals(List.of(), files());
  }

  @Test
  void aDamagedChunkIsNotServedAndTheOthersAre() throws IOException {
    int chunk = Blobs.CHUNK_BYTES;
    byte[] content = noise(1, 3 * chunk);
    BlobInfo blob = put(content);
    try (RandomAccessFile file = new RandomAccessFile(file(blob).toFile(), "rw")) {
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
    try (RandomAccessFile file = new RandomAccessFile(file(blob).toFile(), "rw")) {
      file.setLength(900);
    }
    assertThrows(StoreException.class, () -> blobs.read(blob.hash(), 0, 1_000));
    Files.delete(file(blob));
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
    try (RandomAccessFile file = new RandomAccessFile(file(shortened).toFile(), "rw")) {
      file.setLength(900);
    }
    Files.delete(file(lost));
    reopen();
    assertEquals(List.of(file(sound)), files());
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
        assertEquals(blob.lengthBytes(), Files.size(file(blob)));
      }
      long rows = store.read(tx -> tx.number("SELECT count(*) FROM blob")).orElseThrow();
      assertEquals(rows, files().size());
    }
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
    assertFalse(files().isEmpty());
  }
}
