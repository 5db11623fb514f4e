package org.skep.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.app.Doorstep;

/** A one-time link reaches the browser by a file, which is its owner's alone. */
final class BrowserTest {
  private static final String LINK = "http://localhost:7537/open/Abc_-123";

  @TempDir Path data;

  @Test
  void theLinkStandsInAFileThatOnlyItsOwnerCanRead() throws Exception {
    Path file = Doorstep.put(data, LINK);
    assertEquals(data, file.getParent());
    assertTrue(Files.readString(file).contains("url=" + LINK + "\""));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    Doorstep.put(data, "http://[::1]:7537/open/next");
    assertFalse(Files.readString(file).contains(LINK));
  }

  @Test
  void whatIsNoLinkIsNotWritten() {
    assertThrows(
        IllegalArgumentException.class, () -> Doorstep.put(data, "http://localhost/open/\"><b>"));
  }

  @Test
  void anOpenerThatFailsAtOnceIsNoticed() throws Exception {
    Path file = Doorstep.put(data, LINK);
    assertFalse(Browser.open(List.of("sh", "-c", "exit 4"), file));
    assertTrue(Browser.open(List.of("true"), file));
    assertTrue(Browser.open(List.of("sh", "-c", "sleep 5"), file), "it may stay as the browser");
  }
}
