package org.skep.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.skep.kernel.Bytes;
import org.skep.kernel.StoreException;

/**
 * The one folder in which a node keeps everything, for one process at a time: whoever holds this
 * holds the folder's lock, until it is closed or the process ends in whatever way. Any thread.
 */
public final class DataFolder implements AutoCloseable {
  /** The longest file {@link #get} reads. */
  public static final int FILE_BYTES_MAX = 1 << 20;

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,63}");
  private static final String LOCK = "lock";
  private static final int HOLDER_BYTES_MAX = 1_000;

  /**
   * The locked byte lies far behind the holder's words, because on Windows nobody else may read
   * what is locked.
   */
  private static final long LOCKED_BYTE = 1L << 40;

  /**
   * Folders held in this process. The system's lock is the process's, and is lost as soon as the
   * process closes the lock file through any channel, so a second attempt must not even open it.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;
  private final AtomicBoolean closed = new AtomicBoolean();

  private DataFolder(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Makes the folder where there is none, readable for its owner only, and locks it.
   *
   * @param holder who holds it from now on, in words for whoever comes second, for instance {@code
   *     process 4711}
   * @throws StoreException when another process holds it, in one sentence that says who; or when
   *     the folder can't be made or written
   */
  public static DataFolder open(Path path, String holder) {
    try {
      Disk.createFolders(path);
      Path folder = path.toRealPath();
      if (HELD.contains(folder)) {
        throw new StoreException("the data folder " + path + " is already open in this process");
      }
      Optional<DataFolder> open = lock(folder, holder);
      if (open.isEmpty()) {
        throw new StoreException(
            "the data folder " + path + " is in use by " + holder(folder.resolve(LOCK)));
      }
      return open.get();
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  /**
   * Locks a folder that is there, if nobody holds it.
   *
   * @return empty when this or another process holds it, or there is no such folder
   * @throws StoreException when the folder can't be written
   */
  public static Optional<DataFolder> openIfFree(Path path, String holder) {
    try {
      return Files.isDirectory(path) ? lock(path.toRealPath(), holder) : Optional.empty();
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  private static StoreException unusable(Path path, IOException e) {
    return new StoreException("the data folder " + path + " can't be used: " + Words.of(e), e);
  }

  private static Optional<DataFolder> lock(Path folder, String holder) throws IOException {
    if (!HELD.add(folder)) {
      return Optional.empty();
    }
    boolean held = false;
    try {
      Optional<DataFolder> open = lockFile(folder, holder);
      held = open.isPresent();
      return open;
    } finally {
      if (!held) {
        HELD.remove(folder);
      }
    }
  }

  private static Optional<DataFolder> lockFile(Path folder, String holder) throws IOException {
    Path file = folder.resolve(LOCK);
    Disk.createFile(file);
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
      if (lock == null) {
        return Optional.empty();
      }
      byte[] words = holder.getBytes(StandardCharsets.UTF_8);
      channel.truncate(0);
      ByteBuffer left = ByteBuffer.wrap(words);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      locked = true;
      return Optional.of(new DataFolder(folder, channel));
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }

  /**
   * Who holds a folder that {@link #openIfFree} did not open, in the holder's own words.
   *
   * @throws StoreException when that can't be read
   */
  public static String holderOf(Path path) {
    try {
      return holder(path.resolve(LOCK));
    } catch (IOException e) {
      throw unusable(path, e);
    }
  }

  private static String holder(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      String words = new String(in.readNBytes(HOLDER_BYTES_MAX), StandardCharsets.UTF_8).strip();
      return words.isEmpty() ? "another process" : words;
    }
  }

  /** The folder's real path. */
  public Path path() {
    return folder;
  }

  /**
   * Keeps a small file in the folder, readable for its owner only. Whoever looks finds the file
   * before or the file after, never a part; when this returns, it is on the disk.
   *
   * @param name 1 to 64 lower-case letters, digits, hyphens and dots, with no dot in front
   * @throws StoreException when the disk does not take it
   */
  public void put(String name, Bytes content) {
    try {
      Disk.replace(folder, checked(name), content);
    } catch (IOException e) {
      throw Words.failure("the file " + name + " can't be written", e);
    }
  }

  /** Removes a file that {@link #put} kept, if it is there. */
  public void remove(String name) {
    try {
      if (Files.deleteIfExists(folder.resolve(checked(name)))) {
        Disk.syncFolder(folder);
      }
    } catch (IOException e) {
      throw Words.failure("the file " + name + " can't be removed", e);
    }
  }

  /**
   * What {@link #put} kept, also for a process that does not hold the folder.
   *
   * @throws StoreException when it can't be read, or has more than {@link #FILE_BYTES_MAX} bytes
   */
  public static Optional<Bytes> get(Path folder, String name) {
    try (InputStream in = Files.newInputStream(folder.resolve(checked(name)))) {
      byte[] content = in.readNBytes(FILE_BYTES_MAX + 1);
      if (content.length > FILE_BYTES_MAX) {
        throw new StoreException("the file " + name + " is too long");
      }
      return Optional.of(Bytes.wrap(content));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StoreException("the file " + name + " can't be read: " + Words.of(e), e);
    }
  }

  private static String checked(String name) {
    if (!NAME.matcher(name).matches() || name.equals(LOCK)) {
      throw new IllegalArgumentException("not a name for a file in the data folder: " + name);
    }
    return name;
  }

  /** Lets the next process in. */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      channel.close();
    } catch (IOException e) {
      throw new StoreException("the data folder can't be let go: " + Words.of(e), e);
    } finally {
      HELD.remove(folder);
    }
  }
}
