package org.skep.testkit.world;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What must hold in every world, held in these. {@code ./skep simulate} plays more. */
@Timeout(900)
class WorldsTest {
  @TempDir Path traces;

  @Test
  void whatMustHoldHoldsInTwoHundredWorlds() throws IOException, InterruptedException {
    List<String> told = new CopyOnWriteArrayList<>();
    Tally tally = Processes.play(traces, Wish.of(List.of("--from=1", "--seeds=25"), 0), told::add);
    assertEquals(List.of(), told);
    assertEquals(25 * Kind.values().length, tally.passed());
    assertEquals(0, tally.failed());
  }

  /**
   * Sets that begin with another order in each process, and numbers of objects, must not matter.
   */
  @Test
  void theSameSeedIsTheSameStoryAlsoInAnotherProcess() throws IOException, InterruptedException {
    Tally here = Tally.NONE;
    for (Kind kind : Kind.values()) {
      World.Outcome one = Worlds.play(kind, 7, Twist.NONE).outcome();
      World.Outcome two = Worlds.play(kind, 7, Twist.NONE).outcome();
      assertEquals(one.trace(), two.trace());
      assertEquals(one.print(), two.print(), kind + ": every step at the same time");
      here = here.plus(one);
    }
    assertEquals(here, Processes.play(traces, Wish.of(List.of("--seed=7"), 0), _ -> {}));
  }
}
