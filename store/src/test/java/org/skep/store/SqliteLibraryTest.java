package org.skep.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteLibraryTest {
  @TempDir Path folder;

  @AfterEach
  void forget() {
    System.clearProperty("org.sqlite.lib.path");
    System.clearProperty("org.sqlite.lib.name");
  }

  @Test
  void itIsUnpackedOnceAndTheDriverIsTold() throws IOException {
    Path place = folder.resolve("made");
    SqliteLibrary.keepIn(place.toString());
    List<Path> files = files(place);
    assertEquals(1, files.size(), files.toString());
    Path library = files.getFirst();
    assertEquals(String.valueOf(library.getParent()), System.getProperty("org.sqlite.lib.path"));
    assertEquals(library.getFileName().toString(), System.getProperty("org.sqlite.lib.name"));
    assertTrue(Files.size(library) > 100_000);
    Files.writeString(library, "left as it is");
    SqliteLibrary.keepIn(place.toString());
    assertEquals("left as it is", Files.readString(library));
  }

  @Test
  void whereItCannotBeUnpackedTheDriverDoesAsEver() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    SqliteLibrary.keepIn(file.toString());
    SqliteLibrary.keepIn("no\0path");
    assertFalse(System.getProperties().containsKey("org.sqlite.lib.path"));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
