package org.skep.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stack traces are kept for whoever mends what is broken, and are nobody else's business. */
final class LogFileTest {
  @TempDir Path data;

  private static LogRecord failure(String words) {
    LogRecord record = new LogRecord(Level.SEVERE, words);
    record.setThrown(new IllegalStateException("the cause"));
    return record;
  }

  @Test
  void theTerminalGetsOneLineAndTheFileTheTrace() throws Exception {
    String line = new Logging.Sentence().format(failure("GET /x\nsecond line"));
    assertEquals(1, line.lines().count());
    assertTrue(line.contains("GET /x (skep.log says more)"), line);
    new LogFile(data).publish(failure("GET /x"));
    String kept = Files.readString(data.resolve("skep.log"));
    assertTrue(kept.contains("the cause") && kept.contains("\tat "), kept);
    assertFalse(line.contains("\tat "));
  }

  @Test
  void itIsItsOwnersAndNeverGrowsBeyondTwiceItsLimit() throws Exception {
    LogFile log = new LogFile(data, 4_000);
    for (int i = 0; i < 50; i++) {
      log.publish(new LogRecord(Level.WARNING, "entry " + i + " " + "x".repeat(300)));
    }
    Path now = data.resolve("skep.log");
    Path before = data.resolve("skep.log.1");
    for (Path file : new Path[] {now, before}) {
      assertTrue(Files.size(file) < 5_000, () -> "too long: " + file);
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
    assertTrue(Files.readString(now).contains("entry 49"));
  }
}
