package org.skep.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SideTest {
  private static final Size SIZE = new Size(1_000, 10);

  private static Intake intake(int cpuSeconds, int halfCpuSeconds, int memoryMib) {
    return new Intake(
        SIZE.messages(),
        Duration.ofSeconds(cpuSeconds),
        Duration.ofSeconds(halfCpuSeconds),
        Duration.ofSeconds(1),
        Duration.ofSeconds(4),
        memoryMib * 1_048_576.0,
        900_000);
  }

  private static Side side(String name, Intake... rounds) {
    return new Side(name, List.of(rounds));
  }

  @Test
  void theSecondHalfIsWhatTheWholeCostsBeyondHalfAsMuch() {
    Intake intake = intake(10, 8, 100);

    assertEquals(100, intake.aCpuSecond());
    assertEquals(250, intake.aCpuSecondLater());
    assertEquals(900, Figure.DISK.of(intake));
  }

  @Test
  void aComparisonSaysHowManyTimesAsGoodOneIs() {
    Side one = side("one", intake(10, 8, 100), intake(12, 8, 300), intake(11, 8, 200));
    Side other = side("other", intake(22, 12, 100));

    assertEquals(2, one.times(other, Figure.A_CPU_SECOND), 1e-9);
    assertEquals(2, one.times(other, Figure.CPU), 1e-9);
    assertEquals(0.5, one.times(other, Figure.MEMORY), 1e-9);
    assertEquals(1, one.times(other, Figure.WALL), 1e-9);
  }

  @Test
  void itIsToldInLines() {
    List<String> lines = new ArrayList<>();
    Side one = side("one", intake(10, 8, 100));

    one.tell(SIZE, lines::add);
    one.compare(one, lines::add);

    assertTrue(
        lines.containsAll(
            List.of(
                "one, 1,000 messages by 10 authors, median of 1 (least to most)",
                "  most memory      100 MiB  (100 to 100)",
                "one, beside one, medians: more than 1 is better",
                "  wall             1.00")),
        lines.toString());
  }
}
