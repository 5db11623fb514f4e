package org.skep.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.api.Test;

class UndertakingTest {
  private final HandClock clock = new HandClock();
  private final Undertaking work = Undertaking.measured(clock, "Putting things in order");

  /** Goes where it is put. */
  private static final class HandClock implements Clock {
    private long nanos = Long.MAX_VALUE - 1;

    void pass(double seconds) {
      nanos += (long) (seconds * 1e9);
    }

    @Override
    public long wallMillis() {
      throw new AssertionError("the wall clock may jump by years");
    }

    @Override
    public long monotonicNanos() {
      return nanos;
    }

    @Override
    public void sleep(Duration howLong) {
      throw new AssertionError("nobody waits here");
    }

    @Override
    public boolean await(Condition condition, Duration atMost) {
      throw new AssertionError("nobody waits here");
    }
  }

  private Progress now() {
    return work.progress().orElseThrow();
  }

  private double leftSeconds() {
    return now().left().orElseThrow().toMillis() / 1e3;
  }

  /** A part each tenth of a second. */
  private long steadily(long from, long to, long total) {
    for (long done = from + 1; done <= to; done++) {
      clock.pass(0.1);
      work.at(done, total);
    }
    return to;
  }

  private static void assertNear(double expected, double actual) {
    assertTrue(Math.abs(actual - expected) <= 0.15 * expected, expected + " or so, not " + actual);
  }

  @Test
  void ofWhatTakesAMomentNothingIsShown() {
    clock.pass(0.9);
    work.at(9, 10);
    assertEquals(Optional.empty(), work.progress());
    clock.pass(0.2);
    assertTrue(work.progress().isPresent());
  }

  @Test
  void theTimeLeftIsNotSaidAtFirst() {
    steadily(0, 30, 1_000);
    assertEquals(Optional.empty(), now().left());
    steadily(30, 60, 1_000);
    assertNear(94, leftSeconds());
  }

  @Test
  void atASteadyPaceItCountsDown() {
    steadily(0, 60, 1_000);
    for (long done = 60; done < 1_000; done += 10) {
      steadily(done, done + 10, 1_000);
      assertNear(Math.max(1, (990 - done) / 10.0), Math.max(1, leftSeconds()));
    }
    assertEquals(OptionalInt.of(99), now().percent());
  }

  @Test
  void whereNothingMovesNothingIsPromised() {
    steadily(0, 100, 1_000);
    clock.pass(9);
    assertTrue(now().left().isPresent());
    clock.pass(2);
    assertEquals(Optional.empty(), now().left());
    assertEquals(OptionalInt.of(10), now().percent());
    steadily(100, 103, 1_000);
    assertTrue(now().left().isPresent());
  }

  @Test
  void burstsMakeItNeitherLeapNorVanish() {
    long done = 0;
    for (int burst = 1; burst <= 60; burst++) {
      done += 500;
      work.at(done, 60_000);
      for (int second = 0; second < 5; second++) {
        clock.pass(1);
        double due = (60_000 - done) / 100.0;
        if (burst > 4) {
          assertTrue(Math.abs(leftSeconds() - due) < 0.25 * due, due + ": " + leftSeconds());
        }
      }
    }
  }

  @Test
  void aTotalThatGrowsOrShrinksIsFollowedBitByBit() {
    long done = steadily(0, 200, 1_000);
    double before = leftSeconds();
    done = steadily(done, done + 5, 10_000);
    assertTrue(leftSeconds() < 3 * before, "it leaps to " + leftSeconds());
    done = steadily(done, done + 300, 10_000);
    assertNear((10_000 - done) / 10.0, leftSeconds());
    done = steadily(done, done + 300, 1_000);
    assertNear((1_000 - done) / 10.0, leftSeconds());
    assertEquals(OptionalInt.of(80), now().percent());
  }

  @Test
  void neitherATotalOfNothingNorOneBelowWhatIsDoneBreaksIt() {
    steadily(0, 100, 0);
    assertEquals(OptionalInt.empty(), now().percent());
    assertEquals(Optional.empty(), now().left());
    steadily(100, 200, 50);
    assertEquals(OptionalInt.of(99), now().percent());
    assertEquals(Duration.ZERO, now().left().orElseThrow());
    work.at(-5, Long.MAX_VALUE);
    assertEquals(OptionalInt.of(0), now().percent());
    steadily(0, 100, Long.MAX_VALUE);
    assertEquals(Optional.empty(), now().left());
  }

  @Test
  void whatTakesDaysIsNotPromised() {
    steadily(0, 100, 10_000_000);
    assertEquals(Optional.empty(), now().left());
  }

  private static String said(String parts, long done, long total, long leftSeconds) {
    return new Progress(
            "Fetching",
            parts,
            done,
            total == 0 ? OptionalLong.empty() : OptionalLong.of(total),
            leftSeconds < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(leftSeconds)))
        .sentence();
  }

  @Test
  void itIsSaidInWords() {
    assertEquals(
        "Fetching: 12,300 of about 98,800 messages, about 2 minutes left.",
        said("messages", 12_300, 98_734, 125));
    assertEquals(
        "Fetching: 98,733 of about 98,800 messages, less than a minute left.",
        said("messages", 98_733, 98_734, 0));
    assertEquals("Fetching: 7 of about 999 messages.", said("messages", 7, 999, -1));
    assertEquals("Fetching: 1,234 messages so far.", said("messages", 1_234, 0, -1));
    assertEquals("Fetching: 40 %, about a minute left.", said("", 2, 5, 60));
    assertEquals("Fetching: 0 %.", said("", 0, 5, -1));
    assertEquals("Fetching.", said("", 7, 0, -1));
    assertEquals("Fetching: 0 %, about 20 minutes left.", said("", 0, 5, 18 * 60));
    assertEquals("Fetching: 0 %, about an hour left.", said("", 0, 5, 58 * 60));
    assertEquals("Fetching: 0 %, about 23 hours left.", said("", 0, 5, 23 * 3_600));
  }
}
