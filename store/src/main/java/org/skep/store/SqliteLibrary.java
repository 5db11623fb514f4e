package org.skep.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.sqlite.JDBC;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's own code, which the driver has in its jar. It would unpack it anew in each process and
 * compare both byte by byte: a third of what a node's main thread computes before its page is
 * there.
 */
public final class SqliteLibrary {
  private static final System.Logger LOG = System.getLogger(SqliteLibrary.class.getName());

  private SqliteLibrary() {}

  /**
   * Has the driver take it from a folder, where it is unpacked once. To be called before the first
   * database is opened; where it can't be done the driver does as ever.
   *
   * @param folder which nobody else may write to; made when it is not there
   */
  public static void keepIn(String folder) {
    String name = LibraryLoaderUtil.getNativeLibName();
    String resources = LibraryLoaderUtil.getNativeLibResourcePath();
    try {
      // Of one version, system and kind of processor: a folder may be on a stick.
      Path place = Path.of(folder, "sqlite-" + SQLiteJDBCLoader.getVersion(), resources);
      if (!Files.exists(place.resolve(name))) {
        unpack(resources + "/" + name, Files.createDirectories(place).resolve(name));
      }
      System.setProperty("org.sqlite.lib.path", place.toAbsolutePath().toString());
      System.setProperty("org.sqlite.lib.name", name);
    } catch (IOException | InvalidPathException e) {
      LOG.log(System.Logger.Level.DEBUG, "the driver unpacks SQLite itself", e);
    }
  }

  /** Whoever looks finds it whole or not at all, however many unpack it. */
  private static void unpack(String resource, Path library) throws IOException {
    Path part = Files.createTempFile(library.toAbsolutePath().getParent(), "sqlite", ".part");
    try (InputStream in = JDBC.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new FileNotFoundException("the driver has nothing for this computer");
      }
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
      // Half of it would end each process that loads it.
      try (FileChannel whole = FileChannel.open(part, StandardOpenOption.WRITE)) {
        whole.force(true);
      }
      Files.move(part, library, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
