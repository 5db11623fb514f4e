package org.skep.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.skep.kernel.DiskException;
import org.skep.kernel.StoreException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What passes by waiting is told apart from what does not. */
class WordsTest {
  private static StoreException failure(SQLiteErrorCode code) {
    return Words.failure("it failed", new SQLiteException("says SQLite", code));
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "SQLITE_FULL",
        "SQLITE_READONLY",
        "SQLITE_IOERR_SHMSIZE",
        "SQLITE_IOERR_WRITE",
        "SQLITE_IOERR_FSYNC",
        "SQLITE_IOERR_TRUNCATE",
        "SQLITE_IOERR_DIR_FSYNC"
      })
  void aDiskThatTakesNothingIsWaitedFor(SQLiteErrorCode code) {
    StoreException failure = failure(code);
    assertTrue(failure instanceof DiskException);
    assertTrue(String.valueOf(failure.getMessage()).startsWith("the disk "));
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "SQLITE_IOERR",
        "SQLITE_IOERR_READ",
        "SQLITE_IOERR_SHORT_READ",
        "SQLITE_IOERR_DATA",
        "SQLITE_CORRUPT"
      })
  void whatCanNotBeReadIsNot(SQLiteErrorCode code) {
    StoreException failure = failure(code);
    assertFalse(failure instanceof DiskException);
    assertEquals("it failed: says SQLite", failure.getMessage());
  }
}
