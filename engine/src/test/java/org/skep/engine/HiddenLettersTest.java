package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skep.kernel.AccountId;
import org.skep.kernel.PostId;

/** That there is a letter shows nowhere to an account that has no key to it. */
class HiddenLettersTest extends LettersHere {
  @Test
  void lettersAreNotCountedAmongWhatSomebodyWrote() {
    TestAuthor.Written letter = letter("for ana", Optional.empty(), ana);
    node.takes(letter, carol.posts("open"));
    awaitTried(letter);
    PeopleReader people = new PeopleReader(node.store, node.aliases);
    for (AccountId account : List.of(ana, bo)) {
      assertEquals(1, people.counts(account, node.person(carol.name())).posts());
    }
  }

  @Test
  void whatAnswersALetterDoesNotSayWhichOneNorWhose() {
    TestAuthor dave = new TestAuthor(TestNode.TOWN, "dave");
    node.follow(ana, dave);
    node.follow(bo, dave);
    TestAuthor.Written letter = letter("for ana", Optional.empty(), ana);
    TestAuthor.Written answer = dave.replies(letter.id(), letter.id(), "openly");
    node.takes(letter, answer);
    awaitTried(letter);
    PostView seen = node.view(ana, answer.id());
    assertEquals(Optional.of(node.id(letter.id())), seen.parent());
    assertEquals(Optional.of(node.id(letter.id())), seen.root());
    PostView unaware = node.view(bo, answer.id());
    assertEquals(Optional.empty(), unaware.parent());
    assertEquals(Optional.empty(), unaware.parentAuthor());
    assertEquals(Optional.empty(), unaware.root());
    assertTrue(unaware.isReply());
  }

  /** To whoever can't read it a letter is what is not here, and so is what stands above it. */
  @Test
  void anOpenAnswerToALetterStandsBelowTheBeginningForThoseWhoCanNotReadIt() {
    TestAuthor.Written open = carol.posts("open");
    TestAuthor.Written letter = letter("about it", Optional.of(open.id()), ana);
    TestAuthor.Written answer = carol.replies(open.id(), letter.id(), "openly");
    node.takes(open, letter, answer);
    awaitTried(letter);
    PostId beginning = node.id(open.id());
    assertEquals(
        List.of("openly"),
        TestNode.texts(node.engine.reader().thread(bo, beginning).descendants()));
    assertEquals(1, node.view(bo, open.id()).replies());
    assertEquals(
        List.of("about it", "openly"),
        TestNode.texts(node.engine.reader().thread(ana, beginning).descendants()));
    assertEquals(
        List.of("open"),
        TestNode.texts(node.engine.reader().thread(bo, node.id(answer.id())).ancestors()));
  }

  @Test
  void whatStandsAboveALetterIsNoAncestorForThoseWhoCanNotReadIt() {
    TestAuthor.Written open = carol.posts("open");
    TestAuthor.Written letter = letter("about it", Optional.of(open.id()), ana);
    TestAuthor.Written answer = carol.replies(letter.id(), letter.id(), "openly");
    node.takes(open, letter, answer);
    awaitTried(letter);
    PostId below = node.id(answer.id());
    assertEquals(List.of(), node.engine.reader().thread(bo, below).ancestors());
    assertEquals(
        List.of("open", "about it"),
        TestNode.texts(node.engine.reader().thread(ana, below).ancestors()));
    assertEquals(List.of(), node.engine.reader().thread(bo, node.id(open.id())).descendants());
  }
}
