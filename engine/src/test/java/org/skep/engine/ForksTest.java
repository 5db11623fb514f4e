package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.AccountId;
import org.skep.kernel.Bytes;
import org.skep.kernel.Evidence;
import org.skep.kernel.Fact;
import org.skep.kernel.FollowState;
import org.skep.kernel.Lane;
import org.skep.kernel.LogPosition;
import org.skep.kernel.NewFact;
import org.skep.kernel.Origin;
import org.skep.kernel.Ref;
import org.skep.kernel.Verdict.Accepted;
import org.skep.kernel.Verdict.Deferred;
import org.skep.kernel.Verdict.Rejected;

/** What shows that somebody's log was forked is kept, and goes no farther. */
class ForksTest {
  @TempDir Path folder;
  private TestNode node;
  private AccountId ana;
  private final TestAuthor ben = new TestAuthor(TestNode.TOWN, "ben");

  @BeforeEach
  void open() {
    node = new TestNode(folder);
    ana = node.account("Ana");
    node.follow(ana, ben);
  }

  @AfterEach
  void close() {
    node.close();
  }

  /** A row of evidence as one text. */
  private List<String> evidence() {
    return node.store.read(tx ->
        tx.all(
            row -> row.number(0) + " " + row.text(1) + " " + row.text(2) + " " + row.number(3),
            "SELECT f.place, f.foreign_id, o.words, f.received_ms FROM fork f"
                + " JOIN origin o ON o.number = f.origin ORDER BY f.number"));
  }

  private String seen(long place, TestAuthor.Written entry, String bringer) {
    return place + " " + entry.id().id() + " " + bringer + " " + node.clock.wallMillis();
  }

  private Optional<Long> forkedAt() {
    return new PeopleReader(node.store, node.aliases).forkedAt(node.person(ben.name()));
  }

  /** Nothing of an entry is served or shown, also where all is put together anew. */
  private void isNowhere(TestAuthor.Written entry, String text) {
    assertFalse(node.has(entry.id()));
    List<Fact> served = node.store.read(tx -> node.facts.range(tx, ben.name(), "", 0, 100));
    assertTrue(served.stream().noneMatch(fact -> fact.content().id().equals(entry.id())));
    assertFalse(node.home(ana).contains(text));
    List<String> views = node.engine.dumpViews();
    node.rebuild();
    assertEquals(views, node.engine.dumpViews());
  }

  @Test
  void anotherEntryAtTheEndIsKeptWithWhoBroughtItAndWhen() {
    node.takes(ben.posts("one"));
    TestAuthor.Written other = ben.writesBesides(ben.post("another two"));
    node.takes(ben.posts("two"));

    assertEquals(
        List.of(new Rejected("another entry stands at place 2 of this log already")),
        node.offer(new Origin("eve", Lane.LIVE), other));

    assertEquals(List.of(seen(2, other, "eve")), evidence());
    assertEquals(
        Optional.of(other.raw().bytes()),
        node.store.read(tx -> tx.first(row -> row.bytes(0), "SELECT bytes FROM fork")));
    assertEquals(Optional.of(2L), forkedAt());
    isNowhere(other, "another two");
  }

  @Test
  void anotherEntryDeepInThePastIsKept() {
    TestAuthor.Written other = ben.writesBesides(ben.post("another one"));
    node.takes(ben.posts("one"), ben.posts("two"), ben.posts("three"));

    node.offer(other);

    assertEquals(List.of(seen(1, other, "peer")), evidence());
    isNowhere(other, "another one");
  }

  @Test
  void anEntryOnTopOfAnotherPredecessorShowsThatThatOneExists() {
    TestAuthor twin = new TestAuthor(TestNode.TOWN, "ben");
    twin.posts("another one");
    TestAuthor.Written onTop = twin.posts("another two");
    node.takes(ben.posts("one"));

    node.offer(onTop);

    assertEquals(List.of(seen(1, onTop, "peer")), evidence());
    assertEquals(Optional.of(1L), forkedAt());
    isNowhere(onTop, "another two");
    node.takes(ben.posts("two"));
    assertEquals(List.of("two", "one"), node.home(ana), "one goes on with what was first");
  }

  @Test
  void theSameEntryAgainAddsNothing() {
    TestAuthor.Written other = ben.writesBesides(ben.post("another one"));
    node.takes(ben.posts("one"));

    node.offer(other, other);
    node.offer(new Origin("somebody else", Lane.BULK), other);

    assertEquals(List.of(seen(1, other, "peer")), evidence());
  }

