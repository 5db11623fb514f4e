package org.skep.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.skep.kernel.BlobRefusedException;
import org.skep.kernel.Blobs;
import org.skep.kernel.Blobs.BlobInfo;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;
import org.skep.kernel.StoreException;

/**
 * The file of one blob on its way in; its bytes are hashed as they go by. Closing removes what did
 * not settle, unless it has a name under which it can be gone on with. The disk's failures are
 * {@link StoreException}s. One thread.
 */
final class BlobArrival implements AutoCloseable {
  private final BlobFolder folder;
  private final Path path;
  private final long bytesMax;

  /** Not a channel: an interrupt would close that and look like a broken disk. */
  private final RandomAccessFile file;

  private final Chunks chunks = new Chunks();
  private long lengthBytes;
  private boolean stays;

  /**
   * All that came.
   *
   * @param chunks the checksums of its chunks, one after the other
   */
  record Whole(BlobInfo blob, Bytes chunks) {}

  private BlobArrival(BlobFolder folder, Path path, long bytesMax) throws IOException {
    this.folder = folder;
    this.path = path;
    this.bytesMax = bytesMax;
    this.file = new RandomAccessFile(path.toFile(), "rw");
  }

  /** Begins something whose name will be known at its end. */
  static BlobArrival fresh(BlobFolder folder, long bytesMax) {
    return Disk.call(() -> new BlobArrival(folder, folder.createArriving(), bytesMax));
  }

  /** Begins something that has a name, or goes on with it. The caller holds the claim to it. */
  static BlobArrival begun(BlobFolder folder, Hash name, long bytesMax) {
    return Disk.call(() -> {
      BlobArrival arrival = new BlobArrival(folder, folder.createBegun(name), bytesMax);
      try {
        arrival.goOn();
        // Not before: a beginning that can't be read must not stand in the way for ever.
        arrival.stays = true;
        return arrival;
      } finally {
        if (!arrival.stays) {
          arrival.close();
        }
      }
    });
  }

  /** Hashes what came before. A crash may have spoilt its end; the hash of the whole will tell. */
  private void goOn() throws IOException {
    if (file.length() > bytesMax) {
      file.setLength(0);
    }
    byte[] buffer = new byte[Blobs.CHUNK_BYTES];
    for (int read = file.read(buffer); read >= 0; read = file.read(buffer)) {
      count(buffer, read);
    }
  }

  private void count(byte[] bytes, int length) {
    chunks.update(bytes, length);
    lengthBytes += length;
  }

  long lengthBytes() {
    return lengthBytes;
  }

  /**
   * Takes a stream to its end.
   *
   * @throws BlobRefusedException when there is too much
   * @throws IOException when the stream fails
   */
  void addAll(InputStream content) throws IOException {
    byte[] buffer = new byte[Blobs.CHUNK_BYTES];
    for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
      add(buffer, read);
    }
  }

  /**
   * Takes the first {@code length} of the bytes.
   *
   * @throws BlobRefusedException when that is too much; nothing of the file is left
   */
  void add(byte[] bytes, int length) throws BlobRefusedException {
    if (length > bytesMax - lengthBytes) {
      discard();
      throw new BlobRefusedException("the content is longer than " + bytesMax + " bytes");
    }
    Disk.run(() -> {
      // Over what a write that failed half-way may have left.
      file.seek(lengthBytes);
      file.write(bytes, 0, length);
    });
    count(bytes, length);
  }

  /** There is no more; what came is on the disk when this returns. */
  Whole end() {
    Disk.run(() -> {
      file.setLength(lengthBytes);
      file.getFD().sync();
      file.close();
    });
    return new Whole(new BlobInfo(chunks.hash(), lengthBytes), chunks.sums());
  }

  /** Gives the file its name. */
  void settle(Hash hash) {
    Disk.run(() -> folder.settle(path, hash));
  }

  /** Takes the name from the file again, if it got that far. */
  void unsettle(Hash hash) {
    Disk.run(() -> {
      if (Files.notExists(path)) {
        folder.unsettle(hash, path);
      }
    });
  }

  /** Throws away what came. */
  void discard() {
    lengthBytes = 0;
    close();
  }

  @Override
  public void close() {
    Disk.run(() -> {
      file.close();
      if (!stays || lengthBytes == 0) {
        Files.deleteIfExists(path);
      }
    });
  }
}
