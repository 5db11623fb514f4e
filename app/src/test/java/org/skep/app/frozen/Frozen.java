package org.skep.app.frozen;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The frozen folders, and what was seen in them. */
public final class Frozen {
  private static final int BYTES_MAX = 300_000;

  private Frozen() {}

  private static InputStream file(int format, String ending) {
    String name = "format-" + format + ending;
    return Objects.requireNonNull(Frozen.class.getResourceAsStream(name), name);
  }

  static List<String> told(int format) throws IOException {
    try (InputStream in = file(format, ".txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  /** Makes a data folder of it. */
  public static void unpack(int format, Path data) throws IOException {
    try (InputStream in = file(format, ".zip")) {
      assertTrue(in.readAllBytes().length <= BYTES_MAX, "it stays small");
    }
    try (ZipInputStream zip = new ZipInputStream(file(format, ".zip"))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = data.resolve(entry.getName());
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.copy(zip, file);
      }
    }
  }
}