  @Test
  void ofEachLogOnlyTheFirstFewAreKept() {
    TestAuthor.Written[] others = new TestAuthor.Written[Forks.PER_LOG_MAX + 3];
    for (int i = 0; i < others.length; i++) {
      others[i] = ben.writesBesides(ben.post("another " + i));
    }
    node.takes(ben.posts("one"));
    TestAuthor carol = new TestAuthor(TestNode.TOWN, "carol");
    node.follow(ana, carol);
    TestAuthor.Written hers = carol.writesBesides(carol.post("another of Carol's"));
    node.takes(carol.posts("hers"));

    node.offer(others);
    node.offer(hers);

    assertEquals(Forks.PER_LOG_MAX + 1, evidence().size());
    assertEquals(seen(1, others[0], "peer"), evidence().getFirst());
    assertEquals(seen(1, hers, "peer"), evidence().getLast());
  }

  private boolean keeps(Forks forks, Ref author, int length) {
    NewFact entry =
        new NewFact(
            new Ref(TestNode.TOWN, "another by " + author.id()),
            author,
            new LogPosition("", 1, Optional.empty()),
            0,
            Evidence.SELF_SIGNED,
            Bytes.wrap(new byte[length]));
    return node.store.write(Lane.BULK, tx -> forks.keep(tx, entry, 1, "peer", 0));
  }

  @Test
  void inAllSoManyAreKeptAndOwnLogsAlwaysHaveRoom() {
    Forks forks = new Forks(node.aliases);
    for (int i = 0; i < Forks.OTHERS_MAX; i++) {
      assertTrue(keeps(forks, new Ref(TestNode.TOWN, "@author" + i), 1));
    }

    assertFalse(keeps(forks, ben.name(), 1));
    assertTrue(keeps(forks, node.identity(ana, node.town), 1));
  }

  @Test
  void inAllSoManyBytesAreKept() {
    Forks forks = new Forks(node.aliases);
    assertTrue(keeps(forks, ben.name(), (int) Forks.OTHERS_BYTES_MAX - 10));

    assertFalse(keeps(forks, new Ref(TestNode.TOWN, "@long"), 11));
    assertTrue(keeps(forks, new Ref(TestNode.TOWN, "@short"), 10));
    assertTrue(keeps(forks, node.identity(ana, node.town), 11));
  }

  @Test
  void whatIsForgedOrUnwantedIsNoEvidence() {
    TestAuthor.Written forged = ben.writesBesides(ben.post("another one"));
    TestAuthor.Written badly =
        new TestAuthor.Written(
            new TestEntry(
                ben.name(),
                forged.entry().position(),
                forged.entry().claimedMillis(),
                "forged",
                List.of()));
    TestAuthor stranger = new TestAuthor(TestNode.TOWN, "stranger");
    node.takes(ben.posts("one"));

    node.offer(badly, stranger.posts("hello"));

    assertEquals(List.of(), evidence());
    assertEquals(Optional.empty(), forkedAt());
  }

  @Test
  void whatWaitedForAPlaceThatAnotherTookIsEvidence() {
    TestAuthor.Written first = ben.posts("one");
    TestAuthor.Written other = ben.writesBesides(ben.post("another two"));
    TestAuthor.Written second = ben.posts("two");
    assertInstanceOf(Deferred.class, node.offer(new Origin("eve", Lane.BULK), other).getFirst());

    assertInstanceOf(Accepted.class, node.offer(first, second).getLast());

    Await.until("it was judged", () -> evidence().equals(List.of(seen(2, other, "eve"))));
    assertEquals(Optional.of(2L), forkedAt());
    isNowhere(other, "another two");
  }

  @Test
  void whatWaitedAndCameByAnotherRoadIsNoEvidence() {
    TestAuthor.Written first = ben.posts("one");
    TestAuthor.Written second = ben.posts("two");
    node.offer(new Origin("eve", Lane.BULK), second);
    node.takes(first);
    Await.until("nothing waits", () -> waiting() == 0);

    assertTrue(node.has(second.id()));
    assertEquals(List.of(), evidence());
  }

  private long waiting() {
    return node.store.read(tx -> tx.number("SELECT count(*) FROM deferred").orElseThrow());
  }

  @Test
  void evidenceGoesWithItsLog() throws Exception {
    TestAuthor.Written other = ben.writesBesides(ben.post("another one"));
    TestAuthor.Written first = ben.posts("one");
    node.takes(first);
    node.offer(other);
    assertEquals(1, evidence().size());

    node.relate(ana, ben.name(), FollowState.BLOCKING);
    node.engine.release((done, total) -> {});

    assertFalse(node.has(first.id()));
    assertEquals(List.of(), evidence());
    assertEquals(Optional.empty(), forkedAt());
  }
}
