package org.skep.interop;

import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.skep.fuzz.Fuzz;
import org.skep.fuzz.Target;
import org.skep.fuzz.Targets;

/**
 * Jazzer makes up inputs for every decoder, ten minutes for each; a tenth is the minute in all that
 * continuous integration spends.
 */
@Tag("soak")
@Tag("fuzz")
class FuzzSoakTest {
  private static final List<Target> ALL = Targets.all();
  private static final Duration EACH =
      Boolean.getBoolean("skep.soak.tenth")
          ? Duration.ofSeconds(Math.ceilDiv(Fuzz.SECONDS_IN_ALL, ALL.size()))
          : Duration.ofMinutes(10);

  private final Fuzz fuzz = new Fuzz(Path.of(System.getProperty("skep.interop.fuzz")));

  static Stream<Target> targets() {
    return ALL.stream();
  }

  /** As many at once as there are processors: each is a process of its own that uses one. */
  @ParameterizedTest
  @MethodSource("targets")
  @Execution(ExecutionMode.CONCURRENT)
  void whatMustHoldOfADecoderHoldsWhateverComes(Target target) throws Exception {
    Fuzz.Outcome outcome = fuzz.attempt(target, EACH, Fuzz.SEED);
    System.out.printf(
        "Soak fuzz: %s (%d s, seed %d)%n", outcome.figures(), EACH.toSeconds(), Fuzz.SEED);
    outcome
        .broken()
        .ifPresent(broken -> {
          System.out.println("Soak fuzz: " + broken.replace("\n", "\nSoak fuzz: "));
          fail(broken);
        });
  }
}
