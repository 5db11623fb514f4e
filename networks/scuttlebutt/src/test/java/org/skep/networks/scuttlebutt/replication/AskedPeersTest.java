package org.skep.networks.scuttlebutt.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.skep.networks.scuttlebutt.handshake.SeedIdentity;
import org.skep.networks.scuttlebutt.message.FeedId;

class AskedPeersTest {
  private static final FeedId FEED = feed(1);
  private static final FeedId OTHER = feed(2);

  private final AskedPeers turns = new AskedPeers();
  private final TestLine ana = new TestLine(3);
  private final TestLine ben = new TestLine(4);
  private final TestLine eve = new TestLine(5);

  private static FeedId feed(int number) {
    return MemoryReplica.feed(SeedIdentity.numbered(number));
  }

  /** A line that joins, and writes down what it is told. */
  private final class TestLine implements AskedPeers.Line {
    private final FeedId peer;
    private final List<FeedId> told = new ArrayList<>();

    TestLine(int number) {
      this.peer = feed(number);
      turns.join(this);
    }

    @Override
    public FeedId peer() {
      return peer;
    }

    @Override
    public FeedId own() {
      return feed(6);
    }

    @Override
    public Map<FeedId, EbtState.Ask> promised() {
      return Map.of();
    }

    @Override
    public long weHave(FeedId feed) {
      return 0;
    }

    @Override
    public void reconsider(Collection<FeedId> feeds) {
      told.addAll(feeds);
    }

    boolean take(FeedId feed, long theyHave, long weHave) {
      return turns.take(feed, this, theyHave, weHave);
    }
  }

  @Test
  void oneIsAskedAndTheOthersAreNot() {
    assertTrue(ana.take(FEED, 0, 0));
    assertFalse(ben.take(FEED, 0, 0));
    assertTrue(ana.take(FEED, 0, 0), "her turn lasts");
    assertTrue(ben.take(OTHER, 0, 0), "each feed by itself");
  }

  @Test
  void whoKnowsOfMoreTakesOverAndTheOtherHearsOfIt() {
    ana.take(FEED, 5, 5);
    assertFalse(ben.take(FEED, 5, 5), "as far as we are");
    assertTrue(ben.take(FEED, 6, 5));
    assertEquals(List.of(FEED), ana.told);
    assertFalse(ana.take(FEED, 5, 5));
    assertFalse(ana.take(FEED, 6, 5), "as much is not more");
  }

  @Test
  void whoKnowsOfMoreThanTheOtherAndOfNothingNewDoesNot() {
    ana.take(FEED, 3, 9);
    assertFalse(ben.take(FEED, 8, 9));
  }

  @Test
  void whoLeavesFreesItsFeedsAndTheOthersHearOfIt() {
    ana.take(FEED, 5, 0);
    ana.take(OTHER, 5, 0);
    turns.leave(ana);
    assertEquals(2, ben.told.size());
    assertEquals(2, eve.told.size());
    assertTrue(ben.take(FEED, 1, 0));
    assertFalse(eve.take(FEED, 1, 0));
    assertEquals(List.of(), ana.told);
  }

  @Test
  void whoGivesUpAFeedFreesThatAlone() {
    ana.take(FEED, 5, 0);
    ana.take(OTHER, 5, 0);
    turns.giveUp(FEED, ana);
    turns.giveUp(FEED, ben);
    assertEquals(List.of(FEED), ben.told);
    assertTrue(ben.take(FEED, 0, 0));
    assertFalse(ben.take(OTHER, 0, 0));
  }

  @Test
  void whatDoesNotComeIsAskedOfWhoHasItAndOtherwiseStaysWhereItIs() {
    ana.take(FEED, 1_000_000, 5);
    turns.passOn(List.of(FEED), ana);
    assertEquals(List.of(FEED), ben.told);
    assertFalse(ben.take(FEED, 5, 5), "no more than we have");
    assertTrue(ana.take(FEED, 1_000_000, 5), "nobody else has it");
    assertTrue(ben.take(FEED, 6, 5));
    assertFalse(ana.take(FEED, 1_000_000, 6), "an empty promise counts for nothing");
  }

  @Test
  void whoDeliversIsBelievedAgainOfThatFeed() {
    ana.take(FEED, 9, 5);
    turns.passOn(List.of(FEED), ana);
    ben.take(FEED, 7, 5);
    assertFalse(ana.take(FEED, 9, 5));
    turns.delivered(FEED, ana);
    assertTrue(ana.take(FEED, 9, 5));
  }

  @Test
  void whoComesAgainAfterItsLineWasCutIsBelieved() {
    ana.take(FEED, 9, 5);
    turns.passOn(List.of(FEED), ana);
    turns.leave(ana);
    ben.take(FEED, 5, 5);
    TestLine again = new TestLine(3);
    assertTrue(again.take(FEED, 9, 5), "nobody else promises anything");
  }

  @Test
  void aLineIsCutAFewTimesAndThenLeftAloneForAWhile() {
    for (int i = 0; i < AskedPeers.CUTS_MAX; i++) {
      assertTrue(turns.mayCut(ana.peer(), i));
    }
    turns.delivered(FEED, ana);
    assertFalse(turns.mayCut(ana.peer(), 100), "one entry now and then changes nothing");
    assertTrue(turns.mayCut(ben.peer(), 100), "each peer by itself");
    long later = 1_000 + AskedPeers.FORGIVEN_AFTER.toNanos();
    assertTrue(turns.mayCut(ana.peer(), later));
  }

  @Test
  void notEverybodyIsRememberedForEver() {
    for (int i = 0; i < AskedPeers.CUTS_MAX; i++) {
      turns.mayCut(ana.peer(), 0);
    }
    for (int i = 0; i < AskedPeers.CUT_PEERS_MAX; i++) {
      turns.mayCut(feed(100 + i), 0);
    }
    assertTrue(turns.mayCut(ana.peer(), 0), "she is forgotten");
  }
}
