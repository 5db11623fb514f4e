package org.skep.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.skep.kernel.Bytes;
import org.skep.wire.crypto.Digests;

/**
 * Inputs that broke a target once, a folder for each target. They are part of the source, so that
 * every later version meets them.
 *
 * @param folder {@code src/test/resources/kept} of this room
 */
record Kept(Path folder) {
  private static final int NAME_CHARS = 16;

  List<Bytes> of(Target target) throws IOException {
    Path own = folder.resolve(target.name());
    if (!Files.isDirectory(own)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(own)) {
      List<Path> sorted = files.sorted().toList();
      List<Bytes> inputs = new ArrayList<>();
      for (Path file : sorted) {
        inputs.add(Bytes.wrap(Files.readAllBytes(file)));
      }
      return List.copyOf(inputs);
    }
  }

  /** Where it lies now. */
  Path keep(Target target, Bytes input) throws IOException {
    Path own = Files.createDirectories(folder.resolve(target.name()));
    Path file = own.resolve(Digests.sha256(input).hex().substring(0, NAME_CHARS));
    return Files.write(file, input.toArray());
  }
}
