package org.skep.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

/**
 * The small page through which a browser is handed a one-time link: a file that only its owner can
 * read (mode 0600). The link itself would stand in the browser's command line, and everybody on the
 * machine can read those.
 */
public final class Doorstep {
  /** As long as the link in it is good for. */
  private static final Duration LIFE = Duration.ofMinutes(10);

  private static final String NAME = "skep-open.html";

  private Doorstep() {}

  /**
   * Writes the page in the place of an older one.
   *
   * @return the file to open
   * @throws IOException when it can't be written
   */
  public static Path put(Path folder, String link) throws IOException {
    Path file = file(folder);
    Files.deleteIfExists(file);
    boolean modes = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] ownersOnly =
        modes
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    Files.createFile(file, ownersOnly);
    Files.writeString(file, page(link));
    return file;
  }

  static void clear(Path folder) throws IOException {
    Files.deleteIfExists(file(folder));
  }

  /**
   * Clears the page away once its link is worth nothing.
   *
   * @return false if there is one that is not that old
   */
  static boolean clearOld(Path folder, long nowMillis) {
    Path file = file(folder);
    try {
      // Either way, because a date in the future is that of a clock that was wrong.
      if (Math.abs(nowMillis - Files.getLastModifiedTime(file).toMillis()) <= LIFE.toMillis()) {
        return false;
      }
      Files.deleteIfExists(file);
    } catch (NoSuchFileException none) {
      // Mostly there is none.
      return true;
    } catch (IOException e) {
      System.getLogger(Doorstep.class.getName())
          .log(System.Logger.Level.DEBUG, "{0} could not be cleared away", file);
    }
    return true;
  }

  /**
   * In the data folder where a browser can see it. Browsers that are packed as snaps are not let
   * into hidden folders, and the ordinary data folder is one; for that the home folder stands in.
   */
  private static Path file(Path folder) {
    for (Path name : folder.toAbsolutePath().normalize()) {
      if (name.toString().startsWith(".")) {
        return Path.of(System.getProperty("user.home", "."), NAME);
      }
    }
    return folder.resolve(NAME);
  }

  /**
   * @param link of base64url and an address of this machine, so that nothing needs escaping
   */
  private static String page(String link) {
    if (!link.matches("http://[A-Za-z0-9.:\\[\\]-]+/open/[A-Za-z0-9_-]+")) {
      throw new IllegalArgumentException("not a one-time link");
    }
    return """
    <!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8">
        <meta name="referrer" content="no-referrer">
        <meta http-equiv="refresh" content="0; url=%1$s">
        <title>Skep</title>
      </head>
      <body><p><a href="%1$s">Open Skep</a></p></body>
    </html>
    """
        .formatted(link);
  }
}
