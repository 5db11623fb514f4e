package org.skep.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchTest {
  private static List<String> names(Bench.Wish wish) {
    return wish.benchmarks().stream().map(Benchmark::name).toList();
  }

  @Test
  void whoNamesNothingGetsAll() {
    Bench.Wish wish = Bench.Wish.of(List.of());

    assertEquals(
        List.of("sync", "fairness", "peers", "import", "restart", "stages", "jmh", "small", "idle"),
        names(wish));
    assertEquals(
        new Setting(List.of(), 3, Duration.ofMinutes(32), Optional.empty()), wish.setting());
  }

  @Test
  void namesSizesAndRoundsMayBeGivenAndCountOnce() {
    Bench.Wish wish =
        Bench.Wish.of(List.of("sync", "200x20", "--rounds=5", "10x2", "sync", "200x20"));

    assertEquals(List.of("sync"), names(wish));
    assertEquals(List.of(new Size(200, 20), new Size(10, 2)), wish.setting().sizes());
    assertEquals(5, wish.setting().rounds());
  }

  @Test
  void whatOneBenchmarkAloneLooksAtMayBeGivenToo() {
    Setting setting = Bench.Wish.of(List.of("idle", "--minutes=2", "--picture=b.svg")).setting();

    assertEquals(Duration.ofMinutes(2), setting.idle());
    assertEquals(Optional.of(Path.of("b.svg")), setting.picture());
  }

  @Test
  void whereNothingCanBeDrawnIsSaidBeforeAnythingIsMeasured() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Bench.Wish.of(List.of("peers", "--picture=nowhere/b.svg")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sink",
        "3000",
        "1x1",
        "10x1",
        "10x11",
        "--rounds=0",
        "--minutes=0",
        "--picture=",
        "12345678x3"
      })
  void whatIsNothingOfTheseIsRefusedWithTheNames(String word) {
    String refused =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> Bench.Wish.of(List.of(word)))
                .getMessage());

    assertTrue(
        refused.startsWith(
            word
                + " is no benchmark (sync, fairness, peers, import, restart, stages, jmh, small, idle)"),
        refused);
  }

  @Test
  void theLauncherKnowsTheSameNames() throws Exception {
    List<String> launcher = Files.readAllLines(Path.of("..", "skep"));

    assertTrue(
        launcher.contains(
            "BENCHMARKS='" + String.join(" ", names(Bench.Wish.of(List.of()))) + "'"));
  }
}
