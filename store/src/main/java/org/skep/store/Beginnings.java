package org.skep.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.kernel.Blobs;
import org.skep.kernel.Clock;
import org.skep.kernel.Hash;

/**
 * What has begun to arrive under a name: at most one brings it at a time, and what nobody brings is
 * kept for a while. The disk's failures are {@link org.skep.kernel.StoreException}s. Any thread.
 */
final class Beginnings {
  /** What even the shortest file takes on a disk; counting it bounds how many there are. */
  private static final long BLOCK_BYTES = 4 << 10;

  private final BlobFolder folder;
  private final Clock clock;

  /** Held while files are removed, so that none is claimed just then. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Set<Hash> claimed = new HashSet<>();

  /** A beginning that nobody brings just now. */
  private record Resting(Path file, long diskBytes, long grewMillis) {}

  Beginnings(BlobFolder folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** Whether the caller may bring what has this name, until {@link #release}. */
  boolean claim(Hash name) {
    lock.lock();
    try {
      return claimed.add(name);
    } finally {
      lock.unlock();
    }
  }

  void release(Hash name) {
    lock.lock();
    try {
      claimed.remove(name);
    } finally {
      lock.unlock();
    }
  }

  /** More of it came. Only for who has the claim. */
  void grew(Hash name) {
    Path file = folder.begun(name);
    Disk.run(() -> {
      if (Files.exists(file)) {
        // By our own clock, which need not be the one that dates the disk's files.
        Files.setLastModifiedTime(file, FileTime.fromMillis(clock.wallMillis()));
      }
    });
  }

  /** Removes what nobody brings and is too old, and then the oldest of what is too much. */
  void sweep() {
    lock.lock();
    try {
      Disk.run(this::removeWhatIsTooMuch);
    } finally {
      lock.unlock();
    }
  }

  private void removeWhatIsTooMuch() throws IOException {
    List<Resting> oldestFirst = new ArrayList<>(resting());
    oldestFirst.sort(Comparator.comparingLong(Resting::grewMillis));
    long total = oldestFirst.stream().mapToLong(Resting::diskBytes).sum();
    long now = clock.wallMillis();
    for (Resting beginning : oldestFirst) {
      // Either way, because a date in the future is that of a clock that was wrong.
      long age = Math.abs(now - beginning.grewMillis());
      if (age > Blobs.BEGUN_MAX.toMillis() || total > Blobs.BEGUN_BYTES_MAX) {
        Files.delete(beginning.file());
        total -= beginning.diskBytes();
      }
    }
  }

  private List<Resting> resting() throws IOException {
    List<Resting> resting = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.arriving())) {
      for (Path entry : entries) {
        Optional<Hash> name = BlobFolder.nameOfBegun(entry);
        if (name.isPresent() && !claimed.contains(name.get())) {
          BasicFileAttributes file = Files.readAttributes(entry, BasicFileAttributes.class);
          resting.add(
              new Resting(
                  entry,
                  Math.ceilDiv(file.size(), BLOCK_BYTES) * BLOCK_BYTES,
                  file.lastModifiedTime().toMillis()));
        }
      }
    }
    return resting;
  }
}
