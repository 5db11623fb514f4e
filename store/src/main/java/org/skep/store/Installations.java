package org.skep.store;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skep.kernel.Bytes;

/**
 * What this computer remembers of each data folder that was started on it, outside of the folders:
 * where it lies and how often it was started. Copied or put back, a folder brings its own count
 * along but not this one. A small file for each folder, named by the folder's id; any thread, any
 * number of processes.
 */
public final class Installations {
  private static final int RECORD_BYTES_MAX = 64 * 1024;
  private static final Pattern RECORD =
      Pattern.compile(
          "(?<count>[0-9]{1,18}) (?<inode>[0-9]+|-) (?<last>running|stopped) (?<path>file:\\S+)\n");
  private static final String UNKNOWN_INODE = "-";
  private static final String RUNNING = "running";
  private static final String STOPPED = "stopped";

  /** The system's lock is the process's: among the threads of one, this one counts. */
  private static final ReentrantLock WITHIN_PROCESS = new ReentrantLock();

  private final Optional<Path> state;

  private Installations(Optional<Path> state) {
    this.state = state;
  }

  /**
   * @param state where programs keep what belongs to this computer alone; made when it is not there
   */
  public static Installations in(Path state) {
    return new Installations(Optional.of(state.resolve("installations")));
  }

  /** For where there is no such place: nothing is remembered. */
  public static Installations nowhere() {
    return new Installations(Optional.empty());
  }

  /**
   * @param path the folder's real path when it was last started
   * @param inode the folder's number in its file system; empty where it has none, or none that
   *     lasts
   * @param count grows with each start and each orderly stop
   * @param stopped whether an orderly stop was counted last; else it runs, or was killed
   */
  record Remembered(Path path, Optional<String> inode, long count, boolean stopped) {}

  /** Something done while nobody else looks at the records. */
  interface Step<T> {
    T run() throws IOException;
  }

  /**
   * Lets nobody else in meanwhile, in this process or another.
   *
   * @throws IOException when the place can't be made or written
   */
  <T> T alone(Step<T> step) throws IOException {
    WITHIN_PROCESS.lock();
    try {
      Path place = state.orElseThrow(() -> new NoSuchFileException("a place to remember things"));
      Disk.createFolders(place);
      Path lock = place.resolve("lock");
      Disk.createFile(lock);
      try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
        channel.lock();
        return step.run();
      }
    } finally {
      WITHIN_PROCESS.unlock();
    }
  }

  /** What is remembered of a folder; empty also when it can't be read. */
  Optional<Remembered> find(String id) {
    return state.flatMap(place -> read(place.resolve(id))).flatMap(Installations::parse);
  }

  private static Optional<String> read(Path file) {
    try {
      return Files.size(file) > RECORD_BYTES_MAX
          ? Optional.empty()
          : Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (IOException e) {
      // Not there, or not to be read: either way it is not known, and then the owner is asked.
      return Optional.empty();
    }
  }

  private static Optional<Remembered> parse(String text) {
    Matcher record = RECORD.matcher(text);
    if (!record.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Remembered(
              Path.of(URI.create(record.group("path"))),
              Optional.of(record.group("inode")).filter(inode -> !inode.equals(UNKNOWN_INODE)),
              Long.parseLong(record.group("count")),
              record.group("last").equals(STOPPED)));
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      return Optional.empty();
    }
  }

  /** Remembers a folder; on the disk when this returns. */
  void put(String id, Remembered folder) throws IOException {
    // As an address, because a path may hold any character, a line's end too.
    String record =
        folder.count()
            + " "
            + folder.inode().orElse(UNKNOWN_INODE)
            + " "
            + (folder.stopped() ? STOPPED : RUNNING)
            + " "
            + folder.path().toUri()
            + "\n";
    Disk.replace(state.orElseThrow(), id, Bytes.ofUtf8(record));
  }

  /** The folder's number in its file system; empty where there are none. */
  static Optional<String> inode(Path folder) throws IOException {
    return folder.getFileSystem().supportedFileAttributeViews().contains("unix")
        ? Optional.of(String.valueOf(Files.getAttribute(folder, "unix:ino")))
        : Optional.empty();
  }
}
