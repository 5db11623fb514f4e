package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.AccountId;
import org.skep.kernel.Announcement;
import org.skep.kernel.DiskException;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.FollowState;
import org.skep.kernel.Intent;
import org.skep.kernel.Lane;
import org.skep.kernel.PostId;
import org.skep.kernel.Ref;

/** What is written waits a while, and is right here at once. */
class HoldBackTest {
  private static final Duration A_MINUTE = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private TestNode node;
  private AccountId ana;

  @BeforeEach
  void open() {
    node = new TestNode(folder);
    ana = node.account("Ana");
    node.engine.actions().holdBack(ana, 60);
  }

  @AfterEach
  void close() {
    node.close();
  }

  /** What the account's log in town says, one line for each entry. */
  private List<DomainEvent> inTown() {
    Ref author = node.identity(ana, node.town);
    return node.store.read(tx -> node.facts.range(tx, author, "", 0, 1_000)).stream()
        .flatMap(fact -> TestEntry.decode(fact.content().bytes()).events().stream())
        .toList();
  }

  private List<String> saidInTown() {
    return inTown().stream()
        .filter(DomainEvent.PostPublished.class::isInstance)
        .map(event -> ((DomainEvent.PostPublished) event).text())
        .toList();
  }

  private Optional<PostView.Held> held(PostId id) {
    return node.engine.reader().post(ana, id).flatMap(PostView::held);
  }

  private void awaitOut(PostId id) {
    Await.until("it went out", () -> held(id).isEmpty());
  }

  @Test
  void aPostIsHereAtOnceAndGoesOutWhenItsTimeHasCome() {
    PostId id = node.post(ana, "hello");
    assertEquals(List.of("hello"), node.home(ana));
    assertEquals(List.of(), saidInTown());
    assertEquals(TestClock.START_MILLIS + 60_000, held(id).orElseThrow().dueMillis());
    node.clock.advance(A_MINUTE);

    awaitOut(id);
    assertEquals(List.of("hello"), saidInTown());
    assertEquals(3, node.engine.reader().post(ana, id).orElseThrow().names().size());
    assertEquals(List.of("hello"), node.home(ana), "it is one post all the same");
  }

  @Test
  void aDiskThatTakesNothingIsNoFaultOfThePost() {
    PostId id = node.post(ana, "hello");
    AtomicInteger tries = new AtomicInteger();
    node.town.beforeWriting(() -> {
      if (tries.incrementAndGet() < 3) {
        throw new DiskException("the disk is full", new IOException("no space"));
      }
    });
    node.clock.advance(A_MINUTE);
    Await.until(
        "it was tried again soon",
        () -> {
          node.clock.advance(Duration.ofMillis(5));
          return tries.get() >= 3;
        });

    awaitOut(id);
    assertEquals(List.of("hello"), saidInTown());
    long waited = node.clock.wallMillis() - TestClock.START_MILLIS;
    assertTrue(waited < 2 * A_MINUTE.toMillis(), "it was not put off");
  }

  @Test
  void whatIsDeletedInTimeNeverGoesOut() {
    PostId undone = node.post(ana, "oh no");
    int before = inTown().size();
    node.engine.actions().act(ana, node.engine.composer().delete(ana, undone));
    PostId other = node.post(ana, "better");
    node.clock.advance(A_MINUTE);

    awaitOut(other);
    assertEquals(List.of("better"), saidInTown());
    assertEquals(before + 1, inTown().size(), "not even that something was deleted");
    assertEquals(List.of("better"), node.home(ana));
  }

  @Test
  void whatIsSaidAnewInTimeGoesOutInItsNewWordsAlone() {
    PostId id = node.post(ana, "helo");
    node.engine.actions().act(ana, node.engine.composer().edit(ana, id, "hello", "", List.of()));
    node.clock.advance(A_MINUTE);

    awaitOut(id);
    assertEquals(List.of("hello"), saidInTown());
    assertFalse(inTown().stream().anyMatch(DomainEvent.Edited.class::isInstance));
    node.engine.actions().act(ana, node.engine.composer().edit(ana, id, "hello!", "", List.of()));
    assertTrue(inTown().getLast() instanceof DomainEvent.Edited, "later changes are told at once");
  }

