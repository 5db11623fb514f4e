package org.skep.store;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import org.skep.kernel.Bytes;
import org.skep.kernel.StoreException;

/**
 * Folders and files that only their owner may read (mode 0700 and 0600 where the file system knows
 * modes), and that are on the disk when the call returns.
 */
public final class Disk {
  /** Something done to our own disk. */
  interface Step {
    void run() throws IOException;
  }

  /** Something asked of our own disk. */
  interface Work<T> {
    T run() throws IOException;
  }

  private Disk() {}

  /**
   * Asks the disk; its failures are kept apart from those of a stream, which are its sender's.
   *
   * @throws StoreException when the disk fails
   */
  static <T> T call(Work<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      throw Words.failure("the disk did not take a file", e);
    }
  }

  /**
   * Does something to the disk.
   *
   * @throws StoreException when the disk fails
   */
  static void run(Step step) {
    call(() -> {
      step.run();
      return true;
    });
  }

  /**
   * Makes the folder and those above it; one that is there keeps its mode.
   *
   * @throws IOException when one can't be made, or a file stands in its place
   */
  public static void createFolders(Path folder) throws IOException {
    Deque<Path> made = new ArrayDeque<>();
    for (Path path = folder.toAbsolutePath();
        path != null && Files.notExists(path);
        path = path.getParent()) {
      made.push(path);
    }
    Files.createDirectories(folder, mode(folder, "rwx------"));
    // Else what is synced within might be lost with the name of the folder itself.
    for (Path path : made) {
      Path above = path.getParent();
      if (above != null) {
        syncFolder(above);
      }
    }
  }

  /** Makes an empty file; one that is there stays as it is. */
  static void createFile(Path file) throws IOException {
    try {
      Files.createFile(file, mode(file, "rw-------"));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isRegularFile(file)) {
        throw e;
      }
    }
  }

  private static FileAttribute<?>[] mode(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /**
   * Puts the content in the place of the file. Whoever reads it, and whoever starts after a crash,
   * finds the old content or the new, never a part.
   */
  static void replace(Path folder, String name, Bytes content) throws IOException {
    Path arriving = folder.resolve(name + ".part");
    Files.deleteIfExists(arriving);
    createFile(arriving);
    try (FileOutputStream out = new FileOutputStream(arriving.toFile())) {
      out.write(content.toArray());
      out.getFD().sync();
    }
    move(arriving, folder, name);
  }

  /** Gives a file its name, in one step. */
  static void move(Path file, Path folder, String name) throws IOException {
    Files.move(
        file,
        folder.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    syncFolder(folder);
  }

  /**
   * Brings the names in a folder to the disk; what its files hold is synced with each of them.
   *
   * @throws IOException when the folder can't be read, or the disk fails
   */
  public static void syncFolder(Path folder) throws IOException {
    // Windows neither needs this nor lets a folder be opened.
    if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
