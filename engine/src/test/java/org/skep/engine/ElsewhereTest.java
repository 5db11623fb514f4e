package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.AccountId;
import org.skep.kernel.Fact;
import org.skep.kernel.FollowState;
import org.skep.kernel.Lane;
import org.skep.kernel.Origin;
import org.skep.kernel.ProfileField;
import org.skep.kernel.Ref;
import org.skep.kernel.Verdict;

/** Entries of an own log that exist elsewhere: what is signed makes it rest, a claim does not. */
class ElsewhereTest {
  private static final String RISK =
      " Who goes on before all of it is here puts two different entries at one place, and friends"
          + " who have the other one take nothing from you any more.";

  @TempDir Path folder;
  private TestNode node;
  private AccountId ana;
  private Ref own;
  private AcknowledgedDelivery delivery;
  private final TestAuthor ben = new TestAuthor(TestNode.TOWN, "ben");

  /** Ana's log as another computer with her key goes on with it. */
  private final TestAuthor twin = new TestAuthor(TestNode.TOWN, "account1");

  @BeforeEach
  void open() {
    node = new TestNode(folder);
    ana = node.account("Ana");
    own = node.identity(ana, node.town);
    delivery = new AcknowledgedDelivery(node.store, node.aliases, node.facts, node.clock);
    node.follow(ana, ben);
    node.takes(ben.describes(ProfileField.NAME, "Ben"));
    node.post(ana, "mine");
  }

  @AfterEach
  void close() {
    node.close();
  }

  private long end() {
    return node.store.read(tx -> node.facts.head(tx, own, "")).orElseThrow().sequence();
  }

  private Optional<String> resting() {
    return Optional.ofNullable(node.engine.logs().resting(ana).get(TestNode.TOWN));
  }

  private Optional<String> elsewhere() {
    return Optional.ofNullable(node.engine.logs().elsewhere(ana).get(TestNode.TOWN));
  }

  private void resume(boolean insist) {
    node.engine.actions().resume(ana, TestNode.TOWN, insist);
  }

  private String whyNotResumed() {
    return String.valueOf(assertThrows(Unsettled.class, () -> resume(false)).getMessage());
  }

  private Verdict comes(String bringer, TestAuthor.Written entry) {
    return node.offer(new Origin(bringer, Lane.LIVE), entry).getFirst();
  }

  /** Whether a post is written on the network; the other one takes it in any case. */
  private boolean writes(String text) {
    long before = end();
    node.post(ana, text);
    return end() > before;
  }

  @Test
  void whatIsWrittenHereAndComesBackIsNothingNew() {
    Fact face = node.ownFace(ana, node.town);
    TestAuthor.Written same = new TestAuthor.Written(TestEntry.decode(face.content().bytes()));

    assertInstanceOf(Verdict.Duplicate.class, comes(ben.name().id(), same));
    assertEquals(Optional.empty(), resting());
    assertTrue(writes("more"));
  }

  @Test
  void ownEntriesThatAreAheadAreTakenInAndTheIdentityRests() {
    twin.goesOnAfter(node.ownFace(ana, node.town));
    node.takes(twin.posts("written elsewhere"), twin.posts("and another"));

    assertTrue(node.home(ana).contains("written elsewhere"));
    assertEquals(
        Optional.of(
            "Entries of yours came back that were not written here, up to place "
                + end()
                + " of your log. That is right where a backup was put back; else another computer"
                + " writes with your identity. Until you say that all of it is here, nothing new"
                + " is written."),
        resting());
    assertEquals(Optional.empty(), elsewhere(), "all of it is here");
    assertFalse(writes("not there"));
    assertEquals(Map.of(TestNode.TOWN, resting().orElseThrow()), node.engine.logs().resting(ana));

    resume(false);

    assertEquals(Optional.empty(), resting());
    assertTrue(writes("here again"));
    assertThrows(Refusal.class, () -> resume(true), "it rests no more");
  }

