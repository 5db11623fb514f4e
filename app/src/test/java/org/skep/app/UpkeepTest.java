package org.skep.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.api.Test;
import org.skep.doors.SystemClock;
import org.skep.kernel.Bell;
import org.skep.kernel.Clock;
import org.skep.kernel.StoreException;

class UpkeepTest {
  private final AtomicBoolean diskIsFull = new AtomicBoolean();
  private final List<String> done = new ArrayList<>();
  private final Upkeep upkeep =
      new Upkeep(
          new SystemClock(),
          new Bell(new SystemClock()),
          () -> done.add("first"),
          () -> {
            done.add("second");
            if (diskIsFull.get()) {
              throw new StoreException("the disk is full");
            }
            return true;
          },
          () -> done.add("third"));

  /** Waits take no time, and last as long as they may, but for one in which somebody rings. */
  private static final class Hurrying implements Clock {
    private Duration now = Duration.ZERO;
    private Runnable rings = () -> {};

    @Override
    public long wallMillis() {
      return now.toMillis();
    }

    @Override
    public long monotonicNanos() {
      return now.toNanos();
    }

    @Override
    public void sleep(Duration howLong) {
      now = now.plus(howLong);
    }

    @Override
    public boolean await(Condition condition, Duration atMost) {
      boolean atOnce = atMost.compareTo(WOKEN_AFTER) > 0;
      now = now.plus(atOnce ? WOKEN_AFTER : atMost);
      if (atOnce) {
        rings.run();
      }
      return atOnce;
    }
  }

  private static final Duration WOKEN_AFTER = Duration.ofMinutes(4);

  /** What happens in the second round. */
  @FunctionalInterface
  private interface Second {
    boolean go(Bell changed) throws InterruptedException;
  }

  /** The minutes in which there was a round, until there were so many. */
  private static List<Long> rounds(int max, boolean ringing, Second second) {
    Hurrying clock = new Hurrying();
    Bell changed = new Bell(clock);
    clock.rings = ringing ? changed::ring : () -> {};
    List<Long> minutes = new ArrayList<>();
    Upkeep lived =
        new Upkeep(
            clock,
            changed,
            () -> {
              minutes.add(clock.now.toMinutes());
              if (minutes.size() == max) {
                throw new InterruptedException("enough");
              }
              return minutes.size() != 2 || second.go(changed);
            });
    assertThrows(InterruptedException.class, lived::run);
    return minutes;
  }

  @Test
  void whileNothingChangesItRests() {
    assertEquals(List.of(0L, 16L, 32L, 48L), rounds(4, false, _ -> true));
  }

  @Test
  void aMinuteAfterAChangeItHasItsTurn() {
    assertEquals(List.of(0L, 5L, 10L), rounds(3, true, _ -> true));
    // Its own changes, too: one may be what another waits for.
    Second changes =
        changed -> {
          changed.ring();
          return true;
        };
    assertEquals(List.of(0L, 16L, 17L, 33L), rounds(4, false, changes));
  }

  @Test
  void whatFailedOrIsNotThroughIsTriedAgainWithoutAChange() {
    Second fails =
        _ -> {
          throw new StoreException("the disk is full");
        };
    assertEquals(List.of(0L, 16L, 17L, 33L), rounds(4, false, fails));
    assertEquals(List.of(0L, 16L, 17L, 33L), rounds(4, false, _ -> false));
  }

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
