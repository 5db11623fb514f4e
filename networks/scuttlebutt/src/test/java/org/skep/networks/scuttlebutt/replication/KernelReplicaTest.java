package org.skep.networks.scuttlebutt.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skep.kernel.AccountId;
import org.skep.networks.scuttlebutt.FakeKernel;
import org.skep.networks.scuttlebutt.ScuttlebuttNetwork;
import org.skep.networks.scuttlebutt.handshake.SeedIdentity;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.networks.scuttlebutt.message.FeedId;

class KernelReplicaTest {
  private static final AccountId ANA = new AccountId(1);
  private static final AccountId BEN = new AccountId(2);
  private static final SeedIdentity EVE = SeedIdentity.numbered(3);
  private static final FeedId EVES = MemoryReplica.feed(EVE);
  private static final FeedId PEER = MemoryReplica.feed(SeedIdentity.numbered(4));

  private final FakeKernel kernel = new FakeKernel();
  private final FeedId anas = kernel.add(ANA, SeedIdentity.numbered(1));
  private final FeedId bens = kernel.add(BEN, SeedIdentity.numbered(2));
  private final MemoryReplica eve = new MemoryReplica(EVE);
  private final Replica replica = replica(ANA, anas);

  @BeforeEach
  void anaFollowsEve() {
    kernel.follow(ANA, EVES);
  }

  private Replica replica(AccountId account, FeedId own) {
    return replica(account, own, PEER);
  }

  private Replica replica(AccountId account, FeedId own, FeedId peer) {
    KernelDoors doors =
        new KernelDoors(
            ScuttlebuttNetwork.ID,
            kernel.store,
            kernel.feeds,
            kernel.inbox,
            kernel.policy,
            kernel.delivery,
            kernel.memory,
            kernel.diary);
    return new KernelReplica(doors, account, own, peer);
  }

  private List<ClassicMessage> eves(int count) {
    for (int i = eve.messages(EVES).size(); i < count; i++) {
      eve.post(EVE, "post " + i);
    }
    return eve.messages(EVES);
  }

  @Test
  void thePastGoesInTheSlowLaneAndWhatIsBeyondInTheFasterOne() throws Exception {
    assertTrue(replica.offer(EVES, eves(3), 2));
    assertEquals(List.of("offered 2 BULK", "offered 1 LIVE"), kernel.events());
  }

  @Test
  void whatHasNoKnownEndIsPast() throws Exception {
    assertTrue(replica.offer(EVES, eves(3), Replica.END_UNKNOWN));
    assertEquals(List.of("offered 3 BULK"), kernel.events());
  }

  @Test
  void onlyTheAuthorSaysWhereHerHistoryEndsAndOnlyOnce() throws Exception {
    Replica withHer = replica(ANA, anas, EVES);

    withHer.offer(EVES, eves(2), Replica.END_UNKNOWN);
    withHer.offer(EVES, eves(3).subList(2, 3), 2);
    withHer.offer(EVES, eves(4).subList(3, 4), 4);

    assertEquals(
        List.of("offered 2 BULK", "checkpoint 2", "offered 1 LIVE", "offered 1 BULK"),
        kernel.events());
  }

  @Test
  void afterARefusedEntryNothingMoreIsOffered() throws Exception {
    MemoryReplica other = new MemoryReplica(EVE);
    other.post(EVE, "another first");
    replica.offer(EVES, eves(1), 1);
    ClassicMessage forked = other.post(EVE, "another second");
    assertFalse(replica.offer(EVES, List.of(forked, other.post(EVE, "and a third")), 2));
    assertEquals(List.of("offered 1 BULK", "offered 1 BULK"), kernel.events());
  }

  @Test
  void whatIsKeptAlreadyIsNoReasonToGiveUp() throws Exception {
    assertTrue(replica.offer(EVES, eves(3), 3));
    assertTrue(replica.offer(EVES, eves(3), 3));
    assertEquals(3, replica.head(EVES));
  }

  @Test
  void whatCameAndWhatWasRefusedIsWrittenDownForTheAccount() throws Exception {
    replica.offer(EVES, eves(3), 1);
    MemoryReplica other = new MemoryReplica(EVE);
    replica.offer(EVES, List.of(other.post(EVE, "another first")), 9);
    String line = "1 " + EVES + " " + PEER + " ";
    assertEquals(
        List.of(
            line + "Came[entries=1, upTo=1]",
            line + "Came[entries=2, upTo=3]",
            line + "Failed[reason=number 1 was refused: another entry stands there already]"),
        kernel.diaryLines());
  }

  @Test
  void eachAccountWantsItsOwnFriendsOnly() {
    kernel.follow(BEN, PEER);
    assertEquals(Set.of(anas, EVES), replica.wanted());
    assertEquals(Set.of(bens, PEER), replica(BEN, bens).wanted());
  }

  @Test
  void aFeedWhoseAuthorBlocksThePeerIsNotSpokenOfWithIt() {
    kernel.blocksInPublic(EVES, PEER);
    assertEquals(Set.of(anas), replica.wanted());
    assertEquals(Map.of(anas, 0L), replica.wantedHeads());
    Replica withSomebodyElse = replica(ANA, anas, bens);
    assertEquals(Set.of(anas, EVES), withSomebodyElse.wanted());
  }

  @Test
  void onlyTheOwnFeedIsAcknowledged() {
    replica.peerHas(anas, 4);
    replica.peerHas(EVES, 9);
    assertEquals(List.of("acknowledged " + anas + " 4"), kernel.events());
  }

  @Test
  void aBlockedPeerMayNotReceive() {
    assertTrue(replica.peerMayReceive());
    kernel.block(ANA, PEER);
    assertFalse(replica.peerMayReceive());
    assertTrue(replica(BEN, bens).peerMayReceive(), "blocks are the account's own");
  }

  @Test
  void changesAreHeardOfUntilTheSubscriptionEnds() {
    List<String> heard = new ArrayList<>();
    Replica.Listener listener =
        new Replica.Listener() {
          @Override
          public void entryKept(FeedId feed, long sequence) {
            heard.add(feed + " " + sequence);
          }

          @Override
          public void interestsChanged() {
            heard.add("interests");
          }
        };
    try (Replica.Subscription _ = replica.subscribe(listener)) {
      kernel.post(BEN, "hello");
      kernel.follow(BEN, EVES);
      kernel.follow(ANA, EVES);
    }
    kernel.post(BEN, "unheard");
    assertEquals(List.of(bens + " 1", "interests"), heard);
  }
}
