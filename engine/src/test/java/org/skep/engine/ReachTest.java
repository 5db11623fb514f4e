package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.AccountId;
import org.skep.kernel.Announcement;
import org.skep.kernel.FollowState;
import org.skep.kernel.Lane;
import org.skep.kernel.Policy;
import org.skep.kernel.Ref;
import org.skep.kernel.Store;
import org.skep.kernel.Verdict;

/** Whose logs an account wants: friends', and friends' friends'. */
class ReachTest {
  @TempDir Path folder;
  private TestNode node;
  private Reach reach;
  private Policy policy;
  private AccountId ana;
  private Ref self;
  private final TestAuthor ben = new TestAuthor(TestNode.TOWN, "ben");
  private final TestAuthor cid = new TestAuthor(TestNode.TOWN, "cid");
  private final TestAuthor dan = new TestAuthor(TestNode.TOWN, "dan");
  private final TestAuthor eve = new TestAuthor(TestNode.TOWN, "eve");

  @BeforeEach
  void open() {
    node = new TestNode(folder);
    reach = new Reach(node.aliases, node.vault);
    policy = new AccountPolicy(node.aliases, node.vault);
    ana = node.account("Ana");
    self = node.identity(ana, node.town);
    node.follow(ana, ben);
  }

  @AfterEach
  void close() {
    node.close();
  }

  /** Asked in both ways, which must agree about everybody. */
  private Set<Ref> wanted() {
    return node.store.read(tx -> {
      Set<Ref> wanted = new HashSet<>(policy.wanted(tx, ana, TestNode.TOWN));
      Reach.Asking asking = reach.asking(tx);
      for (TestAuthor author : List.of(ben, cid, dan, eve)) {
        assertEquals(
            wanted.contains(author.name()), asking.isWanted(author.name()), author.name()::id);
      }
      wanted.remove(self);
      return wanted;
    });
  }

  /** A plan instead of a time: at 60,000 names the other one took 1.5 s for 500 people. */
  @Test
  void whomAnAccountWantsIsLookedUpByNumberHoweverManyNamesAreKnown() {
    List<String> steps =
        node.store.read(tx ->
            tx.all(
                row -> row.text(3),
                "EXPLAIN QUERY PLAN " + AccountPolicy.NAMES,
                "[1,2,3]",
                TestNode.TOWN.name()));
    assertTrue(steps.contains("SEARCH a USING INTEGER PRIMARY KEY (rowid=?)"), steps::toString);
    assertTrue(steps.getFirst().startsWith("SCAN j "), steps::toString);
  }

  private void hops(int hops) {
    node.store.write(
        Lane.OWN,
        tx -> {
          reach.setHops(tx, ana, hops);
          return hops;
        });
  }

  @Test
  void friendsAndWhomTheyFollowAreWantedAndNobodyFurther() {
    node.takes(ben.relates(cid.name(), FollowState.FOLLOWING));
    node.takes(cid.relates(dan.name(), FollowState.FOLLOWING), cid.posts("a friend's friend"));
    assertEquals(Set.of(ben.name(), cid.name()), wanted());
    assertInstanceOf(Verdict.Unwanted.class, node.offer(dan.posts("too far")).getFirst());
  }

  @Test
  void friendsFriendsAreNotShownAmongOnesOwn() {
    node.takes(ben.relates(cid.name(), FollowState.FOLLOWING));
    node.takes(cid.posts("a friend's friend"), ben.posts("a friend"));
    List<String> home =
        node.engine.reader().home(ana, Page.newest(10)).stream().map(PostView::text).toList();
    assertEquals(List.of("a friend"), home);
  }

  @Test
  void theAccountChoosesHowFarItReaches() {
    node.takes(ben.relates(cid.name(), FollowState.FOLLOWING));
    hops(1);
    assertEquals(Set.of(ben.name()), wanted());
    hops(0);
    assertEquals(Set.of(), wanted());
    hops(2);
    assertEquals(Set.of(ben.name(), cid.name()), wanted());
    assertThrows(Refusal.class, () -> hops(3));
    assertThrows(Refusal.class, () -> hops(-1));
  }

  @Test
  void whoIsFollowedNoMoreByAnyFriendIsNotWanted() {
    node.takes(ben.relates(cid.name(), FollowState.FOLLOWING));
    node.takes(ben.relates(cid.name(), FollowState.NONE));
    assertEquals(Set.of(ben.name()), wanted());
  }