  @Test
  void eachFurtherEntryThatWasNotWrittenHereMakesItRestAgain() {
    twin.goesOnAfter(node.ownFace(ana, node.town));
    node.takes(twin.posts("written elsewhere"));
    resume(false);
    node.post(ana, "here again");
    twin.goesOnAfter(node.ownFace(ana, node.town));

    node.takes(twin.posts("and elsewhere again"));

    assertTrue(resting().isPresent());
  }

  @Test
  void anOwnEntryThatWaitsForOthersProvesThatTheyExist() {
    long here = end();
    twin.goesOnAfter(node.ownFace(ana, node.town));
    TestAuthor.Written next = twin.posts("the next");
    twin.posts("one more");
    TestAuthor.Written far = twin.posts("far ahead");

    assertInstanceOf(Verdict.Deferred.class, comes(ben.name().id(), far));

    assertTrue(resting().isPresent());
    String words =
        "An entry of yours at place %d exists elsewhere; here your log ends at place %d."
            .formatted(here + 3, here);
    assertEquals(Optional.of(words), elsewhere());
    assertEquals(words + RISK, whyNotResumed());
    assertFalse(writes("not yet"));
    node.takes(next);
    assertEquals(here + 1, end(), "what is valid is taken in while it rests");
    assertTrue(whyNotResumed().contains("ends at place " + (here + 1)));
  }

  @Test
  void whoInsistsWritesAndIsNotAskedTheSameAgain() {
    twin.goesOnAfter(node.ownFace(ana, node.town));
    twin.posts("lost for ever");
    TestAuthor.Written far = twin.posts("far ahead");
    comes(ben.name().id(), far);

    resume(true);

    assertEquals(Optional.empty(), resting());
    assertTrue(writes("mine again"));
    comes("somebody else", far);
    assertEquals(Optional.empty(), resting(), "this was answered");
    assertTrue(writes("and again"));
    comes(ben.name().id(), twin.posts("farther still"));
    assertTrue(resting().isPresent(), "somebody goes on writing there");
  }

  @Test
  void anOwnLogThatWasForkedRestsAndSaysWhere() {
    long here = end();
    Fact last = node.ownFace(ana, node.town);
    TestAuthor.Written other = twin.posts("at place one");

    assertInstanceOf(Verdict.Rejected.class, comes(ben.name().id(), other));

    assertEquals(
        Optional.of(
            "Your log was written at two places at once, so that friends may have another one than"
                + " this computer. Until you say that it shall go on, nothing new is written."),
        resting());
    String words =
        "Two different entries at place 1 of your log are known: one is here, the other came from"
            + " Ben's computer.";
    assertEquals(Optional.of(words), elsewhere());
    assertFalse(writes("not there"));
    assertEquals(here, end());
    assertEquals(last.content().id(), node.ownFace(ana, node.town).content().id());
    assertEquals(words + RISK, whyNotResumed());

    resume(true);

    assertTrue(writes("mine goes on"));
    comes("somebody else", other);
    assertEquals(Optional.empty(), resting(), "the same entry again adds nothing");
    comes("somebody else", twin.posts("at place two"));
    assertTrue(resting().isPresent(), "another one does");
  }

  @Test
  void aForkIsGraverThanWhatIsOnlyAhead() {
    twin.goesOnAfter(node.ownFace(ana, node.town));
    node.takes(twin.posts("written elsewhere"));
    comes("eve", new TestAuthor(TestNode.TOWN, "account1").posts("at place one"));
    assertTrue(resting().orElseThrow().contains("two places at once"));
    assertTrue(elsewhere().orElseThrow().contains("came from another computer"));

    node.takes(twin.posts("ahead again"));

    assertTrue(resting().orElseThrow().contains("two places at once"));
    assertThrows(Unsettled.class, () -> resume(false));
  }

