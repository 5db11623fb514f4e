package org.skep.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
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
import org.skep.wire.crypto.Digests;

/** Of what is deleted the pictures leave the disk, and nothing else does. */
class UnshownBlobsTest {
  private static final long LONGEST = 5 << 20;

  @TempDir private Path folder;
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

  private static Bytes content(String name) {
    return Bytes.ofUtf8("the content of " + name);
  }

  private static Attachment shows(String name) {
    Hash hash = new Hash(Digests.sha256(content(name)));
    return new Attachment(hash, "image/png", "of " + name, content(name).length());
  }

  private Blobs.Lease comes(String name) throws IOException {
    return node.blobs.put(new ByteArrayInputStream(content(name).toArray()), LONGEST);
  }

  private boolean isHere(String name) {
    return node.blobs.find(shows(name).blob()).isPresent();
  }

  private PostId posts(String text, String... pictures) throws IOException {
    List<Attachment> attachments = List.of(pictures).stream().map(UnshownBlobsTest::shows).toList();
    for (String picture : pictures) {
      comes(picture).close();
    }
    Intent.Post post =
        new Intent.Post(Audience.ANYBODY, text, Optional.empty(), "", List.of(), attachments);
    return node.id(node.engine.actions().act(ana, post).operation().content().id());
  }

  private void deletes(PostId post) {
    node.engine.actions().act(ana, node.engine.composer().delete(ana, post));
  }

  @Test
  void thePicturesOfAnOwnPostGoWithItButForThoseThatStandElsewhere() throws IOException {
    PostId post = posts("three", "bee", "hive", "fence");
    PostId other = posts("a fence again", "fence");
    node.engine.actions().act(ana, new Intent.Describe(ProfileField.PICTURE, hash("hive")));
    node.engine.clearUnshownBlobs();
    assertTrue(isHere("bee") && isHere("hive") && isHere("fence"));

    deletes(post);
    node.engine.clearUnshownBlobs();

    assertFalse(isHere("bee"));
    assertTrue(isHere("hive") && isHere("fence"));
    deletes(other);
    node.engine.clearUnshownBlobs();
    assertFalse(isHere("fence"));
  }

  private static String hash(String name) {
    return shows(name).blob().toString();
  }

  @Test
  void thePicturesOfFormerWordsGoToo() throws IOException {
    PostId post = posts("first", "bee");
    comes("hive").close();
    node.engine
        .actions()
        .act(ana, node.engine.composer().edit(ana, post, "then", "", List.of(shows("hive"))));
    node.engine.clearUnshownBlobs();
    assertTrue(isHere("bee") && isHere("hive"), "both can still be looked at");

    deletes(post);
    node.engine.clearUnshownBlobs();

    assertFalse(isHere("bee"));
    assertFalse(isHere("hive"));
  }

  @Test
  void whatIsUndoneBeforeItGoesOutTakesItsPicturesAlong() throws IOException {
    node.engine.actions().holdBack(ana, 60);
    PostId post = posts("oh no", "bee");

    deletes(post);
    node.engine.clearUnshownBlobs();

    assertFalse(isHere("bee"));
  }

  @Test
  void whatOthersTakeBackGoesHereToo() throws IOException {
    TestAuthor.Written post = ben.posts("look", List.of(shows("bee")));
    node.takes(post, ben.posts("a hive", List.of(shows("hive"))));
    comes("bee").close();
    comes("hive").close();
    node.engine.clearUnshownBlobs();
    assertTrue(isHere("bee"));

    node.takes(ben.writes(new DomainEvent.Deleted(ben.name(), post.id(), false)));
    node.engine.clearUnshownBlobs();

    assertFalse(isHere("bee"));
    assertTrue(isHere("hive"));
  }

  @Test
  void whatIsInUseGoesTheNextTime() throws IOException {
    PostId post = posts("three", "bee");
    Blobs.Lease looked = comes("bee");
    deletes(post);
    assertFalse(node.engine.clearUnshownBlobs());
    assertTrue(isHere("bee"));
    looked.close();

    assertTrue(node.engine.clearUnshownBlobs());

    assertFalse(isHere("bee"));
  }

  @Test
  void whatComesWhenItsPostIsGoneAlreadyGoesToo() throws IOException {
    TestAuthor.Written post = ben.posts("look", List.of(shows("bee")));
    node.takes(post, ben.writes(new DomainEvent.Deleted(ben.name(), post.id(), false)));
    node.engine.clearUnshownBlobs();
    comes("bee").close();

    node.engine.clearUnshownBlobs();

    assertFalse(isHere("bee"));
  }

  @Test
  void whatOnlyWaitsForItsPostStays() throws IOException {
    comes("bee").close();
    deletes(posts("words"));

    node.engine.clearUnshownBlobs();

    assertTrue(isHere("bee"));
  }

  @Test
  void whatWasDeletedBeforeTheNodeStoppedGoesAtTheNextStart() throws IOException {
    deletes(posts("three", "bee"));
    node.close();
    node = new TestNode(folder);

    node.engine.clearUnshownBlobs();

    assertEquals(0, node.blobs.evictTo(Long.MAX_VALUE));
  }
}
