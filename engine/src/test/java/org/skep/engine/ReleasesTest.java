package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.AccountId;
import org.skep.kernel.Feeds;
import org.skep.kernel.FollowState;
import org.skep.kernel.Lane;
import org.skep.kernel.Tx;

/** What nobody wants any more is let go of, and what somebody wants never is. */
class ReleasesTest {
  @TempDir Path folder;
  private TestNode node;
  private AccountId ana;
  private final TestAuthor ben = new TestAuthor(TestNode.TOWN, "ben");
  private final TestAuthor cid = new TestAuthor(TestNode.TOWN, "cid");
  private TestAuthor.Written first;
  private List<TestAuthor.Written> rest = List.of();

  @BeforeEach
  void open() {
    node = new TestNode(folder);
    ana = node.account("Ana");
    node.follow(ana, ben);
    node.follow(ana, cid);
    first = ben.posts("one");
    rest = List.of(ben.posts("two"), ben.likes(first.id(), true));
    node.takes(first);
    rest.forEach(node::takes);
    node.takes(cid.posts("of Cid's"));
  }

  @AfterEach
  void close() {
    node.close();
  }

  private void release() {
    try {
      node.engine.release((done, total) -> {});
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void leave(TestAuthor author) {
    node.relate(ana, author.name(), FollowState.NONE);
  }

  private boolean has(TestAuthor author) {
    return node.store.read(tx -> node.facts.head(tx, author.name(), "").isPresent());
  }

  @Test
  void aLogIsLetGoOfWhenNobodyWantedItForAWeek() {
    leave(ben);
    release();
    assertTrue(has(ben), "one may change one's mind");
    node.clock.advance(Releases.KEPT);
    release();
    assertFalse(has(ben));
    assertFalse(node.has(first.id()));
    assertTrue(has(cid));
    assertEquals(Optional.empty(), node.engine.reader().postNamed(first.id()));
    List<String> views = node.engine.dumpViews();
    node.rebuild();
    assertEquals(node.engine.dumpViews(), views);
  }

  @Test
  void whoChangesHisMindWithinTheWeekLosesNothing() {
    leave(ben);
    release();
    node.follow(ana, ben);
    release();
    leave(ben);
    node.clock.advance(Releases.KEPT.minusDays(1));
    release();
    node.clock.advance(Releases.KEPT.minusDays(1));
    release();
    assertTrue(has(ben), "the week begins anew");
  }

  @Test
  void whomTheAccountBlocksIsLetGoOfAtOnce() {
    node.relate(ana, ben.name(), FollowState.BLOCKING);
    release();
    assertFalse(has(ben));
  }

  @Test
  void whatAnotherAccountWantsStaysAlsoWhereOneBlocks() {
    AccountId other = node.account("Other");
    node.follow(other, ben);
    node.relate(ana, ben.name(), FollowState.BLOCKING);
    node.clock.advance(Releases.KEPT);
    release();
    node.clock.advance(Releases.KEPT);
    release();
    assertTrue(has(ben));
  }

  @Test
  void ownLogsAreNeverLetGoOf() {
    node.post(ana, "mine");
    release();
    node.clock.advance(Releases.KEPT);
    release();
    assertEquals("mine", node.engine.reader().home(ana, Page.newest(1)).getFirst().text());
  }

  @Test
  void aClockThatWasSetBackBeginsTheWeekAnew() {
    leave(ben);
    release();
    node.clock.setWall(TestClock.START_MILLIS - 1_000_000_000L);
    release();
    node.clock.advance(Releases.KEPT.minusDays(1));
    release();
    assertTrue(has(ben));
  }

  @Test
  void whatAStopCutShortIsMadeGoodTheNextTime() {
    leave(ben);
    release();
    node.clock.advance(Releases.KEPT);
    node.engine.stopRebuilding();
    assertThrows(InterruptedException.class, () -> node.engine.release((done, total) -> {}));
    assertFalse(has(ben), "it is dropped");
    node.close();
    node = new TestNode(folder);
    assertEquals(Optional.empty(), node.engine.reader().postNamed(first.id()));
    node.follow(ana, ben);
    node.takes(first);
    assertTrue(node.engine.reader().postNamed(first.id()).isPresent());
  }

  @Test
  void anIdThatWasLetGoOfIsNeverGivenAgain() {
    Set<Long> given = new HashSet<>(node.store.read(this::ids));
    leave(ben);
    release();
    node.clock.advance(Releases.KEPT);
    release();
    node.follow(ana, ben);
    List<Long> before = node.store.read(this::ids);
    node.takes(first);
    rest.forEach(node::takes);
    node.takes(ben.posts("three"));
    List<Long> fresh = new ArrayList<>(node.store.read(this::ids));
    fresh.removeAll(before);
    assertTrue(fresh.stream().noneMatch(given::contains), () -> fresh + " of " + given);
  }

  private List<Long> ids(Tx tx) {
    return tx.all(row -> row.number(0), "SELECT local_id FROM fact");
  }

  @Test
  void whoSaysThatSheBlocksUsStaysSoThatItIsKnown() {
    node.takes(ben.relates(node.identity(ana, node.town), FollowState.BLOCKING));
    release();
    node.clock.advance(Releases.KEPT);
    release();
    assertTrue(has(ben));
  }

  @Test
  void ofSeveralPeopleNobodySeesWhomAnotherBlocks() {
    node.account("Other");
    node.relate(ana, ben.name(), FollowState.BLOCKING);
    release();
    assertTrue(has(ben), "not at once");
    node.clock.advance(Releases.KEPT);
    release();
    assertFalse(has(ben));
  }

  @Test
  void whatWasLetGoOfComesAgainWhenItIsWanted() {
    leave(ben);
    release();
    node.clock.advance(Releases.KEPT);
    release();
    node.follow(ana, ben);
    node.takes(first);
    assertTrue(node.engine.reader().postNamed(first.id()).isPresent());
    Feeds.Head head = node.store.read(tx -> node.facts.head(tx, ben.name(), "").orElseThrow());
    assertEquals(1, head.sequence());
  }

  @Test
  void theNewestFactOfTheNodeStaysUntilThereIsANewerOne() {
    TestAuthor.Written last = ben.posts("the last of all");
    node.relate(ana, ben.name(), FollowState.FOLLOWING);
    node.takes(last);
    long before = node.store.read(node.facts::lastSeq);
    node.store.write(Lane.OWN, tx -> node.facts.release(tx, ben.name(), "", 100));
    assertEquals(before, node.store.read(node.facts::lastSeq));
    assertTrue(node.has(last.id()));
    node.post(ana, "newer");
    node.store.write(Lane.OWN, tx -> node.facts.release(tx, ben.name(), "", 2));
    assertFalse(node.has(last.id()));
    assertTrue(node.has(first.id()), "from the end, and not more than asked");
  }
}