  /** Somebody prepared to delete while the post was held, and it went out in between. */
  @Test
  void whatWentOutMeanwhileIsTakenBackWhereItWent() {
    PostId id = node.post(ana, "hello");
    Intent.Delete delete = node.engine.composer().delete(ana, id);
    node.clock.advance(A_MINUTE);
    awaitOut(id);
    node.engine.actions().act(ana, delete);

    assertTrue(inTown().getLast() instanceof DomainEvent.Deleted);
  }

  @Test
  void anAnswerToWhatIsHeldGoesOutBehindIt() {
    PostId first = node.post(ana, "first");
    node.clock.advance(Duration.ofSeconds(30));
    node.engine.actions().holdBack(ana, 0);
    PostId second = node.post(ana, "second", Optional.of(first));
    assertEquals(
        held(first).map(PostView.Held::dueMillis), held(second).map(PostView.Held::dueMillis));
    node.clock.advance(Duration.ofSeconds(30));

    awaitOut(second);
    assertEquals(List.of("first", "second"), saidInTown());
    DomainEvent.PostPublished answer = (DomainEvent.PostPublished) inTown().getLast();
    Ref root = node.engine.reader().post(ana, first).orElseThrow().names().get(1);
    assertEquals(Optional.of(root), answer.root());
    assertEquals(List.of(root), answer.parents());
  }

  @Test
  void likesAndFollowsAreNotHeldAndWhatIsHeldCanNotBeLikedYet() {
    TestAuthor ben = new TestAuthor(TestNode.TOWN, "ben");
    node.follow(ana, ben);
    assertTrue(inTown().getLast() instanceof DomainEvent.Related);
    PostId id = node.post(ana, "hello");
    assertThrows(
        Refusal.class,
        () -> node.engine.actions().act(ana, node.engine.composer().boost(id, true)));
  }

  @Test
  void itSurvivesARestart() {
    PostId id = node.post(ana, "hello");
    node.close();
    node = new TestNode(folder);
    assertTrue(held(id).isPresent());
    assertEquals(60, node.engine.reader().holdBackSeconds(ana));
    node.clock.advance(A_MINUTE);

    awaitOut(id);
    assertEquals(List.of("hello"), saidInTown());
  }

  @Test
  void aNodeThatSleptThroughItsTimeLetsItOutAtOnce() {
    PostId id = node.post(ana, "hello");
    node.close();
    node = new TestNode(folder);
    node.clock.setWall(TestClock.START_MILLIS + Duration.ofDays(3).toMillis());
    node.clock.advance(A_MINUTE);

    awaitOut(id);
    assertEquals(List.of("hello"), saidInTown());
  }

  @Test
  void aClockThatIsSetBackByYearsKeepsNothing() {
    PostId id = node.post(ana, "hello");
    awaitALook();
    node.clock.setWall(TestClock.START_MILLIS - Duration.ofDays(3_000).toMillis());
    node.clock.advance(A_MINUTE);

    awaitOut(id);
    assertEquals(List.of("hello"), saidInTown());
  }

  /** Of somebody else, held for a second and out: whatever is held has been looked at since. */
  private void awaitALook() {
    AccountId ben = node.account("Ben" + looks++);
    node.engine.actions().holdBack(ben, 1);
    PostId id = node.post(ben, "tick");
    node.clock.advance(Duration.ofSeconds(1));
    Await.until(
        "it went out", () -> node.engine.reader().post(ben, id).orElseThrow().held().isEmpty());
  }

  private int looks;

