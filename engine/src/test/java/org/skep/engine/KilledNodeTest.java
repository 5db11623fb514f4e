package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.AccountId;
import org.skep.kernel.Audience;
import org.skep.kernel.Checked;
import org.skep.kernel.Intent;
import org.skep.kernel.Lane;
import org.skep.kernel.Verdict;

/** What is there after the process was killed without warning. */
class KilledNodeTest {
  private static final AccountId ANA = new AccountId(1);

  @TempDir Path folder;

  @Test
  void everyAcceptedEntryIsThereAfterKill9() throws Exception {
    List<String> said = KilledNode.runAndKill(folder, "flood", 20);

    try (TestNode node = new TestNode(folder)) {
      TestAuthor ben = KilledNode.author();
      for (int i = 0; i < said.size(); i++) {
        assertTrue(said.get(i).startsWith("verdict Accepted"), said.get(i));
        TestAuthor.Written entry = ben.posts("n" + i);
        assertTrue(node.has(entry.id()), "entry " + i + " was accepted and is gone");
        assertEquals("n" + i, node.view(ANA, entry.id()).text());
      }
    }
  }

  @Test
  void deferredSurvivesKill9() throws Exception {
    List<String> said = KilledNode.runAndKill(folder, "gap", 2);
    assertTrue(
        said.stream().allMatch(line -> line.startsWith("verdict Deferred")), said.toString());

    try (TestNode node = new TestNode(folder)) {
      TestAuthor ben = KilledNode.author();
      assertInstanceOf(Verdict.Accepted.class, node.offer(ben.posts("one")).getFirst());
      TestAuthor.Written second = ben.posts("two");
      TestAuthor.Written third = ben.posts("three");
      Await.until("what waited is here", () -> node.has(second.id()) && node.has(third.id()));
      assertEquals(List.of("three", "two", "one"), node.home(ANA));
    }
  }

  @Test
  void thatAnOwnLogWasForkedIsKnownAfterKill9() throws Exception {
    List<String> said = KilledNode.runAndKill(folder, "forked", 1);
    assertTrue(said.getFirst().startsWith("verdict Rejected"), said.toString());

    try (TestNode node = new TestNode(folder)) {
      assertTrue(node.engine.logs().resting(ANA).containsKey(TestNode.TOWN));
      Actions.Done done = node.engine.actions().act(ANA, hello());
      assertTrue(done.notDone().containsKey(TestNode.TOWN), done::toString);
    }
  }

  private static Intent hello() {
    return new Intent.Post(Audience.ANYBODY, "hello", Optional.empty(), "", List.of(), List.of());
  }

  @Test
  void whatNeedNotWaitAnyLongerIsTakenUpAtTheNextStart() throws Exception {
    TestAuthor ben = KilledNode.author();
    TestAuthor.Written first = ben.posts("one");
    TestAuthor.Written second = ben.posts("two");
    try (TestNode node = new TestNode(folder)) {
      node.follow(node.account("Ana"), ben);
      node.offer(second);
      node.engine.close();
      // As if the process had died between the two transactions.
      Recorder recorder = node.recorder(node.projections(Engine.views(node.aliases)));
      node.store.write(
          Lane.LIVE,
          tx ->
              recorder.record(
                  tx, (Checked.Sound) node.town.check(first.raw().bytes()), true, "peer", true));
    }

    try (TestNode node = new TestNode(folder)) {
      Await.until("what waited is here", () -> node.has(second.id()));
    }
  }

  @Test
  void aCrashBetweenRowsAndOffsetChangesNothing() throws Exception {
    List<String> said = KilledNode.runAndKill(folder, "halfway", 2);
    assertEquals("halfway", said.get(1));

    try (TestNode node = new TestNode(folder)) {
      TestAuthor ben = KilledNode.author();
      ben.posts("one");
      TestAuthor.Written second = ben.posts("two");
      assertFalse(node.has(second.id()));
      assertEquals(List.of("one"), node.home(ANA));
      List<String> before = node.engine.dumpViews();
      node.rebuild();
      assertEquals(before, node.engine.dumpViews());
      assertInstanceOf(Verdict.Accepted.class, node.offer(second).getFirst());
      assertTrue(node.home(ANA).contains("two"));
    }
  }
}