  @Test
  void aForkedIdentityIsNotSilencedByItsOtherLogForEver() {
    TestAuthor.Written[] others = new TestAuthor.Written[20];
    for (int i = 0; i < others.length; i++) {
      others[i] = twin.posts("other " + i);
    }
    node.offer(others);
    resume(true);
    assertTrue(writes("mine goes on"));

    node.offer(new Origin("everybody who has it", Lane.BULK), others);

    assertEquals(Optional.empty(), resting());
    assertTrue(writes("and on"));
  }

  @Test
  void whatWasAnsweredStaysSoAfterARestart() {
    comes(ben.name().id(), twin.posts("at place one"));
    node.close();
    node = new TestNode(folder);
    assertTrue(resting().isPresent());
    resume(true);
    node.close();
    node = new TestNode(folder);

    assertEquals(Optional.empty(), resting());
  }

  @Test
  void aClaimAloneSilencesNobody() {
    long here = end();
    delivery.acknowledged(ben.name(), own, "", here + 100);

    assertEquals(Optional.empty(), resting());
    assertTrue(writes("nonetheless"));
    assertEquals(
        Optional.of(
            "Ben's computer says that it has your log up to place %d; here your log ends at place"
                    .formatted(here + 100)
                + " %d.".formatted(end())),
        elsewhere());
  }

  @Test
  void ofSeveralClaimsAFriendsIsTold() {
    delivery.acknowledged(new Ref(TestNode.TOWN, "@stranger"), own, "", 1_000_000);
    assertTrue(
        elsewhere().orElseThrow().startsWith("A computer of somebody you don't follow says"));
    assertTrue(elsewhere().orElseThrow().contains("which may be wrong"));

    delivery.acknowledged(ben.name(), own, "", 100);

    assertTrue(elsewhere().orElseThrow().startsWith("Ben's computer says"), elsewhere()::toString);
  }

  @Test
  void whatABlockedPeerClaimsIsNotTold() {
    Ref eve = new Ref(TestNode.TOWN, "@eve");
    delivery.acknowledged(eve, own, "", 1_000_000);
    node.relate(ana, eve, FollowState.BLOCKING);

    assertEquals(Optional.empty(), elsewhere());
  }

  @Test
  void aClaimIsForgottenWhenItIsTakenBackComesTrueOrGetsOld() {
    delivery.acknowledged(ben.name(), own, "", end() + 1);
    delivery.acknowledged(ben.name(), own, "", end());
    assertEquals(Optional.empty(), elsewhere(), "taken back");

    delivery.acknowledged(ben.name(), own, "", end() + 1);
    node.post(ana, "more");
    assertEquals(Optional.empty(), elsewhere(), "we have as much");

    delivery.acknowledged(ben.name(), own, "", end() + 1);
    node.clock.advance(Duration.ofMillis(Claims.LIFE_MILLIS));
    assertEquals(Optional.empty(), elsewhere(), "old");
  }

  @Test
  void ofEachLogSoManyClaimsAreKept() {
    for (int i = 0; i < Claims.PEERS_PER_LOG_MAX + 5; i++) {
      node.clock.advance(Duration.ofMillis(1));
      delivery.acknowledged(new Ref(TestNode.TOWN, "@peer" + i), own, "", 1_000 + i);
    }

    List<Long> kept =
        node.store.read(
            tx -> tx.all(row -> row.number(0), "SELECT sequence FROM claimed ORDER BY sequence"));
    assertEquals(Claims.PEERS_PER_LOG_MAX, kept.size());
    assertEquals(1_005, kept.getFirst());
  }

  @Test
  void strangersClaimsMakeRoomBeforeAFriendsDoes() {
    delivery.acknowledged(ben.name(), own, "", 100);
    for (int i = 0; i < 2 * Claims.PEERS_PER_LOG_MAX; i++) {
      node.clock.advance(Duration.ofMillis(1));
      delivery.acknowledged(new Ref(TestNode.TOWN, "@stranger" + i), own, "", 1_000 + i);
    }

    assertTrue(elsewhere().orElseThrow().startsWith("Ben's computer says"), elsewhere()::toString);
  }

