package org.skep.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skep.doors.SystemClock;
import org.skep.doors.ThreadTasks;
import org.skep.kernel.BlobRefusedException;
import org.skep.kernel.Blobs;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;
import org.skep.kernel.Store;
import org.skep.kernel.StoreException;

/**
 * What blobs are after the power failed, on real files; {@link DiskImage} says what that may do to
 * them, and {@link PowerCutTest} what it does to their rows.
 *
 * <p>A blob that was acknowledged is whole. One that was not is not there, or whole; never is it
 * something else.
 */
final class PowerCutBlobsTest extends BlobsFixture {
  private static final int BLOBS = 6;
  private static final int CUTS_AT_EACH = 4;
  private static final String LOG = "skep.db-wal";

  @TempDir Path elsewhere;
  private final ThreadTasks tasks = new ThreadTasks();
  private int copies;

  @Override
  Store openStore(Path path) {
    return SqliteStore.open(path, new SystemClock(), tasks);
  }

  @Override
  Blobs open(Path path, Store theStore) {
    return FileBlobs.open(path, theStore, new SystemClock());
  }

  @AfterEach
  void closeTasks() {
    tasks.close();
  }

  /** Looks at what a copy became. */
  private interface Look {
    void at(Blobs blobs, BlobFiles files) throws IOException;
  }

  private void reopened(DiskImage image, Look look) throws IOException {
    Path copy = image.into(elsewhere.resolve("copy" + copies++));
    try (Store other = openStore(copy)) {
      look.at(open(copy, other), new BlobFiles(copy));
    } finally {
      DiskImage.delete(copy);
    }
  }

  private static Bytes whole(Blobs blobs, Hash name) {
    int length = Math.toIntExact(blobs.find(name).orElseThrow().lengthBytes());
    return blobs.read(name, 0, length);
  }

  private static byte[] content(Random random) {
    byte[] content = new byte[2 + random.nextInt(3 * Blobs.CHUNK_BYTES)];
    random.nextBytes(content);
    return content;
  }

  /** All that was acknowledged is whole, and whatever else is there has its row. */
  private static void assertAllThere(List<byte[]> acknowledged, Blobs blobs) {
    for (byte[] content : acknowledged) {
      assertEquals(Bytes.wrap(content), whole(blobs, nameOf(content)));
    }
  }

  private static void assertNotThere(byte[] content, Blobs blobs, BlobFiles files) {
    assertEquals(Optional.empty(), blobs.find(nameOf(content)));
    assertFalse(Files.exists(files.of(nameOf(content))));
  }

  /** A stream at whose middle somebody looks around. */
  private static InputStream stopping(byte[] content, Runnable stop) {
    int half = content.length / 2;
    return new SequenceInputStream(
        new ByteArrayInputStream(content, 0, half),
        new ByteArrayInputStream(content, half, content.length - half) {
          @Override
          public synchronized int read(byte[] into, int offset, int length) {
            stop.run();
            return super.read(into, offset, length);
          }
        });
  }

