package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.AccountId;
import org.skep.kernel.Announcement;
import org.skep.kernel.Bytes;
import org.skep.kernel.Checked;
import org.skep.kernel.Fact;
import org.skep.kernel.FollowState;
import org.skep.kernel.Lane;
import org.skep.kernel.NetworkId;
import org.skep.kernel.Origin;
import org.skep.kernel.RawItem;
import org.skep.kernel.StoreException;
import org.skep.kernel.Verdict;
import org.skep.kernel.Verdict.Accepted;
import org.skep.kernel.Verdict.Deferred;
import org.skep.kernel.Verdict.Duplicate;
import org.skep.kernel.Verdict.Rejected;
import org.skep.kernel.Verdict.Unwanted;

/** What becomes of one item after another. */
@Timeout(120)
class InboxTest {
  @TempDir Path folder;
  private static final Origin BRINGER = new Origin("@somebody", Lane.BULK);

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

  @Test
  void whatAFollowedAuthorWritesIsAcceptedAndShown() {
    assertInstanceOf(Accepted.class, node.offer(ben.posts("hello")).getFirst());

    assertEquals(List.of("hello"), node.home(ana));
  }

  @Test
  void aDuplicateIsADuplicate() {
    TestAuthor.Written hello = ben.posts("hello");
    node.takes(hello);

    assertEquals(List.of(new Duplicate()), node.offer(hello));
    assertEquals(List.of("hello"), node.home(ana));
  }

  @Test
  void theSameItemTwiceInOneOfferIsTakenOnce() {
    TestAuthor.Written hello = ben.posts("hello");

    List<Verdict> verdicts = node.offer(hello, hello);

    assertInstanceOf(Accepted.class, verdicts.get(0));
    assertEquals(new Duplicate(), verdicts.get(1));
  }

  @Test
  void anUnwantedAuthorIsRejectedAndLeavesNoTrace() {
    TestAuthor stranger = new TestAuthor(TestNode.TOWN, "stranger");
    TestAuthor.Written spam = stranger.posts("buy");

    assertEquals(List.of(new Unwanted()), node.offer(spam));
    assertFalse(node.has(spam.id()));
    assertTrue(
        node.store.read(tx -> node.aliases.find(tx, stranger.name())).isEmpty(),
        "a stranger must not make us keep even a name");
  }

  @Test
  void anUnfollowedAuthorIsNoLongerWanted() {
    node.takes(ben.posts("hello"));
    node.relate(ana, ben.name(), FollowState.NONE);

    assertInstanceOf(Unwanted.class, node.offer(ben.posts("still there?")).getFirst());
  }

  @Test
  void aForgedItemAmongGoodOnesIsJudgedAlone() {
    TestAuthor.Written first = ben.posts("one");
    TestAuthor.Written second = ben.posts("two");
    TestAuthor mallory = new TestAuthor(TestNode.TOWN, "ben");

    List<Verdict> verdicts = node.offer(first, mallory.writes(1, "forged"), second);

    assertInstanceOf(Accepted.class, verdicts.get(0));
    assertEquals(new Rejected("its signature is wrong"), verdicts.get(1));
    assertInstanceOf(Accepted.class, verdicts.get(2));
  }

  @Test
  void anItemThatTripsOurCheckIsJudgedAlone() {
    TestAuthor.Written first = ben.posts("one");
    TestAuthor mallory = new TestAuthor(TestNode.TOWN, "ben");

    List<Verdict> verdicts = node.offer(mallory.writes(1, "crash"), first);

    assertInstanceOf(Rejected.class, verdicts.get(0));
    assertInstanceOf(Accepted.class, verdicts.get(1));
  }