  @Test
  void whoInsistsReckonsWithAllThatAFriendClaimed() {
    comes(ben.name().id(), twin.posts("at place one"));
    long claimed = end() + 3;
    delivery.acknowledged(ben.name(), own, "", claimed);
    assertTrue(elsewhere().orElseThrow().contains("up to place " + claimed));

    resume(true);

    for (long place = 2; place <= claimed; place++) {
      comes(ben.name().id(), twin.posts("at place " + place));
    }
    assertEquals(Optional.empty(), resting(), "she was told how far that log goes");
    comes(ben.name().id(), twin.posts("beyond"));
    assertTrue(resting().isPresent(), "somebody goes on writing there");
  }

  @Test
  void aStrangersClaimDoesNotSilenceTheAlarm() {
    comes(ben.name().id(), twin.posts("at place one"));
    delivery.acknowledged(new Ref(TestNode.TOWN, "@stranger"), own, "", 1_000_000);
    resume(true);

    comes(ben.name().id(), twin.posts("at place two"));

    assertTrue(resting().isPresent());
  }

  @Test
  void whoWasBroughtAlongAndInsistsReckonsWithAFriendsClaimToo() {
    AccountId old = node.engine.actions().createAccount("Old", Map.of(TestNode.TOWN, "old-ana"));
    node.relate(old, ben.name(), FollowState.FOLLOWING);
    TestAuthor past = new TestAuthor(TestNode.TOWN, "old-ana");
    delivery.acknowledged(ben.name(), past.name(), "", 3);
    node.engine.actions().resume(old, TestNode.TOWN, true);
    node.post(old, "here again");

    node.offer(new Origin(ben.name().id(), Lane.LIVE), past.posts("one"), past.posts("two"));

    assertEquals(Map.of(), node.engine.logs().resting(old));
  }

  @Test
  void whoWasBroughtAlongResumesOnlyWithAllThatPeersHaveOrInsists() {
    AccountId old = node.engine.actions().createAccount("Old", Map.of(TestNode.TOWN, "old-ana"));
    TestAuthor past = new TestAuthor(TestNode.TOWN, "old-ana");
    delivery.acknowledged(ben.name(), past.name(), "", 3);
    String why =
        String.valueOf(
            assertThrows(
                    Unsettled.class, () -> node.engine.actions().resume(old, TestNode.TOWN, false))
                .getMessage());
    assertTrue(why.contains("up to place 3, which may be wrong; nothing of your log is here"), why);

    node.takes(past.posts("one"), past.posts("two"), past.posts("three"));

    assertEquals(
        Map.of(TestNode.TOWN, "The past of old-ana is awaited."),
        node.engine.logs().resting(old),
        "what was awaited is no reason of its own");
    node.engine.actions().resume(old, TestNode.TOWN, false);
    assertEquals(Map.of(), node.engine.logs().resting(old));
  }

  @Test
  void whoWasBroughtAlongMayInsist() {
    AccountId old = node.engine.actions().createAccount("Old", Map.of(TestNode.TOWN, "old-ana"));
    TestAuthor past = new TestAuthor(TestNode.TOWN, "old-ana");
    node.takes(past.posts("one"));
    delivery.acknowledged(ben.name(), past.name(), "", 3);
    assertThrows(Unsettled.class, () -> node.engine.actions().resume(old, TestNode.TOWN, false));

    node.engine.actions().resume(old, TestNode.TOWN, true);

    assertEquals(Map.of(), node.engine.logs().resting(old));
  }

  @Test
  void othersRestIsNobodyElsesAffair() {
    AccountId cyd = node.account("Cyd");
    comes(ben.name().id(), twin.posts("at place one"));
    delivery.acknowledged(ben.name(), own, "", 1_000);

    assertEquals(Map.of(), node.engine.logs().resting(cyd));
    assertEquals(Map.of(), node.engine.logs().elsewhere(cyd));
    assertEquals(List.of(TestNode.TOWN), List.copyOf(node.engine.logs().resting(ana).keySet()));
  }
}
