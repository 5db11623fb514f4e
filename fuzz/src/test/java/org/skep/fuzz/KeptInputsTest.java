package org.skep.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.skep.kernel.Bytes;

/** What real programs said, and what ever broke a decoder, without Jazzer. */
@Timeout(120)
class KeptInputsTest {
  private static final Path FOLDER = Path.of("src/test/resources/kept");

  static Stream<Target> targets() {
    return Targets.all().stream();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void whatRealProgramsSayAndWhatOnceBrokeADecoderIsReadAsItShould(Target target)
      throws IOException {
    List<Bytes> seeds = target.seeds();
    assertFalse(seeds.isEmpty());
    for (Bytes input :
        Stream.concat(seeds.stream(), new Kept(FOLDER).of(target).stream()).toList()) {
      try {
        target.read(input);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(target.name() + " broke by " + input.base64(), e);
      }
      target.read(input.slice(0, input.length() / 2));
    }
    target.read(Bytes.EMPTY);
  }

  @Test
  void everyTargetHasANameOfItsOwnAndEveryKeptInputATarget() throws IOException {
    Set<String> names = targets().map(Target::name).collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Targets.all().size(), names.size());
    Set<String> folders = new HashSet<>();
    if (Files.exists(FOLDER)) {
      try (Stream<Path> all = Files.list(FOLDER)) {
        all.forEach(folder -> folders.add(folder.getFileName().toString()));
      }
    }
    folders.removeAll(names);
    assertEquals(Set.of(), folders);
  }
}
