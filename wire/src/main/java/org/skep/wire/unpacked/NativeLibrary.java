package org.skep.wire.unpacked;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;

/** Takes a library off the class path and has it loaded, for as long as the process lives. */
public final class NativeLibrary {
  private NativeLibrary() {}

  /**
   * Loads a library by way of a folder for temporary files that nobody else can write to.
   *
   * @param resource where it lies on the class path
   * @throws UnsatisfiedLinkError when it isn't there
   * @throws IllegalArgumentException when this machine does not take it
   * @throws UncheckedIOException when it can't be put where files are for a while
   */
  @SuppressWarnings("restricted")
  public static SymbolLookup load(String resource) {
    try (InputStream in = NativeLibrary.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new UnsatisfiedLinkError(resource + " is not there");
      }
      Path folder = Files.createTempDirectory("skep-native");
      Path file = folder.resolve("library");
      Files.copy(in, file);
      try {
        return SymbolLookup.libraryLookup(file, Arena.global());
      } finally {
        delete(file, folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Now, or, where a library in use can't be deleted, at the end of the process. */
  private static void delete(Path file, Path folder) {
    try {
      Files.delete(file);
      Files.delete(folder);
    } catch (IOException e) {
      // The last that is named is deleted first.
      folder.toFile().deleteOnExit();
      file.toFile().deleteOnExit();
    }
  }
}
