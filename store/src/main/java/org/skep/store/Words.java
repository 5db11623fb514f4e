package org.skep.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.sql.SQLException;
import java.util.Optional;
import org.skep.kernel.DiskException;
import org.skep.kernel.StoreException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says in plain words what the disk did not do; the JDK's own text names its classes. */
public final class Words {
  private static final String FULL = "the disk is full";
  private static final String READ_ONLY = "the disk can only be read";
  private static final String FAILS = "the disk fails";

  private Words() {}

  /** What went wrong, as a part of a sentence: without a full stop. */
  public static String of(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> denied.getFile() + " is not yours to read and write";
      case NoSuchFileException missing -> missing.getFile() + " is not there";
      case FileAlreadyExistsException other -> other.getFile() + " is something else";
      case NotDirectoryException file -> file.getFile() + " is no folder";
      case FileSystemException disk when disk.getReason() != null ->
          trouble(e).orElseGet(() -> disk.getFile() + ": " + disk.getReason());
      default ->
          trouble(e)
              .orElseGet(
                  () -> e.getMessage() == null ? "the disk did not say why" : e.getMessage());
    };
  }

  static String of(SQLException e) {
    return trouble(e).orElseGet(() -> String.valueOf(e.getMessage()));
  }

  /**
   * What the caller is told of a failure.
   *
   * @param what did not happen, when it is not the disk's state that explains it
   */
  static StoreException failure(String what, IOException e) {
    return trouble(e)
        .<StoreException>map(words -> new DiskException(words, e))
        .orElseGet(() -> new StoreException(what + ": " + of(e), e));
  }

  /**
   * What the caller is told of a failure.
   *
   * @param what did not happen, when it is not the disk's state that explains it
   */
  static StoreException failure(String what, SQLException e) {
    return trouble(e)
        .<StoreException>map(words -> new DiskException(words, e))
        .orElseGet(() -> new StoreException(what + ": " + of(e), e));
  }

  /** The JDK has no class for these, so that the system's own words must tell. */
  private static Optional<String> trouble(IOException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("No space left on device")
        || message.contains("Disk quota exceeded")
        || message.contains("not enough space on the disk")) {
      return Optional.of(FULL);
    }
    return message.contains("Read-only file system") ? Optional.of(READ_ONLY) : Optional.empty();
  }

  /** What can't be read will not come back by waiting: it is the fault of one place, no state. */
  private static boolean isOfWriting(SQLException e) {
    return e instanceof SQLiteException own
        && switch (own.getResultCode()) {
          case SQLITE_IOERR_WRITE,
              SQLITE_IOERR_FSYNC,
              SQLITE_IOERR_TRUNCATE,
              SQLITE_IOERR_DIR_FSYNC ->
              true;
          default -> false;
        };
  }

  /** See https://www.sqlite.org/rescode.html. */
  private static Optional<String> trouble(SQLException e) {
    // Only what beginning to use a database takes on a full disk has a code of its own.
    if (e instanceof SQLiteException own
        && own.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE) {
      return Optional.of(FULL);
    }
    return switch (e.getErrorCode() & 0xff) {
      case 8 -> Optional.of(READ_ONLY);
      case 10 -> isOfWriting(e) ? Optional.of(FAILS) : Optional.empty();
      case 13 -> Optional.of(FULL);
      default -> Optional.empty();
    };
  }
}