  @Test
  void aClockThatIsPutForwardLetsNothingOutEarly() {
    PostId id = node.post(ana, "hello");
    awaitALook();
    node.clock.setWall(TestClock.START_MILLIS + Duration.ofDays(3_000).toMillis());
    awaitALook();
    assertTrue(held(id).isPresent());
    assertEquals(List.of(), saidInTown());
    node.clock.advance(A_MINUTE);

    awaitOut(id);
  }

  @Test
  void aClockThatWasSetBackMeanwhileLetsNothingOutEarly() {
    PostId id = node.post(ana, "hello");
    node.close();
    node = new TestNode(folder);
    node.clock.setWall(TestClock.START_MILLIS - Duration.ofMinutes(45).toMillis());
    awaitALook();
    assertTrue(held(id).isPresent());
    assertEquals(List.of(), saidInTown());
    node.clock.advance(A_MINUTE);

    awaitOut(id);
  }

  @Test
  void whatNoNetworkWouldTakeIsRefusedAtOnce() {
    node.town.refuse("too long");
    node.village.refuse("too long");

    assertThrows(Refusal.class, () -> node.post(ana, "hello"));
    assertEquals(List.of(), node.home(ana));
  }

  @Test
  void newWordsThatNoNetworkWouldTakeAreRefusedAtOnce() {
    PostId id = node.post(ana, "hello");
    node.town.refuse("too long");
    node.village.refuse("too long");
    Intent edit = node.engine.composer().edit(ana, id, "hello you all", "", List.of());

    assertThrows(Refusal.class, () -> node.engine.actions().act(ana, edit));
    assertEquals(List.of("hello"), node.home(ana));
    node.town.allow();
    node.engine.actions().act(ana, edit);
    assertEquals(List.of("hello you all"), node.home(ana));
    assertEquals(List.of(), saidInTown(), "it was only tried");
  }

  @Test
  void anAnswerToWhatIsHeldThatNoNetworkWouldTakeIsRefusedAtOnce() {
    PostId first = node.post(ana, "first");
    node.town.refuse("too long");
    node.village.refuse("too long");

    assertThrows(Refusal.class, () -> node.post(ana, "second", Optional.of(first)));
    assertEquals(List.of("first"), node.home(ana));
  }

  @Test
  void anAnswerWhoseThreadIsDeletedMeanwhileIsAnAnswerAllTheSame() {
    TestAuthor ben = new TestAuthor(TestNode.TOWN, "ben");
    node.follow(ana, ben);
    TestAuthor.Written question = ben.posts("a question");
    node.takes(question);
    PostId answer = node.post(ana, "an answer", Optional.of(node.id(question.id())));
    node.takes(ben.deletes(question.id()));
    node.clock.advance(A_MINUTE);

    awaitOut(answer);
    DomainEvent.PostPublished said = (DomainEvent.PostPublished) inTown().getLast();
    assertEquals(Optional.of(question.id()), said.root());
    assertEquals(question.id(), said.parents().getFirst());
  }

  @Test
  void aLetterWhoseThreadIsDeletedMeanwhileIsAnAnswerAllTheSame() {
    TestAuthor ben = new TestAuthor(TestNode.TOWN, "ben");
    node.follow(ana, ben);
    List<Ref> both = List.of(ben.name(), node.identity(ana, node.town));
    TestAuthor.Written question =
        ben.writes(
            TestClock.START_MILLIS - 1_000,
            TestNetwork.TO + both.get(1).id(),
            ben.sealedPost("a question", Optional.empty(), both));
    node.takes(question);
    Await.until(
        "the letter was opened", () -> node.engine.reader().postNamed(question.id()).isPresent());
    Intent.Letter letter =
        node.engine
            .composer()
            .letter(ana, List.of(), "an answer", Optional.of(node.id(question.id())), "");
    PostId answer = node.id(node.engine.actions().act(ana, letter).operation().content().id());
    node.takes(ben.deletes(question.id()));
    assertTrue(node.engine.reader().postNamed(question.id()).isEmpty());
    node.clock.advance(A_MINUTE);

    awaitOut(answer);
    DomainEvent.PostPublished said = (DomainEvent.PostPublished) inTown().getLast();
    assertEquals("an answer", said.text());
    assertEquals(Optional.of(question.id()), said.root());
  }

