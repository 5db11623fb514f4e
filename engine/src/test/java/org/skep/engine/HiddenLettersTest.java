package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.skep.kernel.AccountId;
import org.skep.kernel.Attachment;
import org.skep.kernel.Blobs;
import org.skep.kernel.Bytes;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.Hash;
import org.skep.kernel.Intent;
import org.skep.kernel.PostId;
import org.skep.kernel.Target;
import org.skep.wire.crypto.Digests;

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

  private TestAuthor.Written pictured(String text, Hash blob, AccountId to) {
    return sealed(
        List.of(town(to)),
        new DomainEvent.PostPublished(
            carol.name(),
            carol.name(),
            Optional.empty(),
            text,
            Optional.empty(),
            List.of(),
            "",
            List.of(),
            List.of(new Attachment(blob, "image/png", "", 10)),
            List.of(),
            Optional.empty(),
            Optional.of(List.of(town(to)))));
  }

  private Hash comes(String content) {
    try (Blobs.Lease lease =
        node.blobs.put(
            new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)), 1 << 20)) {
      return lease.blob().hash();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatStandsWithALetterIsWantedAndGivenByItsReadersAlone() {
    CircleMedia media = new CircleMedia(node.aliases, node.vault, node.blobs);
    Hash missing = new Hash(Digests.sha256(Bytes.ofUtf8("missing")));
    Hash here = comes("here");
    TestAuthor.Written first = pictured("look", missing, ana);
    TestAuthor.Written second = pictured("look again", here, ana);
    node.takes(first, second);
    awaitTried(first, second);
    node.store.read(tx -> {
      assertEquals(List.of(missing), media.missing(tx, ana, TestNode.TOWN, 100, 10));
      assertTrue(media.isWanted(tx, ana, missing));
      assertEquals(Set.of(here), media.given(tx, ana, carol.name(), List.of(here)).keySet());
      assertEquals(List.of(), media.missing(tx, bo, TestNode.TOWN, 100, 10));
      assertFalse(media.isWanted(tx, bo, missing));
      assertEquals(Set.of(), media.given(tx, bo, carol.name(), List.of(here)).keySet());
      return true;
    });
  }

  @Test
  void lettersOfOthersTakeNoPlaceAmongWhatIsShown() {
    Hash blob = comes("a picture");
    TestAuthor.Written open =
        carol.posts("open", List.of(new Attachment(blob, "image/png", "", 10)));
    node.takes(open);
    for (int i = 0; i < 20; i++) {
      TestAuthor.Written letter = pictured("for bo " + i, blob, bo);
      node.takes(letter);
      awaitTried(letter);
    }
    assertEquals(List.of("open"), TestNode.texts(node.engine.reader().showing(ana, blob)));
  }

  @Test
  void bookmarkedLettersThatCanNotBeReadTakeNoPlaceAmongBookmarks() {
    TestAuthor.Written open = carol.posts("open");
    TestAuthor.Written letter = letter("for bo", Optional.empty(), bo);
    node.takes(open, letter);
    awaitTried(letter);
    for (TestAuthor.Written one : List.of(open, letter)) {
      node.engine.actions().act(ana, new Intent.Bookmark(new Target(List.of(one.id())), true));
    }
    assertEquals(
        List.of("open"),
        node.engine.reader().bookmarks(ana, Page.newest(1)).stream()
            .map(mark -> mark.post().text())
            .toList());
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
