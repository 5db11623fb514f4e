package org.skep.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.skep.doors.SystemClock;
import org.skep.doors.ThreadTasks;
import org.skep.kernel.Blobs;
import org.skep.kernel.Bytes;

/** Goes on with one long blob, says after each piece how much is here, and never completes it. */
final class KilledArrival {
  static final byte[] CONTENT = BlobsFixture.noise(7, 8 << 20);
  private static final int PIECE_BYTES = 1_001;

  private KilledArrival() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path folder = Path.of(arguments[0]);
    SystemClock clock = new SystemClock();
    SqliteStore store = SqliteStore.open(folder, clock, new ThreadTasks());
    Blobs.Arrival arrival =
        FileBlobs.open(folder, store, clock)
            .arrive(BlobsFixture.nameOf(CONTENT), CONTENT.length)
            .orElseThrow();
    System.out.println(arrival.lengthBytes());
    while (arrival.lengthBytes() + PIECE_BYTES < CONTENT.length) {
      arrival.add(Bytes.copyOf(CONTENT, (int) arrival.lengthBytes(), PIECE_BYTES));
      System.out.println(arrival.lengthBytes());
    }
    new CountDownLatch(1).await();
  }
}
