package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.AccountId;
import org.skep.kernel.Announcement;
import org.skep.kernel.Attachment;
import org.skep.kernel.Audience;
import org.skep.kernel.Blobs;
import org.skep.kernel.Bytes;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.FollowState;
import org.skep.kernel.Hash;
import org.skep.kernel.Intent;
import org.skep.kernel.Lane;
import org.skep.kernel.ProfileField;
import org.skep.kernel.Store;
import org.skep.wire.crypto.Digests;

/** Which pictures and files an account wants, keeps and gives. */
class CircleMediaTest {
  private static final long LONGEST = 5 << 20;

  @TempDir Path folder;
  private TestNode node;
  private CircleMedia media;
  private AccountId ana;
  private final TestAuthor ben = new TestAuthor(TestNode.TOWN, "ben");
  private final TestAuthor peer = new TestAuthor(TestNode.TOWN, "peer");
  private final TestAuthor eve = new TestAuthor(TestNode.TOWN, "eve");

  @BeforeEach
  void open() {
    node = new TestNode(folder);
    media = new CircleMedia(node.aliases, node.vault, node.blobs);
    ana = node.account("Ana");
    node.follow(ana, ben);
  }

  @AfterEach
  void close() {
    node.close();
  }

  private static Bytes content(String name) {
    return Bytes.ofUtf8("the content of " + name);
  }

  private static Hash blob(String name) {
    return new Hash(Digests.sha256(content(name)));
  }

  private static List<Attachment> showing(String... names) {
    List<Attachment> attachments = new ArrayList<>();
    for (String name : names) {
      attachments.add(new Attachment(blob(name), "image/png", "of " + name, 10));
    }
    return attachments;
  }

