package org.skep.store;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.skep.kernel.BlobRefusedException;
import org.skep.kernel.Blobs;
import org.skep.kernel.Blobs.BlobInfo;
import org.skep.kernel.Bytes;
import org.skep.kernel.StoreException;

/**
 * One blob on its way in: a synced file without a name yet. Closing removes what did not settle.
 */
final class BlobArrival implements AutoCloseable {
  private final BlobFolder folder;
  private final Path file;
  private final BlobInfo blob;
  private final Bytes chunks;

  private BlobArrival(BlobFolder folder, Path file, BlobInfo blob, Bytes chunks) {
    this.folder = folder;
    this.file = file;
    this.blob = blob;
    this.chunks = chunks;
  }

  /**
   * Reads a stream to its end into a file.
   *
   * @throws BlobRefusedException when there is too much
   * @throws IOException when the stream fails
   * @throws StoreException when the disk fails
   */
  static BlobArrival receive(BlobFolder folder, InputStream content, long bytesMax)
      throws IOException {
    Path file = onDisk(folder::createArriving);
    boolean arrived = false;
    try (FileOutputStream out = onDisk(() -> new FileOutputStream(file.toFile()))) {
      Chunks chunks = new Chunks();
      long length = copy(content, out, chunks, bytesMax);
      onDisk(() -> {
        out.getFD().sync();
        return length;
      });
      BlobInfo blob = new BlobInfo(chunks.hash(), length);
      arrived = true;
      return new BlobArrival(folder, file, blob, chunks.sums());
    } finally {
      if (!arrived) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static long copy(InputStream content, FileOutputStream out, Chunks chunks, long bytesMax)
      throws IOException {
    byte[] buffer = new byte[Blobs.CHUNK_BYTES];
    long length = 0;
    for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
      length += read;
      if (length > bytesMax) {
        throw new BlobRefusedException("the content is longer than " + bytesMax + " bytes");
      }
      chunks.update(buffer, read);
      int part = read;
      onDisk(() -> {
        out.write(buffer, 0, part);
        return part;
      });
    }
    return length;
  }

  /** Something done to our own disk. */
  private interface DiskWork<T> {
    T run() throws IOException;
  }

  /** Keeps our own disk's failures apart from the stream's, which are its sender's. */
  private static <T> T onDisk(DiskWork<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      throw new StoreException("the disk did not take a file (" + e + ")", e);
    }
  }

  BlobInfo blob() {
    return blob;
  }

  Bytes chunks() {
    return chunks;
  }

  /** Gives the file its name. */
  void settle() throws IOException {
    folder.settle(file, blob.hash());
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
