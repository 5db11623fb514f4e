package org.skep.testkit.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What must hold in every world, held in these. {@code ./skep simulate} plays more. */
@Timeout(900)
class WorldsTest {
  private static final List<Long> SEEDS = LongStream.rangeClosed(1, 26).boxed().toList();

  @Test
  void whatMustHoldHoldsInTwoHundredWorlds() throws InterruptedException {
    List<String> failures = new ArrayList<>();
    List<Worlds.Played> played = new ArrayList<>();
    Worlds.play(
        List.of(Kind.values()),
        SEEDS,
        _ -> Twist.NONE,
        world -> {
          played.add(world);
          world.outcome().failure().ifPresent(why -> failures.add(world.again() + ": " + why));
        });
    assertEquals(List.of(), failures);
    assertEquals(208, played.size());
  }

  @Test
  void theSameSeedIsTheSameStory() {
    for (Kind kind : Kind.values()) {
      World.Outcome one = Worlds.play(kind, 7, Twist.NONE).outcome();
      World.Outcome two = Worlds.play(kind, 7, Twist.NONE).outcome();
      assertEquals(Optional.empty(), one.failure());
      assertEquals(one.trace(), two.trace());
      assertEquals(one.print(), two.print(), kind + ": every step at the same time");
    }
  }

  /**
   * Sets that begin with another order in each process, and numbers of objects, must not matter.
   */
  @Test
  void theSameSeedIsTheSameStoryInAnotherProcess(@TempDir Path folder)
      throws IOException, InterruptedException {
    String print = Long.toHexString(Worlds.play(Kind.WILD, 7, Twist.NONE).outcome().print());
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Simulation.class.getName(),
                folder.toString(),
                Kind.WILD.toString(),
                "--seed=7")
            .redirectErrorStream(true)
            .start();
    String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, other.waitFor(), said);
    assertTrue(said.contains("wild 7 (" + print + "): all held"), said);
  }
}