  @Test
  void anItemThatTripsTheViewsIsKeptAndPassedOver() {
    TestAuthor carol = new TestAuthor(TestNode.TOWN, "carol");
    node.follow(ana, carol);
    TestAuthor.Written one = ben.posts("one");
    TestAuthor.Written bad = carol.writes(TestClock.START_MILLIS, "boom");
    TestAuthor.Written two = ben.posts("two");
    TestAuthor.Written three = ben.posts("three");

    List<Verdict> verdicts = node.offer(one, bad, two, three);

    verdicts.forEach(verdict -> assertInstanceOf(Accepted.class, verdict));
    assertTrue(node.has(bad.id()), "what her network takes is no reason to stop her log");
    node.takes(carol.posts("and what she wrote then"));
    assertEquals(List.of("and what she wrote then", "three", "two", "one"), node.home(ana));
    assertInstanceOf(Accepted.class, node.offer(ben.posts("and the inbox lives")).getFirst());
  }

  @Test
  void anItemOfAnUnknownNetworkIsRejected() throws InterruptedException {
    List<Verdict> verdicts =
        node.engine
            .inbox()
            .offer(
                List.of(new RawItem(new NetworkId("mars"), Bytes.ofUtf8("x"))),
                new Origin("peer", Lane.LIVE));

    assertEquals(List.of(new Rejected("this node does not take part in mars")), verdicts);
  }

  @Test
  void aGapIsDeferredAndFollowedUpWhenTheMissingEntryComes() {
    TestAuthor.Written first = ben.posts("one");
    TestAuthor.Written second = ben.posts("two");
    TestAuthor.Written third = ben.posts("three");
    TestAuthor.Written fourth = ben.posts("four");

    assertInstanceOf(Accepted.class, node.offer(first).getFirst());
    assertEquals(
        List.of(new Deferred("the entries before place 4")),
        node.offer(new Origin("early", Lane.BULK), fourth));
    assertEquals(List.of(new Deferred("the entries before place 3")), node.offer(third));
    assertInstanceOf(Accepted.class, node.offer(second).getFirst());

    Await.until("three and four are here", () -> node.has(third.id()) && node.has(fourth.id()));
    assertEquals(0, waiting());
  }

  @Test
  void aLogMayArriveBackwards() {
    List<TestAuthor.Written> log =
        List.of(ben.posts("1"), ben.posts("2"), ben.posts("3"), ben.posts("4"), ben.posts("5"));

    node.offer(log.reversed().toArray(TestAuthor.Written[]::new));

    Await.until("all are here", () -> log.stream().allMatch(entry -> node.has(entry.id())));
    assertEquals(0, waiting());
  }

  @Test
  void anErrorOfOursDoesNotEndTheLane() {
    TestAuthor.Written bad = ben.posts("one");
    node.town.beforeInterpreting(fact -> {
      throw new NoClassDefFoundError("a part of the program is missing");
    });
    assertEquals(new Rejected("this node could not take it in"), node.offer(bad).getFirst());
    node.town.beforeInterpreting(fact -> {});

    assertInstanceOf(Accepted.class, node.offer(bad).getFirst());
  }

  @Test
  void anErrorOverWhatWaitedDoesNotEndTheLane() {
    TestAuthor.Written first = ben.posts("one");
    TestAuthor.Written second = ben.posts("two");
    node.offer(second);
    node.town.beforeInterpreting(fact -> {
      if (fact.content().id().equals(second.id())) {
        throw new NoClassDefFoundError("a part of the program is missing");
      }
    });
    assertInstanceOf(Accepted.class, node.offer(first).getFirst());
    Await.until("nothing waits", () -> waiting() == 0);
    node.town.beforeInterpreting(fact -> {});

    assertInstanceOf(Accepted.class, node.offer(second).getFirst());
  }

