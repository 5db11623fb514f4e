package org.skep.testkit.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** All files below a folder at one moment. */
final class DiskImage {
  /** Where nothing is synced yet: what lies there may be lost, or cut off anywhere. */
  private static final String ARRIVING = "blobs/arriving/";

  /** The database's index of its log, which it makes anew. */
  private static final String SHARED_MEMORY = "-shm";

  private final Map<String, byte[]> files;

  private DiskImage(Map<String, byte[]> files) {
    this.files = files;
  }

  /** Looks at a disk. */
  static DiskImage of(Path folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (Path file : below(folder)) {
      String name = folder.relativize(file).toString();
      if (Files.isRegularFile(file) && !name.endsWith(SHARED_MEMORY)) {
        files.put(name, Files.readAllBytes(file));
      }
    }
    return new DiskImage(files);
  }

  /** The same after the power failed: of what was not synced somebody chose what is left. */
  DiskImage afterPowerCut(RandomGenerator random) {
    Map<String, byte[]> left = new TreeMap<>(files);
    files.forEach((name, content) -> {
      if (name.startsWith("data/" + ARRIVING)) {
        switch (random.nextInt(3)) {
          case 0 -> left.remove(name);
          case 1 -> left.put(name, Arrays.copyOf(content, random.nextInt(content.length + 1)));
          default -> left.put(name, content);
        }
      }
    });
    return new DiskImage(left);
  }

  /** Puts it in the place of all that is there; the folder itself stays. */
  void restore(Path folder) throws IOException {
    Files.createDirectories(folder);
    clear(folder);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Path parent = path.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.write(path, file.getValue());
    }
  }

  /** Removes all files; folders stay, because programs may know them by their numbers. */
  private static void clear(Path folder) throws IOException {
    for (Path file : below(folder)) {
      if (Files.isRegularFile(file)) {
        Files.delete(file);
      }
    }
  }

  private static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.sorted(Comparator.naturalOrder()).toList();
    }
  }
}