  /** What never went out nobody else can look for. */
  @Test
  void anAnswerToWhatIsUndoneGoesOutByItself() {
    PostId first = node.post(ana, "first");
    PostId second = node.post(ana, "second", Optional.of(first));
    node.engine.actions().act(ana, node.engine.composer().delete(ana, first));
    node.clock.advance(A_MINUTE);

    awaitOut(second);
    assertEquals(List.of("second"), saidInTown());
    assertEquals(Optional.empty(), ((DomainEvent.PostPublished) inTown().getLast()).root());
  }

  @Test
  void aSentenceThatStandsForLostWordsIsSaidToNobody() {
    PostId id = node.post(ana, "hello");
    long operation =
        node.store
            .read(tx -> tx.number("SELECT alias FROM {posts.face} WHERE post = ?", id.value()))
            .orElseThrow();
    node.store.write(
        Lane.OWN,
        tx -> tx.run("UPDATE fact SET compression = 0, bytes = x'00' WHERE alias = ?", operation));
    PostView shown = node.engine.reader().post(ana, id).orElseThrow();
    assertEquals("(These words are not here any more.)", shown.text());
    assertEquals("", shown.ownWords());
    node.clock.advance(A_MINUTE);
    Await.until("that is told", () -> !held(id).orElseThrow().trouble().isEmpty());
    assertEquals(
        "The disk did not keep its words, so that nobody gets it. Say them anew, or delete it.",
        held(id).orElseThrow().trouble());
    assertEquals(List.of(), saidInTown());
    node.engine.actions().act(ana, node.engine.composer().edit(ana, id, "again", "", List.of()));
    node.clock.advance(A_MINUTE);
    awaitOut(id);
    assertEquals(List.of("again"), saidInTown());
  }

  @Test
  void whatCanNotGoOutWhenItIsDueSaysWhyAndIsTriedAgain() {
    PostId id = node.post(ana, "hello");
    PostId later = node.post(ana, "and so on");
    node.town.refuse("the town sleeps.");
    node.village.refuse("the village, too.");
    node.clock.advance(A_MINUTE);
    Await.until("that is told", () -> !held(id).orElseThrow().trouble().isEmpty());
    assertEquals("the town sleeps. the village, too.", held(id).orElseThrow().trouble());
    assertTrue(node.heard.contains(new Announcement.PostChanged(later)), "its time is another");
    assertTrue(node.heard.contains(new Announcement.PostChanged(id)));

    node.town.allow();
    node.clock.advance(A_MINUTE);
    awaitOut(later);
    assertEquals(List.of("hello", "and so on"), saidInTown());
  }

  @Test
  void nothingOvertakesWhatCouldNotGoOut() {
    PostId first = node.post(ana, "first");
    node.town.refuse("the town sleeps.");
    node.village.refuse("the village, too.");
    node.clock.advance(A_MINUTE);
    Await.until("that is told", () -> !held(first).orElseThrow().trouble().isEmpty());
    node.town.allow();
    node.village.allow();
    node.engine.actions().holdBack(ana, 0);
    PostId second = node.post(ana, "second");
    assertTrue(held(second).isPresent());
    assertEquals(List.of(), saidInTown());
    node.clock.advance(A_MINUTE);

    awaitOut(second);
    assertEquals(List.of("first", "second"), saidInTown());
    node.post(ana, "third");
    assertEquals(List.of("first", "second", "third"), saidInTown(), "nothing is held any more");
  }

