package org.skep.store;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.skep.doors.SystemClock;
import org.skep.doors.SystemRandomness;
import org.skep.doors.ThreadTasks;
import org.skep.kernel.Blobs;
import org.skep.kernel.Tasks;

/** Keeps blobs without end and says the hash of each that was acknowledged. */
final class KilledBlobs {
  private static final int WRITERS = 4;

  private KilledBlobs() {}

  public static void main(String[] arguments) throws InterruptedException {
    Path folder = Path.of(arguments[0]);
    ThreadTasks tasks = new ThreadTasks();
    SqliteStore store = SqliteStore.open(folder, new SystemClock(), tasks);
    FileBlobs blobs = FileBlobs.open(folder, store);
    try (Tasks.Scope scope = tasks.scope("writers")) {
      for (int i = 0; i < WRITERS; i++) {
        scope.fork("writer", () -> putForEver(blobs));
      }
      scope.join();
    }
  }

  private static void putForEver(FileBlobs blobs) throws IOException {
    Random sizes = new Random(1);
    while (true) {
      byte[] content = new SystemRandomness().bytes(1 + sizes.nextInt(Blobs.CHUNK_BYTES)).toArray();
      try (Blobs.Lease lease = blobs.put(new ByteArrayInputStream(content), content.length)) {
        System.out.println(lease.blob().hash());
      }
    }
  }
}