  @Test
  void whatWaitedGoesOnThoughTheOwnerWritesAllTheTime() throws Exception {
    TestAuthor.Written first = ben.posts("one");
    TestAuthor.Written second = ben.posts("two");
    TestAuthor.Written third = ben.posts("three");
    node.offer(second, third);
    Judge judge = node.judge();
    node.store.write(
        Lane.BULK,
        tx ->
            judge
                .session(tx, true)
                .judge((Checked.Sound) node.town.check(first.raw().bytes()), BRINGER));
    FutureTask<Integer> own = new FutureTask<>(() -> node.store.write(Lane.OWN, _ -> 1));

    boolean through =
        node.store.write(
            Lane.BULK,
            tx -> {
              Thread.ofVirtual().start(own);
              Await.until("she writes", tx::isAwaited);
              return judge.followUp(new Judge.Log(ben.name(), "")).go(tx, Long.MAX_VALUE);
            });

    assertFalse(through);
    assertTrue(node.has(second.id()));
    assertFalse(node.has(third.id()), "and yet way is made");
    own.get();
  }

  @Test
  void whatWaitedAndTripsTheViewsIsKeptAsWell() {
    TestAuthor.Written first = ben.posts("one");
    TestAuthor.Written second = ben.writes(TestClock.START_MILLIS, "boom");
    node.offer(second);

    assertInstanceOf(Accepted.class, node.offer(first).getFirst());

    Await.until("nothing waits", () -> waiting() == 0);
    assertTrue(node.has(second.id()));
  }

  private long waiting() {
    return node.store.read(tx -> tx.number("SELECT count(*) FROM deferred").orElseThrow());
  }

  @Test
  void aForkIsRejectedInWords() {
    node.takes(ben.posts("one"));
    TestAuthor.Written other = ben.writesBesides(ben.post("another two"));
    node.takes(ben.posts("two"));

    assertEquals(
        List.of(new Rejected("another entry stands at place 2 of this log already")),
        node.offer(other));
  }

  @Test
  void anEntryOnTopOfAForkIsRejectedInWords() {
    TestAuthor twin = new TestAuthor(TestNode.TOWN, "ben");
    twin.posts("another one");
    TestAuthor.Written onTop = twin.posts("another two");
    node.takes(ben.posts("one"));

    assertEquals(
        List.of(new Rejected("it follows another entry than the one at place 1 of this log")),
        node.offer(onTop));
  }

  @Test
  void whatWaitsIsBoundedForEachBringer() {
    ben.posts("one that never comes");
    TestAuthor.Written[] flood = new TestAuthor.Written[Deferrals.WAITING_PER_ORIGIN_MAX + 1];
    for (int i = 0; i < flood.length; i++) {
      flood[i] = ben.posts("n" + i);
    }

    List<Verdict> verdicts = node.offer(new Origin("flooder", Lane.BULK), flood);

    assertTrue(verdicts.subList(0, flood.length - 1).stream().allMatch(Deferred.class::isInstance));
    assertEquals(new Rejected("too much from this side waits already"), verdicts.getLast());
    assertInstanceOf(
        Deferred.class,
        node.offer(new Origin("somebody else", Lane.BULK), flood[flood.length - 1]).getFirst());
  }

  @Test
  void whatWaitsIsBoundedInBytesForEachBringer() {
    ben.posts("one that never comes");
    String filling = "x".repeat(1 << 20);
    TestAuthor.Written[] flood = new TestAuthor.Written[8];
    for (int i = 0; i < flood.length; i++) {
      flood[i] = ben.posts(i + filling);
    }

    List<Verdict> verdicts = node.offer(new Origin("flooder", Lane.BULK), flood);

    assertTrue(verdicts.subList(0, 7).stream().allMatch(Deferred.class::isInstance));
    assertEquals(new Rejected("too much from this side waits already"), verdicts.getLast());
    assertInstanceOf(
        Deferred.class,
        node.offer(new Origin("flooder", Lane.BULK), ben.posts("small")).getFirst());
    assertInstanceOf(
        Deferred.class, node.offer(new Origin("somebody else", Lane.BULK), flood[7]).getFirst());
  }

