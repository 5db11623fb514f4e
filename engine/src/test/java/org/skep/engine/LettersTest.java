package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skep.kernel.AccountId;
import org.skep.kernel.Announcement;
import org.skep.kernel.Audience;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.FollowState;
import org.skep.kernel.Intent;
import org.skep.kernel.PostId;
import org.skep.kernel.Ref;

/** Letters are read by those who have a key to them, and nobody else hears of them. */
class LettersTest extends LettersHere {
  @Test
  void aLetterIsForItsReadersAlone() {
    TestAuthor.Written letter = letter("for ana", Optional.empty(), ana);
    node.takes(letter);
    awaitTried(letter);
    assertEquals(List.of("for ana"), letters(ana));
    assertEquals(List.of(), letters(bo));
    assertTrue(node.engine.reader().post(ana, node.id(letter.id())).isPresent());
    assertTrue(node.engine.reader().post(bo, node.id(letter.id())).isEmpty());
    assertEquals(List.of("for ana"), TestNode.texts(node.engine.reader().search(ana, "ana", 10)));
    assertEquals(List.of(), node.engine.reader().search(bo, "ana", 10));
    for (AccountId account : List.of(ana, bo)) {
      assertEquals(List.of(), node.home(account));
      assertEquals(
          List.of(),
          node.engine.reader().byPerson(account, node.person(carol.name()), Page.newest(9)));
      assertEquals(List.of(), node.engine.reader().around(account, Page.newest(9)));
    }
  }

  @Test
  void whoReadsWithoutBeingNamedReadsAndWhoIsNamedWithoutAKeyDoesNot() {
    TestAuthor.Written letter =
        sealed(
            List.of(town(ana)),
            carol.sealedPost("it says it is for bo", Optional.empty(), List.of(town(bo))));
    node.takes(letter);
    awaitTried(letter);
    assertEquals(List.of("it says it is for bo"), letters(ana));
    assertEquals(List.of(), letters(bo));
  }

  @Test
  void aKeyIsTriedOnceOnEachLetter() {
    TestAuthor.Written first = letter("one", Optional.empty(), ana);
    node.takes(first);
    awaitTried(first);
    TestAuthor.Written second = letter("two", Optional.empty(), ana);
    node.takes(second);
    awaitTried(second);
    assertEquals(2, node.town.tried().stream().filter(first.id()::equals).count());
  }

  @Test
  void anAccountThatComesLaterFindsWhatCameBeforeIt() {
    Ref dora = new Ref(TestNode.TOWN, "@dora");
    TestAuthor.Written letter =
        sealed(List.of(dora), carol.sealedPost("for dora", Optional.empty(), List.of(dora)));
    node.takes(letter);
    awaitTried(letter);
    AccountId later = node.engine.actions().createAccount("Dora", Map.of(TestNode.TOWN, "dora"));
    Await.until("her letter is opened", () -> letters(later).equals(List.of("for dora")));
    assertEquals(List.of(), letters(ana));
  }

  @Test
  void lettersSurviveARebuildWithoutAnyKey() {
    TestAuthor.Written letter = letter("for ana", Optional.empty(), ana);
    TestAuthor.Written after = carol.posts("for everybody");
    node.takes(letter, after);
    awaitTried(letter);
    write(bo, "from bo", Optional.empty(), town(ana));
    awaitTried();
    List<String> before = node.engine.dumpViews();
    node.rebuild();
    assertEquals(before, node.engine.dumpViews());
    assertEquals(List.of("from bo", "for ana"), letters(ana));
    assertEquals(List.of("from bo"), letters(bo));
  }

  @Test
  void lettersBetweenTwoOfUsAreReadByBoth() {
    PostId first = write(ana, "dear bo", Optional.empty(), town(bo));
    Await.until("it has come", () -> letters(bo).equals(List.of("dear bo")));
    PostId answer = write(bo, "dear ana", Optional.of(first));
    Await.until("so has the answer", () -> letters(ana).equals(List.of("dear ana")));
    assertEquals(
        List.of("dear ana"), TestNode.texts(node.engine.reader().thread(ana, first).descendants()));
    LettersReader.Conversation seen = node.engine.letters().conversation(ana, answer).orElseThrow();
    assertEquals(first, seen.first());
    assertEquals(
        List.of(node.person(town(bo))), seen.people().stream().map(PersonView::id).toList());
    assertTrue(seen.unread());
    node.engine
        .actions()
        .act(ana, new Intent.ReadUpTo(node.engine.letters().markOf(first), answer));
    assertFalse(node.engine.letters().conversation(ana, answer).orElseThrow().unread());
    assertFalse(node.engine.letters().conversation(bo, answer).orElseThrow().unread());
  }

  /** Its reader has no other way to hear of it: to the views it is nothing new. */
  @Test
  void aLetterThatIsHereAlreadyIsShownToWhomeverOpensItLater() {
    PostId letter = write(ana, "dear bo", Optional.empty(), town(bo));
    Await.until("it has come", () -> letters(bo).equals(List.of("dear bo")));
    awaitTried();
    assertEquals(
        2,
        node.heard.stream().filter(new Announcement.PostShown(letter, true)::equals).count(),
        "once to Ana, who wrote it, and once to Bo");
  }

  @Test
  void aKeyThatSaysNothingHidesALetterFromNobodyElse() {
    TestAuthor.Written letter = letter("for both", Optional.empty(), ana, bo);
    node.town.opensOtherwise(town(ana));
    node.takes(letter);
    awaitTried(letter);
    assertEquals(List.of("for both"), letters(bo));
    node.rebuild();
    assertEquals(List.of("for both"), letters(bo));
  }

