package org.skep.networks.scuttlebutt.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.skep.networks.scuttlebutt.handshake.SeedIdentity;
import org.skep.networks.scuttlebutt.message.FeedId;

class StallWatchTest {
  private static final FeedId FEED = MemoryReplica.feed(SeedIdentity.numbered(1));
  private static final FeedId OTHER = MemoryReplica.feed(SeedIdentity.numbered(2));
  private static final Map<FeedId, Long> NOTHING_NEW = Map.of(FEED, 5L);

  private final StallWatch watch = new StallWatch();

  private StallWatch.Findings look(Duration now, Map<FeedId, Long> overdue, Duration lastProgress) {
    return watch.look(now.toNanos(), overdue, lastProgress.toNanos());
  }

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  @Test
  void whatStandsStillIsLateOnceAndInTheEndTheLineIsDead() {
    assertEquals(Set.of(), look(seconds(0), NOTHING_NEW, seconds(0)).late());
    assertEquals(Set.of(), look(seconds(14), NOTHING_NEW, seconds(0)).late());
    assertEquals(Set.of(FEED), look(seconds(15), NOTHING_NEW, seconds(0)).late());
    assertEquals(Set.of(), look(seconds(20), NOTHING_NEW, seconds(0)).late());
    assertFalse(look(seconds(59), NOTHING_NEW, seconds(0)).dead());
    assertTrue(look(seconds(60), NOTHING_NEW, seconds(0)).dead());
  }

  @Test
  void aFeedThatMovesIsNotLate() {
    for (long second = 0; second < 300; second += 10) {
      StallWatch.Findings findings = look(seconds(second), Map.of(FEED, second), Duration.ZERO);
      assertEquals(Set.of(), findings.late());
      assertFalse(findings.dead());
    }
  }

  @Test
  void whileOtherFeedsComeNothingIsLate() {
    for (long second = 0; second < 100; second += 10) {
      assertEquals(Set.of(), look(seconds(second), NOTHING_NEW, seconds(second - 5)).late());
    }
    assertEquals(Set.of(FEED), look(seconds(110), NOTHING_NEW, seconds(95)).late());
  }

  @Test
  void inTheEndAFeedIsLateWhateverElseComes() {
    for (long second = 0; second < 120; second += 10) {
      assertEquals(Set.of(), look(seconds(second), NOTHING_NEW, seconds(second)).late());
    }
    StallWatch.Findings findings = look(seconds(120), NOTHING_NEW, seconds(120));
    assertEquals(Set.of(FEED), findings.late());
    assertFalse(findings.dead(), "the line is of use");
  }

  @Test
  void whatWasPromisedAfterALongQuietTimeIsNotLateAtOnce() {
    look(seconds(0), Map.of(), seconds(0));
    assertEquals(Set.of(), look(seconds(3600), NOTHING_NEW, seconds(0)).late());
    assertEquals(Set.of(FEED), look(seconds(3615), NOTHING_NEW, seconds(0)).late());
  }

  @Test
  void whatIsAskedOfSomebodyElseIsForgotten() {
    look(seconds(0), Map.of(FEED, 5L, OTHER, 1L), seconds(0));
    look(seconds(10), Map.of(OTHER, 1L), seconds(0));
    assertEquals(Set.of(OTHER), look(seconds(20), Map.of(FEED, 5L, OTHER, 1L), seconds(0)).late());
  }
}
