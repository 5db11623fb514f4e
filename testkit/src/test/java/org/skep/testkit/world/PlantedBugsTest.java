package org.skep.testkit.world;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Worlds notice what is wrong with a node, within a few of them. */
@Timeout(600)
class PlantedBugsTest {
  private static final int WORLDS_MAX = 40;

  @ParameterizedTest
  @EnumSource
  void aPlantedBugIsFound(Planted bug) {
    List<Kind> kinds = List.of(Kind.values());
    Optional<Worlds.Played> found =
        IntStream.range(0, WORLDS_MAX)
            .mapToObj(
                world -> Worlds.play(kinds.get(world % kinds.size()), world, bug.twist(world)))
            .filter(played -> played.outcome().failure().isPresent())
            .findFirst();
    assertTrue(found.isPresent(), bug + " was not found in " + WORLDS_MAX + " worlds");
  }
}
