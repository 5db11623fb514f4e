package org.skep.testkit.world;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
  void theSameSeedIsTheSameStoryInAnotherProcess() throws IOException, InterruptedException {
    Wish wish = Wish.of(List.of("power", "liars", "twins", "wild", "--seed=7"), 0);
    List<Worlds.Played> here = new ArrayList<>();
    Worlds.play(wish, here::add);
    Tally tally =
        here.stream().map(Worlds.Played::outcome).reduce(Tally.NONE, Tally::plus, Tally::plus);
    assertEquals(tally, Processes.play(traces, wish, _ -> {}));
    World.Outcome again = Worlds.play(Kind.POWER, 7, Twist.NONE).outcome();
    assertEquals(here.getFirst().outcome().trace(), again.trace());
    assertEquals(here.getFirst().outcome().print(), again.print(), "every step at the same time");
  }
}