  @Test
  void whatWaitsIsBoundedInBytesInAll() {
    ben.posts("one that never comes");
    String filling = "x".repeat(4 << 20);
    int room = (int) (Deferrals.WAITING_BYTES_MAX >> 22) - 1;
    for (int i = 0; i < room; i++) {
      Origin somebody = new Origin("bringer " + i, Lane.BULK);
      assertInstanceOf(Deferred.class, node.offer(somebody, ben.posts(i + filling)).getFirst());
    }
    List<Verdict> verdicts =
        node.offer(new Origin("the last", Lane.BULK), ben.posts(filling), ben.posts("small"));

    assertEquals(new Rejected("too much from this side waits already"), verdicts.getFirst());
    assertInstanceOf(Deferred.class, verdicts.getLast());
    assertInstanceOf(
        Rejected.class,
        node.offer(new Origin("turned away", Lane.BULK), ben.posts(filling)).getFirst());
    assertEquals(
        Optional.empty(),
        node.store.read(tx -> tx.number("SELECT 1 FROM origin WHERE words = 'turned away'")));
  }

  @Test
  void whatWaitsAlreadyNeedsNoMoreRoom() {
    ben.posts("one that never comes");
    TestAuthor.Written[] flood = new TestAuthor.Written[Deferrals.WAITING_PER_ORIGIN_MAX];
    for (int i = 0; i < flood.length; i++) {
      flood[i] = ben.posts("n" + i);
    }
    node.offer(new Origin("flooder", Lane.BULK), flood);

    List<Verdict> again = node.offer(new Origin("flooder", Lane.BULK), flood);

    assertTrue(again.stream().allMatch(Deferred.class::isInstance), again::toString);
    assertEquals(flood.length, waiting());
  }

  @Test
  void whatWaitsIsNeitherServedNorShown() {
    TestAuthor.Written first = ben.posts("one");
    ben.posts("two, which never comes");
    TestAuthor.Written third = ben.posts("three");
    node.offer(first, third);

    assertFalse(node.has(third.id()));
    assertEquals(List.of("one"), node.home(ana));
    List<Fact> served = node.store.read(tx -> node.facts.range(tx, ben.name(), "", 0, 100));
    assertEquals(List.of(first.id()), served.stream().map(fact -> fact.content().id()).toList());
  }

  @Test
  void whatWaitsTooLongIsDropped() {
    TestAuthor.Written first = ben.posts("one");
    node.offer(ben.posts("two"));
    TestAuthor carol = new TestAuthor(TestNode.TOWN, "carol");
    node.follow(ana, carol);
    carol.posts("one");
    node.clock.advance(Duration.ofMillis(Deferrals.LIFE_MILLIS + 1));
    node.offer(carol.posts("two"));

    node.takes(first);

    assertEquals(1, waiting());
    assertEquals(List.of("one"), node.home(ana));
  }

  @Test
  void whileTheDiskIsFullWhoBringsSomethingWaits() throws Exception {
    pagesMax(1);
    String much = "x".repeat(100_000);
    FutureTask<List<Verdict>> offer = new FutureTask<>(() -> node.offer(ben.posts(much)));
    Thread.ofVirtual().start(offer);
    Await.until("the disk is full", () -> node.store.trouble().isPresent());
    assertFalse(offer.isDone());

    pagesMax(1_000_000);

    assertInstanceOf(Verdict.Accepted.class, offer.get(60, TimeUnit.SECONDS).getFirst());
    assertEquals(Optional.empty(), node.store.trouble());
    assertEquals(1, node.home(ana).size());
  }

  /** SQLite counts no fewer than there are. */
  private void pagesMax(int pages) {
    node.store.write(Lane.OWN, tx -> tx.run("PRAGMA max_page_count = " + pages));
  }

  @Test
  void theStoresFailureReachesTheOfferer() {
    node.store.close();

    assertThrows(StoreException.class, () -> node.offer(ben.posts("hello")));
  }

  @Test
  void aNewDeclarationOfAFollowedPersonTellsTheProtocols() {
    node.takes(ben.posts("hello"));
    node.heard.clear();

    node.takes(ben.declares(new TestAuthor(TestNode.VILLAGE, "benjamin").name()));

    assertTrue(node.heard.contains(new Announcement.InterestsChanged(ana)), node.heard.toString());
  }
}
