package org.skep.testkit.peers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Looks programs up on the search path, so that what is missing can be named. */
public final class Tools {
  private Tools() {}

  /**
   * The program's full path.
   *
   * @param use what the suite needs it for, as the end of a sentence
   * @throws MissingToolException when the search path has no such program
   */
  public static Path require(String program, String use) {
    return find(program)
        .orElseThrow(() ->
            new MissingToolException(
                "'%s' is not on this machine, and it is needed to %s.".formatted(program, use)));
  }

  /** The full path, where the search path has such a program. */
  public static Optional<Path> find(String program) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      Path candidate = Path.of(folder, program);
      if (!folder.isEmpty() && Files.isExecutable(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }
}
