package org.skep.app.frozen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skep.app.Config;
import org.skep.app.Node;

/** What older versions left opens, and shows what it showed. */
class FrozenFolderTest {
  private static final int BYTES_MAX = 300_000;

  @TempDir Path data;

  private static InputStream file(String name) {
    return Objects.requireNonNull(FrozenFolderTest.class.getResourceAsStream(name), name);
  }

  private static List<String> told(int format) throws IOException {
    try (InputStream in = file("format-" + format + ".txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private void unpack(int format) throws IOException {
    try (InputStream in = file("format-" + format + ".zip")) {
      assertTrue(in.readAllBytes().length <= BYTES_MAX, "it stays small");
    }
    try (ZipInputStream zip = new ZipInputStream(file("format-" + format + ".zip"))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = data.resolve(entry.getName());
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.copy(zip, file);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {9})
  void itShowsWhatItShowedAlsoBuiltAnew(int format) throws Exception {
    unpack(format);
    try (OpenFolder folder = new OpenFolder(data, new SteppingClock())) {
      assertEquals(told(format), Telling.of(folder));
      List<String> views = folder.engine.dumpViews();
      folder.engine.rebuild((_, _) -> {});
      assertEquals(views, folder.engine.dumpViews());
      assertEquals(told(format), Telling.of(folder));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {9})
  void aWholeNodeStartsOnItAndKnowsItsPeople(int format) throws Exception {
    unpack(format);
    Map<String, String> anyPorts = Map.of("http.port", "0", "ssb.port", "0");
    try (Node node = Node.start(Config.read(data, anyPorts, Map.of()))) {
      assertEquals(List.of("Ana Sofia \u2713", "Ben"), List.copyOf(node.people().values()));
    }
  }
}
