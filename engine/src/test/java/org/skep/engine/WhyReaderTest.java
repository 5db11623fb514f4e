package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.engine.WhyReader.Standing;
import org.skep.kernel.AccountId;
import org.skep.kernel.Diary.Happening;
import org.skep.kernel.FollowState;
import org.skep.kernel.Ref;

/** Why somebody's log is asked for, or is not. */
class WhyReaderTest {
  @TempDir Path folder;
  private TestNode node;
  private AccountId ana;
  private Ref self;
  private final TestAuthor ben = new TestAuthor(TestNode.TOWN, "ben");
  private final TestAuthor cid = new TestAuthor(TestNode.TOWN, "cid");
  private final TestAuthor dan = new TestAuthor(TestNode.TOWN, "dan");
  private final Ref peer = new Ref(TestNode.TOWN, "peer");

  @BeforeEach
  void open() {
    node = new TestNode(folder);
    ana = node.account("Ana");
    self = node.identity(ana, node.town);
    node.follow(ana, ben);
  }

  @AfterEach
  void close() {
    node.close();
  }

  private WhyReader.Log about(AccountId account, Ref person) {
    return node.engine.why().about(account, node.person(person), TestNode.TOWN).getFirst();
  }

  private Standing standing(TestAuthor author) {
    return about(ana, author.name()).standing();
  }

  @Test
  void whoStandsNearIsAskedForAndTheRestHasAReason() {
    node.takes(
        ben.relates(cid.name(), FollowState.FOLLOWING),
        ben.relates(dan.name(), FollowState.BLOCKING));
    assertEquals(Standing.OWN, about(ana, self).standing());
    assertEquals(Standing.FOLLOWED, standing(ben));
    assertEquals(Standing.FRIENDS_FRIEND, standing(cid));
    assertEquals(
        List.of(node.person(ben.name())),
        about(ana, cid.name()).via().stream().map(PersonView::id).toList());
    assertEquals(Standing.STRANGER, standing(dan));
    node.relate(ana, cid.name(), FollowState.BLOCKING);
    assertEquals(Standing.BLOCKED, standing(cid));
  }

  @Test
  void whoIsTooFarOrOutvotedIsToldApart() {
    TestAuthor eve = new TestAuthor(TestNode.TOWN, "eve");
    node.follow(ana, eve);
    node.takes(ben.relates(cid.name(), FollowState.FOLLOWING));
    node.takes(eve.relates(cid.name(), FollowState.BLOCKING));
    assertEquals(Standing.OUTVOTED, standing(cid));
    node.engine.actions().reach(ana, 1);
    assertEquals(Standing.TOO_FAR, standing(cid));
    assertEquals(Standing.FOLLOWED, standing(ben));
    node.engine.actions().reach(ana, 0);
    assertEquals(Standing.TOO_FAR, standing(ben));
  }

  @Test
  void thatSomebodyBlocksTheAccountIsNotTold() {
    node.takes(ben.relates(self, FollowState.BLOCKING));
    assertEquals(Standing.WITHHELD, standing(ben));
  }

  @Test
  void whatIsHereWhatWaitsAndWhereItForksIsTold() {
    node.takes(ben.posts("one"));
    TestAuthor.Written two = ben.posts("two");
    node.offer(ben.posts("three"), ben.posts("four"));
    WhyReader.Log log = about(ana, ben.name());
    assertEquals(1, log.here());
    assertEquals(2, log.waiting());
    assertEquals(Optional.empty(), log.forkedAt());
    node.takes(two);
    Await.until("nothing waits", () -> about(ana, ben.name()).waiting() == 0);
    node.offer(new TestAuthor(TestNode.TOWN, "ben").posts("another one"));
    assertEquals(Optional.of(1L), about(ana, ben.name()).forkedAt());
  }

  @Test
  void whatIsAskedAndHereForOneAccountIsNotToldToAnother() {
    AccountId eve = node.account("Eve");
    node.takes(ben.posts("one"));
    node.engine.diary().happened(ana, ben.name(), peer, new Happening.Asked(1));
    assertEquals(1, about(ana, ben.name()).pages().size());
    WhyReader.Log strangers = about(eve, ben.name());
    assertEquals(Standing.STRANGER, strangers.standing());
    assertEquals(0, strangers.here());
    assertEquals(List.of(), strangers.pages());
    node.follow(eve, ben);
    assertEquals(1, about(eve, ben.name()).here());
    assertEquals(List.of(), about(eve, ben.name()).pages(), "Ana's peers are Ana's");
  }
}
