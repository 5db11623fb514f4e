package org.skep.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private final Budget budget = new Budget(5, 40, 2, 60, 10, 150, 220, 30, 10);

  @Test
  void whatIsNotMeasuredAloneIsWhatRemains() {
    assertEquals(80, budget.rows());
    assertEquals(25, budget.rest());
    assertEquals(260, budget.whole());
  }

  @Test
  void itIsToldInLines() {
    List<String> lines = new ArrayList<>();
    budget.tell(lines::add);

    assertTrue(
        lines.contains("  parse and hash      40.0 µs  (of it the hash 2.0)"), lines.toString());
    assertEquals("  whole              260.0 µs", lines.getLast());
  }

  @Test
  void aStageIsMeasuredOnceARoundAndAlwaysComesToTheSame() throws Exception {
    assertEquals(4, ((Stage) () -> 7).micros(10, 4).count());

    long[] passes = {0};
    assertThrows(IllegalStateException.class, () -> ((Stage) () -> passes[0]++).micros(10, 1));
  }
}
