package org.skep.networks.scuttlebutt.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.skep.kernel.Progress;
import org.skep.networks.scuttlebutt.VirtualClock;
import org.skep.networks.scuttlebutt.handshake.SeedIdentity;
import org.skep.networks.scuttlebutt.message.FeedId;

class FetchingTest {
  private static final FeedId ANA = feed(1);
  private static final FeedId BEN = feed(2);
  private static final FeedId ONE = feed(3);
  private static final FeedId TWO = feed(4);

  private final VirtualClock clock = new VirtualClock(0);
  private final AskedPeers turns = new AskedPeers();
  private final Fetching fetching = new Fetching(turns, clock);

  private static FeedId feed(int number) {
    return MemoryReplica.feed(SeedIdentity.numbered(number));
  }

  /** A line whose peer says what it likes. */
  private final class Talker implements AskedPeers.Line {
    private final FeedId own;
    private final Map<FeedId, Long> claims = new HashMap<>();
    private final Map<FeedId, Long> here = new HashMap<>();

    Talker(FeedId own) {
      this.own = own;
      turns.join(this);
    }

    @Override
    public FeedId peer() {
      return feed(9);
    }

    @Override
    public FeedId own() {
      return own;
    }

    @Override
    public Map<FeedId, EbtState.Ask> promised() {
      Map<FeedId, EbtState.Ask> promised = new HashMap<>();
      claims.forEach((feed, end) -> {
        if (end > weHave(feed)) {
          promised.put(feed, new EbtState.Ask(end, weHave(feed)));
        }
      });
      return promised;
    }

    @Override
    public long weHave(FeedId feed) {
      return here.getOrDefault(feed, 0L);
    }

    @Override
    public void reconsider(Collection<FeedId> feeds) {}
  }

  private Optional<Progress> later(FeedId own) {
    clock.pass(Duration.ofMillis(1_100));
    return fetching.of(own);
  }

  private static String counts(Optional<Progress> progress) {
    return progress.map(one -> one.done() + " of " + total(one.total())).orElse("nothing");
  }

  private static String total(OptionalLong total) {
    return total.isPresent() ? Long.toString(total.getAsLong()) : "?";
  }

  @Test
  void eachAccountsMissingMessagesAreCountedOnceWhoeverHasThem() {
    Talker first = new Talker(ANA);
    Talker second = new Talker(ANA);
    Talker bens = new Talker(BEN);
    first.claims.putAll(Map.of(ONE, 500L, TWO, 70L));
    second.claims.put(ONE, 600L);
    second.here.put(TWO, 70L);
    bens.claims.put(TWO, 1_000L);
    fetching.of(ANA);
    fetching.of(BEN);
    assertEquals("0 of 600", counts(later(ANA)));
    assertEquals("0 of 1000", counts(later(BEN)));
    first.here.put(ONE, 250L);
    second.here.put(ONE, 250L);
    assertEquals("250 of 600", counts(later(ANA)));
  }

  @Test
  void itRestsWhereNobodyIsThereAndNothingIsUnderWay() {
    AtomicInteger came = new AtomicInteger();
    fetching.whenSomebodyComesOrGoes(came::incrementAndGet);
    assertTrue(fetching.rests());
    Talker line = new Talker(ANA);
    assertFalse(fetching.rests());
    assertEquals(1, came.get());
    line.claims.put(ONE, 500L);
    fetching.of(ANA);
    turns.leave(line);
    assertFalse(fetching.rests(), "what was under way is told once more");
    clock.pass(Fetching.PAUSE_MAX);
    assertEquals("nothing", counts(later(ANA)));
    assertTrue(fetching.rests());
  }

  @Test
  void whatWasHereBeforeIsNoPartOfIt() {
    Talker line = new Talker(ANA);
    line.here.put(ONE, 9_000L);
    line.claims.put(ONE, 10_000L);
    fetching.of(ANA);
    line.here.put(ONE, 9_400L);
    assertEquals("400 of 1000", counts(later(ANA)));
  }

  @Test
  void aPeerThatLeavesTakesItsPromisesAlongAndWhatItBroughtStays() {
    Talker first = new Talker(ANA);
    Talker second = new Talker(ANA);
    first.claims.put(ONE, 10_000L);
    second.claims.put(TWO, 400L);
    fetching.of(ANA);
    first.here.put(ONE, 300L);
    assertEquals("300 of 10400", counts(later(ANA)));
    turns.leave(first);
    assertEquals("300 of 700", counts(later(ANA)));
  }

  @Test
  void itIsOverWhenNothingIsMissingForAWhile() {
    Talker line = new Talker(ANA);
    line.claims.put(ONE, 300L);
    fetching.of(ANA);
    line.here.put(ONE, 300L);
    assertEquals("300 of 300", counts(later(ANA)));
    line.claims.put(TWO, 5L);
    assertEquals("300 of 305", counts(later(ANA)), "her friends become known only now");
    line.here.put(TWO, 5L);
    for (int looks = 0; looks < 3; looks++) {
      later(ANA);
    }
    assertEquals("nothing", counts(fetching.of(ANA)));
    line.claims.put(TWO, 50L);
    assertEquals("nothing", counts(later(ANA)), "a few are no undertaking");
  }

  @Test
  void aPeersWordIsBoundedAndCountsOnlyWhileItIsKept() {
    Talker liar = new Talker(ANA);
    liar.claims.put(ONE, Note.SEQUENCE_MAX);
    fetching.of(ANA);
    assertEquals("0 of " + Fetching.MISSING_OF_FEED_MAX, counts(later(ANA)));
    turns.passOn(List.of(ONE), liar);
    assertTrue(later(ANA).isPresent());
    clock.pass(Fetching.PAUSE_MAX);
    assertEquals("nothing", counts(later(ANA)));
  }

  @Test
  void aFewThatNeverComeAreNotWaitedFor() {
    Talker line = new Talker(ANA);
    line.claims.put(ONE, 300L);
    fetching.of(ANA);
    line.here.put(ONE, 290L);
    assertEquals("290 of 300", counts(later(ANA)));
    for (int looks = 0; looks < 30; looks++) {
      later(ANA);
    }
    assertEquals("nothing", counts(later(ANA)));
  }
}
