package org.skep.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.skep.doors.SystemClock;
import org.skep.kernel.StoreException;

class UpkeepTest {
  private final AtomicBoolean diskIsFull = new AtomicBoolean();
  private final AtomicInteger rounds = new AtomicInteger();
  private final Upkeep upkeep =
      new Upkeep(
          new SystemClock(),
          () -> {
            rounds.incrementAndGet();
            if (diskIsFull.get()) {
              throw new StoreException("the disk is full");
            }
          });

  @Test
  void aFailureIsSaidInASentenceAndTriedAgainLaterAndLater() throws Exception {
    diskIsFull.set(true);
    assertEquals(Duration.ofMinutes(1), upkeep.once());
    String words = upkeep.trouble().orElseThrow();
    assertTrue(words.contains("the disk is full") && words.endsWith("in a minute."), words);

    assertEquals(Duration.ofMinutes(2), upkeep.once());
    assertTrue(upkeep.trouble().orElseThrow().endsWith("in 2 minutes."));
    Duration wait = Duration.ZERO;
    for (int i = 0; i < 100; i++) {
      wait = upkeep.once();
    }
    assertEquals(Duration.ofHours(1), wait);
    assertEquals(102, rounds.get());
  }

  @Test
  void whatWorksAgainIsNoTroubleAnyLonger() throws Exception {
    diskIsFull.set(true);
    upkeep.once();
    upkeep.once();
    diskIsFull.set(false);

    assertEquals(Duration.ofMinutes(1), upkeep.once());

    assertEquals(Optional.empty(), upkeep.trouble());
    diskIsFull.set(true);
    assertEquals(Duration.ofMinutes(1), upkeep.once());
  }
}