  @Test
  void whomTheAccountBlocksIsNotWantedHoweverManyFollowHer() {
    node.takes(ben.relates(cid.name(), FollowState.FOLLOWING));
    node.relate(ana, cid.name(), FollowState.BLOCKING);
    assertEquals(Set.of(ben.name()), wanted());
  }

  @Test
  void asManyBlocksAsFollowsOfFriendsKeepAStrangerOut() {
    node.follow(ana, dan);
    node.takes(ben.relates(cid.name(), FollowState.FOLLOWING));
    node.takes(dan.relates(cid.name(), FollowState.BLOCKING));
    assertEquals(Set.of(ben.name(), dan.name()), wanted());
    node.follow(ana, eve);
    node.takes(eve.relates(cid.name(), FollowState.FOLLOWING));
    assertTrue(wanted().contains(cid.name()));
  }

  @Test
  void whatAFriendsFriendSaysOfAnotherCountsForNothing() {
    node.takes(ben.relates(cid.name(), FollowState.FOLLOWING));
    node.takes(cid.relates(ben.name(), FollowState.BLOCKING));
    assertEquals(Set.of(ben.name(), cid.name()), wanted());
  }

  private boolean wouldWant(TestAuthor author) {
    Boolean answer = node.store.read(tx -> policy.wouldWant(tx, ana, author.name()));
    assertEquals(answer, isTakenFrom(author, author.name().id()));
    assertFalse(isTakenFrom(author, "somebody else"));
    return answer;
  }

  private boolean isTakenFrom(TestAuthor author, String peer) {
    Origin from = new Origin(peer, Lane.LIVE);
    return node.store.<Boolean>read(tx -> reach.asking(tx).isTaken(author.name(), from));
  }

  @Test
  void whoBlocksTheAccountInPublicIsNotAskedForButMayTakeItBack() {
    node.takes(ben.relates(self, FollowState.BLOCKING));
    assertEquals(Set.of(), wanted());
    assertTrue(wouldWant(ben));

    node.takes(ben.relates(self, FollowState.NONE));
    assertEquals(Set.of(ben.name()), wanted());
    assertFalse(node.store.read(tx -> policy.wouldWant(tx, ana, ben.name())).booleanValue());
  }

  @Test
  void whoBlocksTheAccountAndIsNotFollowedIsNotHeard() {
    node.takes(ben.relates(cid.name(), FollowState.FOLLOWING));
    node.takes(cid.relates(self, FollowState.BLOCKING));
    assertEquals(Set.of(ben.name()), wanted());
    assertFalse(wouldWant(cid));
    assertInstanceOf(Verdict.Unwanted.class, node.offer(cid.posts("not for you")).getFirst());
  }

  @Test
  void whoBlocksSomebodyInPublicIsKnownToHaveSaidSo() {
    node.takes(ben.relates(cid.name(), FollowState.BLOCKING));
    node.relate(ana, cid.name(), FollowState.BLOCKING);
    Set<Ref> blockers = node.store.read(tx -> policy.blockersOf(tx, cid.name()));
    assertEquals(Set.of(ben.name()), blockers, "what the account said to nobody stays so");
    Set<Ref> nobody = node.store.read(tx -> policy.blockersOf(tx, dan.name()));
    assertEquals(Set.of(), nobody);
  }

  @Test
  void everyIdentityOfAFriendsFriendIsWanted() {
    TestAuthor elsewhere = new TestAuthor(TestNode.TOWN, "cid elsewhere");
    node.takes(ben.relates(cid.name(), FollowState.FOLLOWING));
    node.takes(cid.declares(elsewhere.name()));
    assertFalse(wanted().contains(elsewhere.name()), "she said it alone");
    node.takes(ben.relates(elsewhere.name(), FollowState.FOLLOWING));
    node.takes(elsewhere.declares(cid.name()));
    node.takes(ben.relates(elsewhere.name(), FollowState.NONE));
    assertTrue(wanted().contains(elsewhere.name()), "both said it");
  }

  @Test
  void aChangeIsAnnouncedToThoseWhomItConcerns() {
    AccountId other = node.account("Other");
    List<Announcement> heard = new ArrayList<>();
    try (Store.Subscription _ = node.store.subscribe(heard::add)) {
      node.takes(ben.relates(cid.name(), FollowState.FOLLOWING));
      node.store.write(Lane.OWN, tx -> 1);
    }
    assertTrue(heard.contains(new Announcement.InterestsChanged(ana)));
    assertFalse(heard.contains(new Announcement.InterestsChanged(other)));
  }
}
