package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.AccountId;
import org.skep.kernel.FollowState;
import org.skep.kernel.Ref;

/** Who may write where the data folder may be a copy. */
class WhereaboutsTest {
  private static final String FOUND = "It lies at another place.";

  @TempDir Path folder;
  private TestNode node;
  private Whereabouts whereabouts;
  private AccountId ana;
  private final TestAuthor carol = new TestAuthor(TestNode.TOWN, "carol");

  /** Ana's log as it went on after the copy was made. */
  private final TestAuthor lost = new TestAuthor(TestNode.TOWN, "account1");

  @BeforeEach
  void open() {
    node = new TestNode(folder);
    whereabouts = node.engine.whereabouts();
    ana = node.account("Ana");
    node.post(ana, "before");
  }

  @AfterEach
  void close() {
    node.close();
  }

  private long end(TestNetwork network) {
    Ref author = node.identity(ana, network);
    return node.store.read(tx -> node.facts.head(tx, author, "")).orElseThrow().sequence();
  }

  private Optional<String> resting() {
    return Optional.ofNullable(node.engine.logs().resting(ana).get(TestNode.TOWN));
  }

  private void assertSilent() {
    List<Long> before = List.of(end(node.home), end(node.town));
    assertThrows(Refusal.class, () -> node.post(ana, "for all"));
    assertThrows(Refusal.class, () -> node.relate(ana, carol.name(), FollowState.BLOCKING));
    assertEquals(before, List.of(end(node.home), end(node.town)), "her own log is spared, too");
  }

  @Test
  void whileItIsAskedNobodyWritesAndTheLogsRest() {
    whereabouts.ask(FOUND);

    assertSilent();
    assertEquals(Optional.of(FOUND), resting());
    assertThrows(Refusal.class, () -> node.account("Ben"));
    assertThrows(
        Refusal.class, () -> node.engine.actions().resume(ana, TestNode.TOWN, true), "ask first");
    assertEquals(List.of("before"), node.home(ana));

    whereabouts.isTheOne();
    node.post(ana, "after");
    assertEquals(List.of("after", "before"), node.home(ana));
  }

  @Test
  void aCopyIsSilentForThoseWhoLivedThereOnly() {
    whereabouts.ask(FOUND);
    whereabouts.isCopy();

    assertEquals(Optional.empty(), whereabouts.question());
    assertSilent();
    AccountId ben = node.account("Ben");
    node.post(ben, "as myself");
    assertEquals(List.of("as myself"), node.home(ben));
  }

  @Test
  void aCopyStaysOneWhenItIsPutBackAndGoesOnOnlyWhereSheInsists() {
    whereabouts.isCopy();
    whereabouts.rest();

    assertSilent();
    assertTrue(resting().orElseThrow().startsWith("This is a copy"));
    assertThrows(Unsettled.class, () -> node.engine.actions().resume(ana, TestNode.TOWN, false));
    node.engine.actions().resume(ana, TestNode.TOWN, true);
    assertEquals(Optional.empty(), resting());
    whereabouts.rest();
    assertTrue(resting().orElseThrow().startsWith("This Skep was put back"));
  }

  @Test
  void theQuestionStaysUntilTheAnswerIsKept() {
    whereabouts.ask(FOUND);
    whereabouts.rest();

    assertEquals(Optional.of(FOUND), whereabouts.question());
    whereabouts.isTheOne();
    assertTrue(resting().orElseThrow().startsWith("This Skep was put back"));
  }

  @Test
  void whatComesBackAfterwardsIsAwaitedAndGoneOnFrom() {
    lost.goesOnAfter(node.ownFace(ana, node.town));
    whereabouts.ask(FOUND);
    whereabouts.rest();
    whereabouts.isTheOne();
    assertTrue(resting().orElseThrow().contains("put back"));

    node.takes(lost.posts("written since"));
    String words = resting().orElseThrow();
    node.engine.actions().resume(ana, TestNode.TOWN, false);

    assertTrue(words.contains("put back") && !words.contains("came back that"), words);
    assertEquals(Optional.empty(), resting());
    node.post(ana, "here again");
    assertEquals(Set.of("here again", "written since", "before"), Set.copyOf(node.home(ana)));
  }

  @Test
  void whoPutItBackAndIsToldOfMoreInsists() {
    lost.goesOnAfter(node.ownFace(ana, node.town));
    whereabouts.rest();
    lost.posts("that nobody brings");
    node.offer(lost.posts("far ahead"));

    assertThrows(Unsettled.class, () -> node.engine.actions().resume(ana, TestNode.TOWN, false));
    node.engine.actions().resume(ana, TestNode.TOWN, true);
    assertEquals(Optional.empty(), resting());
  }

  @Test
  void whereNobodyLivesThereIsNothingToAsk(@TempDir Path empty) {
    try (TestNode other = new TestNode(empty)) {
      other.engine.whereabouts().ask(FOUND);
      assertEquals(Optional.empty(), other.engine.whereabouts().question());
    }
  }
}
