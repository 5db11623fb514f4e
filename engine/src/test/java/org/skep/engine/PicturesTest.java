package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.AccountId;
import org.skep.kernel.Attachment;
import org.skep.kernel.Audience;
import org.skep.kernel.Blobs;
import org.skep.kernel.Bytes;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.Hash;
import org.skep.kernel.Intent;
import org.skep.kernel.PostId;
import org.skep.kernel.ProfileField;

/** Own pictures, and what others say of theirs. */
class PicturesTest {
  @TempDir Path folder;
  private TestNode node;
  private AccountId ana;

  @BeforeEach
  void open() {
    node = new TestNode(folder);
    ana = node.account("Ana");
  }

  @AfterEach
  void close() {
    node.close();
  }

  private Hash choose(AccountId account, Bytes upload) {
    try (Blobs.Lease lease = node.engine.pictures().take(upload)) {
      Hash hash = lease.blob().hash();
      describe(account, hash.toString());
      return hash;
    }
  }

  private void describe(AccountId account, String picture) {
    node.engine.actions().act(account, new Intent.Describe(ProfileField.PICTURE, picture));
  }

  private Optional<Hash> picture(AccountId account) {
    return node.engine.reader().self(account).picture();
  }

  @Test
  void aChosenPictureIsHersAndStays() {
    Hash picture = choose(ana, TestPictures.photo(20, 20));

    assertEquals(Optional.of(picture), picture(ana));
    node.blobs.evictTo(0);
    assertTrue(node.blobs.find(picture).isPresent());
    node.rebuild();
    assertEquals(Optional.of(picture), picture(ana));
  }

  @Test
  void thePictureBeforeIsLetGo() {
    Hash first = choose(ana, TestPictures.photo(20, 20));
    Hash second = choose(ana, TestPictures.photo(30, 30));

    assertFalse(isPinned(ana, first));
    assertTrue(isPinned(ana, second));
    choose(ana, TestPictures.photo(30, 30));
    assertTrue(isPinned(ana, second));
    describe(ana, "");
    assertEquals(Optional.empty(), picture(ana));
    assertEquals(0, node.blobs.evictTo(0));
  }

  @Test
  void whatTwoChoseStaysForTheOther() {
    AccountId ben = node.account("Ben");
    Hash picture = choose(ana, TestPictures.photo(20, 20));
    choose(ben, TestPictures.photo(20, 20));

    describe(ana, "");

    assertEquals(Optional.empty(), picture(ana));
    assertEquals(Optional.of(picture), picture(ben));
    assertFalse(isPinned(ana, picture));
    assertTrue(isPinned(ben, picture));
  }

  @Test
  void aPictureThatIsNotHereOrNoPictureIsRefused() {
    assertThrows(Refusal.class, () -> describe(ana, "0".repeat(64)));
    assertThrows(Refusal.class, () -> describe(ana, "me.jpg"));
    assertEquals(Optional.empty(), picture(ana));
  }

  @Test
  void anActThatFailsPinsNothing() {
    node.town.refuse("the town is asleep");
    node.village.refuse("the village too");

    assertThrows(Refusal.class, () -> choose(ana, TestPictures.photo(20, 20)));

    assertEquals(0, node.blobs.evictTo(0));
  }

  @Test
  void tooMuchIsRefusedBeforeItIsLookedAt() {
    Bytes much = Bytes.wrap(new byte[Pictures.UPLOAD_BYTES_MAX + 1]);

    assertThrows(Refusal.class, () -> node.engine.pictures().take(much));
    assertThrows(Refusal.class, () -> node.engine.pictures().takeWhole(much));
  }

  @Test
  void aPictureElsewhereIsKnownByItsNameAndNonsenseIsNone() {
    TestAuthor ben = new TestAuthor(TestNode.TOWN, "ben");
    node.follow(ana, ben);
    Hash hash = new Hash(Bytes.wrap(new byte[32]));

    node.takes(ben.describes(ProfileField.PICTURE, hash.toString()));
    assertEquals(Optional.of(hash), node.engine.reader().personNamed(ben.name()).picture());
    node.takes(ben.describes(ProfileField.PICTURE, "https://example.org/me.jpg"));
    assertEquals(Optional.empty(), node.engine.reader().personNamed(ben.name()).picture());
    node.takes(
        ben.writes(
            new DomainEvent.PersonDescribed(
                ben.name(), node.identity(ana, node.town), ProfileField.PICTURE, hash.toString())));
    assertEquals(Optional.empty(), picture(ana));
  }

  private PostId show(AccountId account, Pictures.Taken picture, String description) {
    Attachment attachment =
        new Attachment(picture.lease().blob().hash(), "image/jpeg", description, 1);
    Intent.Post post =
        new Intent.Post(Audience.ANYBODY, "", Optional.empty(), "", List.of(), List.of(attachment));
    return node.id(node.engine.actions().act(account, post).operation().content().id());
  }

  @Test
  void aPictureInAPostStaysAndIsShownWithIt() {
    Hash hash;
    PostId post;
    try (Pictures.Taken picture = node.engine.pictures().takeWhole(TestPictures.photo(20, 30))) {
      hash = picture.lease().blob().hash();
      assertEquals(Optional.of(new PictureHead.Size(20, 30)), picture.head().size());
      post = show(ana, picture, "a fence");
    }

    node.blobs.evictTo(0);
    PostView.Shown shown =
        node.engine.reader().post(ana, post).orElseThrow().attachments().getFirst();
    assertEquals(hash, shown.attachment().blob());
    assertEquals("a fence", shown.attachment().description());
    assertTrue(shown.isHere());
  }

  @Test
  void aPictureThatIsNotPostedMayGo() {
    Hash hash;
    try (Pictures.Taken picture = node.engine.pictures().takeWhole(TestPictures.photo(20, 30))) {
      hash = picture.lease().blob().hash();
      node.blobs.evictTo(0);
      assertTrue(node.blobs.find(hash).isPresent());
    }

    assertEquals(0, node.blobs.evictTo(0));
  }

  @Test
  void aDescriptionThatIsTooLongIsRefused() {
    try (Pictures.Taken picture = node.engine.pictures().takeWhole(TestPictures.photo(20, 30))) {
      String much = "x".repeat(Actions.PICTURE_DESCRIPTION_CHARS_MAX + 1);

      assertThrows(Refusal.class, () -> show(ana, picture, much));
    }
  }

  private boolean isPinned(AccountId account, Hash picture) {
    return node.store.read(tx -> node.blobs.isPinned(tx, account, picture));
  }
}
