package org.skep.testkit.world;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Worlds notice what is wrong with a node, within a few of them, and by what the bug does: without
 * it these same worlds hold ({@link WorldsTest}).
 */
@Timeout(600)
class PlantedBugsTest {
  private static final int SEEDS = 8;

  @ParameterizedTest
  @EnumSource
  void aPlantedBugIsFound(Planted bug) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      for (Kind kind : Kind.values()) {
        Worlds.Played played = Worlds.play(kind, seed, bug.twist(kind, seed));
        if (played.outcome().failure().isPresent()) {
          Throwable failure = played.outcome().failure().get();
          assertTrue(bug.explains(failure), () -> played.again() + ": " + failure);
          return;
        }
      }
    }
    fail(bug + " was not found in " + SEEDS * Kind.values().length + " worlds");
  }
}