  /** Who seals could otherwise let one reader see what was said to another. */
  @Test
  void aLetterSaysTheSameToEveryReader() {
    List<Ref> readers = List.of(town(ana), town(bo));
    DomainEvent like = new DomainEvent.Reacted(carol.name(), town(bo), "Like", true);
    TestAuthor.Written letter =
        carol.writes(
            TestClock.START_MILLIS - 1_000,
            TestNetwork.TO + town(ana).id() + "," + town(bo).id(),
            carol.sealedPost("said to ana", Optional.empty(), readers),
            like);
    node.town.opensOtherwise(town(bo));
    node.takes(letter);
    awaitTried(letter);
    assertEquals(List.of("said to ana"), letters(ana));
    assertEquals(List.of(), letters(bo));
  }

  @Test
  void anAnswerGoesToAllReadersAndToNobodyElse() {
    TestAuthor.Written letter = letter("for both", Optional.empty(), ana, bo);
    node.takes(letter);
    awaitTried(letter);
    Intent.Letter answer = compose(ana, "to both", Optional.of(node.id(letter.id())));
    assertEquals(
        List.of(town(bo)),
        answer.readers().stream()
            .flatMap(one -> one.on(TestNode.TOWN).stream())
            .filter(ref -> !ref.equals(carol.name()))
            .toList());
    Refusal refusal =
        assertThrows(
            Refusal.class,
            () ->
                compose(
                    ana,
                    "and [@eve](@eve)",
                    Optional.of(node.id(letter.id())),
                    new Ref(TestNode.TOWN, "@eve")));
    assertTrue(String.valueOf(refusal.getMessage()).contains("begin a new one"));
  }

  @Test
  void openThreadsDoNotSpeakOfLettersNorCountThem() {
    TestAuthor.Written open = carol.posts("open");
    TestAuthor.Written about = letter("about it", Optional.of(open.id()), ana);
    node.takes(open, about);
    awaitTried(about);
    assertEquals(1, node.view(ana, open.id()).replies());
    assertEquals(0, node.view(bo, open.id()).replies());
    Intent.Reply reply = node.engine.composer().reply(ana, node.id(open.id()));
    assertEquals(
        List.of(open.id()), reply.tips().stream().flatMap(tip -> tip.names().stream()).toList());
  }

  @Test
  void lettersAboutOneOpenPostStandTogetherWhereTheyAreForTheSame() {
    TestAuthor.Written open = carol.posts("open");
    TestAuthor.Written both = letter("for both", Optional.of(open.id()), ana, bo);
    TestAuthor.Written one = letter("for ana", Optional.of(open.id()), ana);
    TestAuthor.Written again = letter("again for both", Optional.of(open.id()), bo, ana);
    node.takes(open, both, one, again);
    awaitTried(both, one, again);
    assertEquals(List.of("again for both", "for ana"), letters(ana));
    assertEquals(List.of("again for both"), letters(bo));
    assertEquals(
        node.id(both.id()),
        node.engine.letters().conversation(ana, node.id(again.id())).orElseThrow().first());
    // Her own names herself and the others by all that networks call them.
    write(ana, "from ana", Optional.of(node.id(both.id())));
    assertEquals(List.of("from ana", "for ana"), letters(ana));
  }

  @Test
  void anOpenFaceNeverJoinsASealedOne() {
    PostId sealed = write(ana, "between us", Optional.empty(), town(bo));
    Ref operation = node.engine.reader().post(ana, sealed).orElseThrow().names().getFirst();
    TestAuthor anas =
        new TestAuthor(TestNode.VILLAGE, node.identity(ana, node.village).id().substring(1));
    TestAuthor.Written open = anas.writes(anas.post("spread", Optional.of(operation)));
    node.offer(open);
    assertEquals("between us", node.engine.reader().post(ana, sealed).orElseThrow().text());
    Await.until("bo has it", () -> letters(bo).equals(List.of("between us")));
  }

  @Test
  void whomOneBlocksOneGetsNoLettersFrom() {
    TestAuthor.Written letter = letter("for ana", Optional.empty(), ana);
    node.takes(letter);
    awaitTried(letter);
    node.relate(ana, carol.name(), FollowState.BLOCKING);
    assertEquals(List.of(), letters(ana));
  }

  @Test
  void anEmptyLetterAndAPostForSomeAreRefused() {
    assertThrows(Refusal.class, () -> write(ana, "  ", Optional.empty(), town(bo)));
    assertThrows(
        Refusal.class,
        () ->
            node.engine
                .actions()
                .act(
                    ana,
                    new Intent.Post(
                        Audience.READERS, "x", Optional.empty(), "", List.of(), List.of())));
  }

  /** What a stranger sealed may be of any kind; a fault of ours over it must not stop the rest. */
  @Test
  void oneLetterThatIsAFaultDoesNotKeepTheOthersAway() {
    TestAuthor.Written fault = letter("a fault", Optional.empty(), ana);
    TestAuthor.Written fine = letter("fine", Optional.empty(), ana);
    node.town.beforeReadingSealed(fact -> {
      if (fact.content().id().equals(fault.id())) {
        throw new IllegalStateException("a fault");
      }
    });
    node.takes(fault, fine);
    Await.until("the other one is opened", () -> letters(ana).equals(List.of("fine")));
  }
}
