package org.skep.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.skep.doors.SystemClock;
import org.skep.doors.SystemRandomness;
import org.skep.doors.ThreadTasks;
import org.skep.kernel.Blobs;
import org.skep.kernel.Bytes;
import org.skep.kernel.Tasks;

/** Keeps blobs without end and says the hash of each that was acknowledged. */
final class KilledBlobs {
  private static final int WRITERS = 4;

  private KilledBlobs() {}

  public static void main(String[] arguments) throws InterruptedException {
    Path folder = Path.of(arguments[0]);
    ThreadTasks tasks = new ThreadTasks();
    SqliteStore store = SqliteStore.open(folder, new SystemClock(), tasks);
    FileBlobs blobs = FileBlobs.open(folder, store, new SystemClock());
    try (Tasks.Scope scope = tasks.scope("writers")) {
      for (int i = 0; i < WRITERS; i++) {
        scope.fork("writer", () -> keepForEver(blobs));
      }
      scope.join();
    }
  }

  /** By turns, because the two ways in share the disk. */
  private static void keepForEver(FileBlobs blobs) throws IOException {
    Random sizes = new Random(1);
    while (true) {
      try (Blobs.Lease lease = put(blobs, sizes)) {
        System.out.println(lease.blob().hash());
      }
      try (Blobs.Lease lease = bring(blobs, sizes)) {
        System.out.println(lease.blob().hash());
      }
    }
  }

  private static byte[] something(Random sizes) {
    return new SystemRandomness().bytes(1 + sizes.nextInt(Blobs.CHUNK_BYTES)).toArray();
  }

  private static Blobs.Lease put(FileBlobs blobs, Random sizes) throws IOException {
    byte[] content = something(sizes);
    return blobs.put(new ByteArrayInputStream(content), content.length);
  }

  private static Blobs.Lease bring(FileBlobs blobs, Random sizes) throws IOException {
    byte[] content = something(sizes);
    try (Blobs.Arrival arrival =
        blobs.arrive(BlobsFixture.nameOf(content), content.length).orElseThrow()) {
      arrival.add(Bytes.wrap(content));
      return arrival.complete();
    }
  }
}
