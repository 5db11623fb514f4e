package org.skep.testkit.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.skep.doors.SystemClock;
import org.skep.doors.ThreadTasks;
import org.skep.store.SqliteStore;

/**
 * A data folder in which nothing is yet but the tables. Made once and outside of any world: it
 * saves each machine the making, and the database's driver loads its library by a process of its
 * own, for which no world can wait.
 */
final class FreshDisk {
  private static final DiskImage IMAGE = make();

  private FreshDisk() {}

  static DiskImage image() {
    return IMAGE;
  }

  private static DiskImage make() {
    try {
      Path folder = Files.createTempDirectory("skep-fresh");
      try (ThreadTasks tasks = new ThreadTasks()) {
        SqliteStore.open(folder, new SystemClock(), tasks).close();
        return DiskImage.of(folder);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Removes a folder and all that lies in it. */
  static void delete(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(folder)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
