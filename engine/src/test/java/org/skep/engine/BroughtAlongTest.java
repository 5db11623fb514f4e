package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.AccountId;
import org.skep.kernel.Feeds;
import org.skep.kernel.FollowState;
import org.skep.kernel.ProfileField;
import org.skep.kernel.Target;
import org.skep.kernel.Verdict;

/** An identity that was brought along has a past elsewhere, which nothing here may spoil. */
class BroughtAlongTest {
  @TempDir Path folder;
  private TestNode node;
  private Reader reader;
  private AccountId ana;
  private final TestAuthor past = new TestAuthor(TestNode.TOWN, "old-ana");
  private final TestAuthor carol = new TestAuthor(TestNode.TOWN, "carol");

  @BeforeEach
  void open() {
    node = new TestNode(folder);
    reader = node.engine.reader();
    ana = node.engine.actions().createAccount("Ana", Map.of(TestNode.TOWN, "old-ana"));
  }

  @AfterEach
  void close() {
    node.close();
  }

  private Optional<Feeds.Head> town() {
    return node.store.read(tx -> node.facts.head(tx, past.name(), ""));
  }

  @Test
  void nothingIsWrittenOnItBeforeItResumes() {
    node.post(ana, "on the other network");

    assertEquals(Optional.empty(), town());
    assertEquals(
        Map.of(TestNode.TOWN, "The past of old-ana is awaited."), node.engine.logs().resting(ana));
  }

  @Test
  void itsPastIsTakenInAndGoneOnFrom() {
    node.takes(past.posts("long ago"), past.posts("from before"));

    node.engine.actions().resume(ana, TestNode.TOWN, false);
    node.post(ana, "here again");

    assertEquals(Map.of(), node.engine.logs().resting(ana));
    assertEquals(5, town().orElseThrow().sequence(), "its past, who she is, the new post");
    assertEquals(List.of("here again", "from before", "long ago"), node.home(ana));
  }

  @Test
  void whoWroteOnHasStillOnlyOnePastThere() {
    node.takes(past.posts("one"));
    node.engine.actions().resume(ana, TestNode.TOWN, false);

    List<Verdict> verdicts = node.offer(past.posts("written elsewhere afterwards"));

    assertTrue(verdicts.getFirst() instanceof Verdict.Rejected, verdicts::toString);
    assertTrue(node.engine.logs().resting(ana).containsKey(TestNode.TOWN), "it rests again");
  }

  @Test
  void whatDoesNotRestCannotResume() {
    node.engine.actions().resume(ana, TestNode.TOWN, false);

    assertThrows(Refusal.class, () -> node.engine.actions().resume(ana, TestNode.TOWN, false));
    assertThrows(Refusal.class, () -> node.engine.actions().resume(ana, TestNode.VILLAGE, false));
  }

  @Test
  void sheCanBlockWhomShePubliclyFollowedBefore() {
    node.takes(past.relates(carol.name(), FollowState.FOLLOWING));
    Target target = node.engine.composer().person(node.person(carol.name()));

    node.engine.actions().block(ana, target, true, false);

    assertTrue(reader.relationship(ana, node.person(carol.name())).blocking());
  }

  @Test
  void itsPastDoesNotUndoWhatWasSaidSince() {
    node.relate(ana, carol.name(), FollowState.BLOCKING);

    node.takes(
        past.relates(carol.name(), FollowState.FOLLOWING),
        past.describes(ProfileField.NAME, "Ana as she was"));

    assertTrue(reader.relationship(ana, node.person(carol.name())).blocking());
    assertFalse(reader.relationship(ana, node.person(carol.name())).following());
    node.engine.actions().resume(ana, TestNode.TOWN, false);
    assertEquals("Ana", reader.self(ana).name());
    assertTrue(reader.relationship(ana, node.person(carol.name())).blocking());
  }
}