  private void comes(String name) {
    try {
      node.blobs.put(new ByteArrayInputStream(content(name).toArray()), LONGEST).close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private List<Hash> missing(AccountId account) {
    return missing(account, 100);
  }

  private List<Hash> missing(AccountId account, int max) {
    return node.store.read(tx -> media.missing(tx, account, TestNode.TOWN, LONGEST, max));
  }

  private boolean isWanted(AccountId account, String name) {
    return node.store.read(tx -> media.isWanted(tx, account, blob(name)));
  }

  private Map<Hash, Long> given(AccountId account, String... names) {
    List<Hash> asked = showing(names).stream().map(Attachment::blob).toList();
    return node.store.read(tx -> media.given(tx, account, peer.name(), asked));
  }

  @Test
  void whatFriendsShowIsMissingTheirPicturesFirstThenTheNewest() {
    node.takes(ben.posts("one", showing("first")), ben.posts("two", showing("second", "third")));
    node.takes(ben.describes(ProfileField.PICTURE, blob("face").toString()));
    List<Hash> missing = missing(ana);
    assertEquals(blob("face"), missing.getFirst());
    assertEquals(blob("first"), missing.getLast());
    assertEquals(4, missing.size());
    assertEquals(List.of(blob("face")), missing(ana, 1));
  }

  @Test
  void whatCameIsMissingNoMore() {
    node.takes(ben.posts("one", showing("first")));
    comes("first");
    assertEquals(List.of(), missing(ana));
  }

  @Test
  void whatStrangersShowIsNeitherWantedNorGiven() {
    AccountId cid = node.account("Cid");
    node.follow(cid, eve);
    node.takes(eve.posts("hers", showing("hers")));
    assertEquals(List.of(), missing(ana));
    assertFalse(isWanted(ana, "hers"));
    assertTrue(isWanted(cid, "hers"), "each account by itself");
    comes("hers");
    assertEquals(Map.of(), given(ana, "hers"));
    assertEquals(Map.of(blob("hers"), (long) content("hers").length()), given(cid, "hers"));
  }

  @Test
  void whatOnlySomebodyShowsWhoBlocksThePeerIsNotGivenToIt() {
    node.takes(ben.posts("one", showing("first")));
    comes("first");
    assertEquals(1, given(ana, "first").size());
    node.takes(ben.relates(peer.name(), FollowState.BLOCKING));
    assertEquals(Map.of(), given(ana, "first"));
  }

  @Test
  void whoReachesForNobodyKeepsNothingOfOthers() {
    node.takes(ben.posts("one", showing("first")));
    node.engine.actions().reach(ana, 0);
    assertEquals(List.of(), missing(ana));
    assertFalse(isWanted(ana, "first"));
  }

  @Test
  void onePersonsInventionsDoNotHideWhatOthersShow() {
    node.follow(ana, eve);
    node.takes(eve.posts("hers", showing("hers")));
    for (int i = 0; i < 10; i++) {
      String[] invented = new String[16];
      for (int j = 0; j < invented.length; j++) {
        invented[j] = "invented " + i + " " + j;
      }
      node.takes(ben.posts("look " + i, showing(invented)));
    }
    assertTrue(missing(ana, 120).contains(blob("hers")));
  }

  @Test
  void aPictureThatWasReplacedIsNotFetched() {
    node.takes(ben.describes(ProfileField.PICTURE, blob("old").toString()));
    node.takes(ben.describes(ProfileField.PICTURE, blob("new").toString()));
    assertEquals(List.of(blob("new")), missing(ana));
    node.takes(ben.describes(ProfileField.PICTURE, ""));
    assertEquals(List.of(), missing(ana));
  }

  @Test
  void whoIsFollowedNoMoreOrBlockedShowsNothing() {
    node.takes(ben.posts("one", showing("first")));
    assertTrue(isWanted(ana, "first"));
    node.relate(ana, ben.name(), FollowState.BLOCKING);
    assertEquals(List.of(), missing(ana));
    assertFalse(isWanted(ana, "first"));
  }

  @Test
  void whatSaysItIsTooLongIsNotAskedFor() {
    node.takes(
        ben.posts("a film", List.of(new Attachment(blob("film"), "video/mp4", "", LONGEST + 1))));
    assertEquals(List.of(), missing(ana));
  }

  @Test
  void whatMadeRoomIsFetchedAgainOnlyWhenSomebodyMissesIt() {
    node.takes(ben.posts("one", showing("first")));
    comes("first");
    node.blobs.evictTo(0);
    assertEquals(List.of(), missing(ana));
    node.blobs.missed(blob("first"));
    assertEquals(List.of(blob("first")), missing(ana));
  }

  @Test
  void ownPicturesStayHoweverFullTheDiskIsAndAreGiven() throws IOException {
    try (Blobs.Lease lease =
        node.blobs.put(new ByteArrayInputStream(content("own").toArray()), LONGEST)) {
      node.engine
          .actions()
          .act(
              ana,
              new Intent.Post(
                  Audience.ANYBODY,
                  "look",
                  Optional.empty(),
                  "",
                  List.of(),
                  List.of(new Attachment(lease.blob().hash(), "image/png", "mine", 1))));
    }
    node.blobs.evictTo(0);
    assertEquals(1, given(ana, "own").size());
    PostView shown = node.engine.reader().home(ana, Page.newest(1)).getFirst();
    assertEquals("mine", shown.attachments().getFirst().attachment().description());
    assertTrue(shown.attachments().getFirst().isHere());
    node.rebuild();
    assertEquals(
        shown.attachments(),
        node.engine.reader().home(ana, Page.newest(1)).getFirst().attachments());
  }

  @Test
  void aPictureThatIsNotHereCanNotBePosted() {
    Intent post =
        new Intent.Post(
            Audience.ANYBODY, "look", Optional.empty(), "", List.of(), showing("nothing"));
    assertThrows(RuntimeException.class, () -> node.engine.actions().act(ana, post));
    assertEquals(List.of(), node.engine.reader().home(ana, Page.newest(1)));
  }

  @Test
  void whoShowsSomethingIsAnnounced() {
    List<Announcement> heard = new ArrayList<>();
    try (Store.Subscription _ = node.store.subscribe(heard::add)) {
      node.takes(ben.posts("words alone", List.of()), ben.posts("one", showing("first")));
      node.store.write(Lane.OWN, tx -> 1);
    }
    assertEquals(1, heard.stream().filter(new Announcement.MediaShown(ben.name())::equals).count());
  }

  @Test
  void whatStoodWithAPostThatWasTakenBackIsNotWantedNorGiven() {
    TestAuthor.Written post = ben.posts("a walk", showing("hill"));
    TestAuthor.Written edit =
        ben.writes(
            new DomainEvent.Edited(
                ben.name(),
                ben.name(),
                post.id(),
                Optional.empty(),
                "a longer walk",
                "",
                List.of(),
                showing("hill", "lake"),
                List.of(),
                Optional.empty()));
    node.takes(post, edit);
    assertEquals(List.of(true, true), List.of(isWanted(ana, "hill"), isWanted(ana, "lake")));
    assertEquals(2, missing(ana).size());

    node.takes(ben.deletes(post.id()));

    assertEquals(List.of(false, false), List.of(isWanted(ana, "hill"), isWanted(ana, "lake")));
    assertEquals(List.of(), missing(ana));
  }
}
