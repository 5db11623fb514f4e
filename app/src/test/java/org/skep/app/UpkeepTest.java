package org.skep.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.skep.doors.SystemClock;
import org.skep.kernel.StoreException;

class UpkeepTest {
  private final AtomicBoolean diskIsFull = new AtomicBoolean();
  private final List<String> done = new ArrayList<>();
  private final Upkeep upkeep =
      new Upkeep(
          new SystemClock(),
          () -> done.add("first"),
          () -> {
            done.add("second");
            if (diskIsFull.get()) {
              throw new StoreException("the disk is full");
            }
          },
          () -> done.add("third"));

  private long count(String step) {
    return done.stream().filter(step::equals).count();
  }

  @Test
  void aFailureIsSaidInASentenceAndTriedAgainLaterAndLater() throws Exception {
    diskIsFull.set(true);
    upkeep.once();
    String words = upkeep.trouble().orElseThrow();
    assertTrue(words.contains("the disk is full") && words.endsWith("in a minute."), words);

    upkeep.once();
    assertTrue(upkeep.trouble().orElseThrow().endsWith("in 2 minutes."));
    upkeep.once();
    assertEquals(2, count("second"));
    upkeep.once();
    assertEquals(3, count("second"));
    for (int i = 4; i < 10 * 60; i++) {
      upkeep.once();
    }
    assertTrue(upkeep.trouble().orElseThrow().endsWith("in 60 minutes."));
    // After 0, 1, 3, 7, 15, 31 and 63 minutes, and then each hour.
    assertEquals(7 + 8, count("second"));
  }

  @Test
  void theOtherStepsHaveTheirTurnAllTheSame() throws Exception {
    diskIsFull.set(true);
    for (int i = 0; i < 100; i++) {
      upkeep.once();
    }
    assertEquals(List.of("first", "second", "third"), done.subList(0, 3));
    assertEquals(100, count("first"));
    assertEquals(100, count("third"));
  }

  @Test
  void whatWorksAgainIsNoTroubleAnyLonger() throws Exception {
    diskIsFull.set(true);
    upkeep.once();
    upkeep.once();
    upkeep.once();
    diskIsFull.set(false);
    assertTrue(upkeep.trouble().isPresent());

    upkeep.once();

    assertEquals(Optional.empty(), upkeep.trouble());
    diskIsFull.set(true);
    upkeep.once();
    assertTrue(upkeep.trouble().orElseThrow().endsWith("in a minute."));
  }
}