  @Test
  void whatIsWrittenAfterASlowerOneGoesOutBehindIt() {
    node.engine.actions().holdBack(ana, 900);
    PostId first = node.post(ana, "first");
    node.engine.actions().holdBack(ana, 60);
    PostId second = node.post(ana, "second");
    assertEquals(
        held(first).map(PostView.Held::dueMillis), held(second).map(PostView.Held::dueMillis));
    node.clock.advance(Duration.ofMinutes(15));

    awaitOut(second);
    assertEquals(List.of("first", "second"), saidInTown());
  }

  @Test
  void aFaultOfOursIsToldAndEndsNothing() {
    PostId id = node.post(ana, "hello");
    AccountId ben = node.account("Ben");
    node.engine.actions().holdBack(ben, 60);
    node.clock.advance(Duration.ofSeconds(1));
    PostId bens = node.post(ben, "mine goes out");
    AtomicInteger faults = new AtomicInteger(1);
    node.town.beforeWriting(() -> {
      if (faults.getAndDecrement() > 0) {
        throw new IllegalStateException("a fault");
      }
    });
    node.clock.advance(A_MINUTE);
    Await.until("that is told", () -> !held(id).orElseThrow().trouble().isEmpty());
    Await.until(
        "another's goes out",
        () -> node.engine.reader().post(ben, bens).flatMap(PostView::held).isEmpty());
    assertEquals(List.of(), saidInTown());
    node.clock.advance(A_MINUTE);

    awaitOut(id);
    assertEquals(List.of("hello"), saidInTown());
  }

  /** The row of what was held is in the backup, what was made of it is with friends. */
  @Test
  void whatWentOutBeforeABackupWasPutBackDoesNotGoOutTwice() {
    PostId id = node.post(ana, "hello");
    Ref operation = node.engine.reader().post(ana, id).orElseThrow().names().getFirst();
    TestAuthor twin =
        new TestAuthor(TestNode.TOWN, node.identity(ana, node.town).id().substring(1));
    twin.goesOnAfter(node.ownFace(ana, node.town));
    node.takes(twin.writes(twin.post("hello", Optional.of(operation))));
    node.clock.advance(A_MINUTE);

    awaitOut(id);
    assertEquals(List.of("hello"), saidInTown());
    assertEquals(List.of("hello"), node.home(ana));
  }

  @Test
  void aLetterToWhomOneBlocksMeanwhileDoesNotGoOut() {
    TestAuthor ben = new TestAuthor(TestNode.TOWN, "ben");
    node.follow(ana, ben);
    Intent.Letter letter =
        node.engine
            .composer()
            .letter(ana, List.of(node.person(ben.name())), "for ben", Optional.empty(), "");
    PostId id = node.id(node.engine.actions().act(ana, letter).operation().content().id());
    node.relate(ana, ben.name(), FollowState.BLOCKING);
    int before = inTown().size();
    node.clock.advance(A_MINUTE);

    awaitOut(id);
    assertEquals(before, inTown().size());
  }

  @Test
  void aLetterIsHeldForItsReaders() {
    TestAuthor ben = new TestAuthor(TestNode.TOWN, "ben");
    node.follow(ana, ben);
    Intent.Letter letter =
        node.engine
            .composer()
            .letter(ana, List.of(node.person(ben.name())), "for ben", Optional.empty(), "");
    PostId id = node.id(node.engine.actions().act(ana, letter).operation().content().id());
    assertEquals(List.of(), saidInTown());
    node.clock.advance(A_MINUTE);

    awaitOut(id);
    TestEntry entry = TestEntry.decode(node.ownFace(ana, node.town).content().bytes());
    assertTrue(entry.seal().contains("@ben"), entry.seal());
  }

  @Test
  void atOnceAndAtMostAQuarterOfAnHour() {
    assertThrows(Refusal.class, () -> node.engine.actions().holdBack(ana, 901));
    assertThrows(Refusal.class, () -> node.engine.actions().holdBack(ana, -1));
    node.engine.actions().holdBack(ana, 0);
    node.post(ana, "now");
    assertEquals(List.of("now"), saidInTown());
  }
}