  private DiskImage image() {
    try {
      return DiskImage.of(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the disk may hold while a blob arrives: of its file nothing is synced. */
  private static DiskImage arriving(DiskImage before, DiskImage now, Random random) {
    DiskImage left = now;
    for (String name : now.files().keySet()) {
      if (name.startsWith("blobs/") && !before.files().containsKey(name)) {
        byte[] content = now.file(name).orElseThrow();
        left = left.with(name, DiskImage.unsynced(new byte[0], content, random));
      }
    }
    return left;
  }

  /** What the disk may hold while a row is written or deleted. */
  private static DiskImage rowTorn(DiskImage before, DiskImage after, Random random) {
    byte[] log = before.file(LOG).orElseThrow();
    return after.with(LOG, DiskImage.unsynced(log, after.file(LOG).orElseThrow(), random));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void whatWasPutIsWholeOrNotThere(long seed) throws IOException {
    Random random = new Random(seed);
    List<byte[]> acknowledged = new ArrayList<>();
    int undone = 0;
    for (int number = 0; number < BLOBS; number++) {
      byte[] content = content(random);
      DiskImage before = image();
      List<DiskImage> halfway = new ArrayList<>();
      blobs.put(stopping(content, () -> halfway.add(image())), MUCH).close();
      DiskImage after = image();
      for (int i = 0; i < CUTS_AT_EACH; i++) {
        reopened(
            arriving(before, halfway.getFirst(), random),
            (others, files) -> {
              assertAllThere(acknowledged, others);
              assertNotThere(content, others, files);
              assertEquals(acknowledged.size(), files.all().size());
            });
        List<Boolean> there = new ArrayList<>();
        reopened(
            rowTorn(before, after, random),
            (others, files) -> {
              assertAllThere(acknowledged, others);
              there.add(others.find(nameOf(content)).isPresent());
              if (there.getFirst()) {
                assertAllThere(List.of(content), others);
              } else {
                assertNotThere(content, others, files);
              }
            });
        undone += there.getFirst() ? 0 : 1;
      }
      acknowledged.add(content);
    }
    assertTrue(undone > 0, "no row was ever lost");
  }

  @ParameterizedTest
  @ValueSource(longs = {3, 4})
  void whatComesUnderANameIsGoneOnWithOrCostsOneAttempt(long seed) throws IOException {
    Random random = new Random(seed);
    List<byte[]> acknowledged = new ArrayList<>();
    int refused = 0;
    for (int number = 0; number < BLOBS; number++) {
      byte[] content = content(random);
      DiskImage before = image();
      begin(content, content.length / 2);
      DiskImage halfway = image();
      for (int i = 0; i < CUTS_AT_EACH; i++) {
        List<Boolean> spoilt = new ArrayList<>();
        reopened(
            arriving(before, halfway, random),
            (others, _) -> {
              assertAllThere(acknowledged, others);
              assertEquals(Optional.empty(), others.find(nameOf(content)));
              spoilt.add(!tryToFinish(others, content));
              assertTrue(!spoilt.getFirst() || tryToFinish(others, content));
              assertAllThere(List.of(content), others);
            });
        refused += spoilt.getFirst() ? 1 : 0;
      }
      finish(content);
      acknowledged.add(content);
    }
    assertTrue(refused > 0, "no beginning was ever spoilt");
  }

  /** Whether what is here and what is missing are the blob together; else nothing of it stays. */
  private static boolean tryToFinish(Blobs blobs, byte[] content) {
    try (Blobs.Arrival arrival = blobs.arrive(nameOf(content), MUCH).orElseThrow()) {
      int at = Math.toIntExact(arrival.lengthBytes());
      arrival.add(Bytes.copyOf(content, at, content.length - at));
      arrival.complete().close();
      return true;
    } catch (BlobRefusedException e) {
      assertEquals(Optional.empty(), blobs.find(nameOf(content)));
      return false;
    }
  }

  @Test
  void whatIsEvictedIsWholeOrNotThere() throws IOException {
    Random random = new Random(5);
    for (int number = 0; number < BLOBS; number++) {
      byte[] content = content(random);
      put(content);
      DiskImage before = image();
      blobs.evictTo(0);
      DiskImage after = image();
      String file = folder.relativize(new BlobFiles(folder).of(nameOf(content))).toString();
      // Of the row and the file the row goes first, and each may be there still.
      DiskImage between = after.with(file, before.file(file).orElseThrow());
      reopened(between, (others, files) -> assertNotThere(content, others, files));
      for (int i = 0; i < CUTS_AT_EACH; i++) {
        reopened(
            rowTorn(before, between, random),
            (others, files) -> {
              if (others.find(nameOf(content)).isPresent()) {
                assertAllThere(List.of(content), others);
              } else {
                assertNotThere(content, others, files);
              }
            });
      }
    }
  }

  /** Beyond the model, because then nothing can be promised but this. */
  @Test
  void aDriveThatSaidItHadSyncedNeverMakesWrongBytes() throws IOException {
    Random random = new Random(6);
    byte[] content = content(random);
    put(content);
    DiskImage image = image();
    String file = folder.relativize(new BlobFiles(folder).of(nameOf(content))).toString();
    for (int i = 0; i < 10 * CUTS_AT_EACH; i++) {
      reopened(
          image.with(file, DiskImage.unsynced(new byte[0], content, random)),
          (others, _) -> {
            try {
              if (others.find(nameOf(content)).isPresent()) {
                assertAllThere(List.of(content), others);
              }
            } catch (StoreException damaged) {
              // Brought anew, it is whole again.
              others.put(new ByteArrayInputStream(content), MUCH).close();
              assertAllThere(List.of(content), others);
            }
          });
    }
  }
}
