package org.skep.app;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/**
 * The log in the data folder, {@code skep.log}: what went wrong, with stack traces, for whoever
 * mends it. Only the folder's owner can read it (mode 0600). When it is full it becomes {@code
 * skep.log.1} and a new one begins, so that the two never hold more than twice the limit. Any
 * thread.
 */
final class LogFile extends Handler {
  static final String NAME = "skep.log";
  private static final int BYTES_MAX = 1 << 20;

  private final Path file;
  private final int bytesMax;
  private final ReentrantLock writing = new ReentrantLock();

  LogFile(Path folder) {
    this(folder, BYTES_MAX);
  }

  /**
   * @param bytesMax the file's limit; one record may go beyond it
   */
  LogFile(Path folder, int bytesMax) {
    this.file = folder.resolve(NAME);
    this.bytesMax = bytesMax;
    setFormatter(new SimpleFormatter());
  }

  @Override
  public void publish(LogRecord record) {
    if (!isLoggable(record)) {
      return;
    }
    byte[] text = getFormatter().format(record).getBytes(StandardCharsets.UTF_8);
    writing.lock();
    try {
      makeRoom();
      try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
        out.write(text);
      }
    } catch (IOException e) {
      // Its sentence stands in the terminal; a stack trace there would frighten and help nobody.
      reportError(
          "the log could not be written: " + e.getMessage(), null, ErrorManager.WRITE_FAILURE);
    } finally {
      writing.unlock();
    }
  }

  private void makeRoom() throws IOException {
    boolean there = Files.exists(file);
    if (there && Files.size(file) < bytesMax) {
      return;
    }
    if (there) {
      Files.move(file, file.resolveSibling(NAME + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
    boolean modes = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] ownersOnly =
        modes
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    Files.createFile(file, ownersOnly);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
