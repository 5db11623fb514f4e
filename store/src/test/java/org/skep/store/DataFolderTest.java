package org.skep.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skep.kernel.Bytes;
import org.skep.kernel.StoreException;

final class DataFolderTest {
  @TempDir Path above;
  private Path folder;

  @BeforeEach
  void choose() {
    folder = above.resolve("my own").resolve("Bienenkörbe 蜂");
  }

  private static String mode(Path path) throws Exception {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  @Test
  void aFreshFolderIsForItsOwnerOnly() throws Exception {
    try (DataFolder open = DataFolder.open(folder, "me")) {
      assertEquals(folder.toRealPath(), open.path());
      assertEquals("rwx------", mode(folder));
      assertEquals("rw-------", mode(folder.resolve("lock")));
    }
  }

  @Test
  void aSecondAttemptInThisProcessIsRefusedAndDoesNotLoseTheLock() throws Exception {
    try (DataFolder open = DataFolder.open(folder, "me")) {
      StoreException refusal =
          assertThrows(StoreException.class, () -> DataFolder.open(folder, "me too"));
      assertTrue(
          String.valueOf(refusal.getMessage()).contains("this process"),
          String.valueOf(refusal.getMessage()));
      try (Child child = Child.start(FolderHolder.class, folder)) {
        List<String> said = child.hear(1);
        assertTrue(said.getFirst().endsWith("is in use by me"), said.toString());
      }
      assertEquals(folder.toRealPath(), open.path());
    }
    DataFolder.open(folder, "me again").close();
  }

  @Test
  void aFolderHeldByAnotherProcessIsRefusedSayingWhoUntilThatProcessEnds() throws Exception {
    try (Child child = Child.start(FolderHolder.class, folder)) {
      assertEquals(List.of("held"), child.hear(1));
      StoreException refusal =
          assertThrows(StoreException.class, () -> DataFolder.open(folder, "me"));
      assertTrue(
          String.valueOf(refusal.getMessage()).endsWith("is in use by the other process"),
          String.valueOf(refusal.getMessage()));
      assertFalse(String.valueOf(refusal.getMessage()).contains("\n"));
      child.kill();
    }
    DataFolder.open(folder, "me").close();
  }

  @Test
  void aFolderIsTakenOnlyWhereItIsThereAndFree() throws Exception {
    assertEquals(Optional.empty(), DataFolder.openIfFree(folder, "me"));
    assertFalse(Files.exists(folder));
    try (DataFolder open = DataFolder.open(folder, "me")) {
      assertEquals(Optional.empty(), DataFolder.openIfFree(open.path(), "me too"));
    }
    try (Child child = Child.start(FolderHolder.class, folder)) {
      assertEquals(List.of("held"), child.hear(1));
      assertEquals(Optional.empty(), DataFolder.openIfFree(folder, "me"));
      child.kill();
    }
    DataFolder.openIfFree(folder, "me").orElseThrow().close();
    DataFolder.open(folder, "me again").close();
  }

  @Test
  void aFileIsKeptForItsOwnerOnlyAndReplacedWhole() throws Exception {
    try (DataFolder open = DataFolder.open(folder, "me")) {
      assertEquals(Optional.empty(), DataFolder.get(folder, "http.json"));
      open.put("http.json", Bytes.ofUtf8("{\"port\":8008}"));
      open.put("http.json", Bytes.ofUtf8("{}"));
      assertEquals(Optional.of(Bytes.ofUtf8("{}")), DataFolder.get(folder, "http.json"));
      assertEquals("rw-------", mode(folder.resolve("http.json")));
      assertFalse(Files.exists(folder.resolve("http.json.part")));
      open.remove("http.json");
      open.remove("http.json");
      assertEquals(Optional.empty(), DataFolder.get(folder, "http.json"));
    }
  }

  @Test
  void aHalfWrittenFileOfACrashIsReplacedWithTheRightMode() throws Exception {
    try (DataFolder open = DataFolder.open(folder, "me")) {
      Files.writeString(folder.resolve("token.part"), "half");
      open.put("token", Bytes.ofUtf8("whole"));
      assertEquals(Optional.of(Bytes.ofUtf8("whole")), DataFolder.get(folder, "token"));
      assertEquals("rw-------", mode(folder.resolve("token")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "lock", "../token", "a/b", ".hidden", "UPPER", "a\0b"})
  void aNameThatLeadsElsewhereIsRefused(String name) {
    try (DataFolder open = DataFolder.open(folder, "me")) {
      assertThrows(IllegalArgumentException.class, () -> open.put(name, Bytes.EMPTY));
      assertThrows(IllegalArgumentException.class, () -> open.remove(name));
      assertThrows(IllegalArgumentException.class, () -> DataFolder.get(folder, name));
    }
  }

  @Test
  void aTooLongFileIsNotRead() throws Exception {
    Files.createDirectories(folder);
    Files.write(folder.resolve("long"), new byte[DataFolder.FILE_BYTES_MAX + 1]);
    assertThrows(StoreException.class, () -> DataFolder.get(folder, "long"));
  }

  @Test
  void whereNoFolderCanBeIsSaidInOneSentence() throws Exception {
    Files.createDirectories(folder.getParent());
    Files.writeString(folder, "a file");
    StoreException refusal =
        assertThrows(StoreException.class, () -> DataFolder.open(folder, "me"));
    assertTrue(
        String.valueOf(refusal.getMessage()).contains("can't be used"),
        String.valueOf(refusal.getMessage()));
  }
}
