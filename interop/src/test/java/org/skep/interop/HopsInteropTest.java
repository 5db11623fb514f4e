package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.testkit.peers.NpmFolder;
import org.skep.testkit.peers.SsbPeer;

/** Friends' friends and blocks, with the unmodified ssb-db2 stack. */
@Tag("scuttlebutt")
class HopsInteropTest {
  @TempDir Path folder;
  private final String key = Meeting.randomKey();

  private SsbPeer peer(String name) throws Exception {
    return SsbPeer.start(NpmFolder.peer(), folder.resolve(name), key);
  }

  private SkepProcess skep() throws Exception {
    return SkepProcess.start(folder.resolve("skep"), "Ana", Map.of("SKEP_SSB_NETWORK_KEY", key));
  }

  private static String hash(String blobId) {
    String base64 = blobId.substring(1, blobId.indexOf('.'));
    return HexFormat.of().formatHex(Base64.getDecoder().decode(base64));
  }

  private static void shows(SsbPeer peer, String text, String blobId) throws Exception {
    peer.create(Map.of("type", "post", "text", text, "mentions", List.of(Map.of("link", blobId))));
  }

  @Test
  void friendsFriendsComeThroughTheFriendAndOfThemWordsAlone() throws Exception {
    try (SsbPeer ben = peer("ben");
        SsbPeer cid = peer("cid");
        SkepProcess skep = skep()) {
      byte[] picture = "a picture".getBytes(StandardCharsets.UTF_8);
      String blobId = cid.addBlob(picture);
      shows(cid, "from far", blobId);
      String near = ben.addBlob("Ben's picture".getBytes(StandardCharsets.UTF_8));
      shows(ben, "from near", near);
      ben.follow(cid.id());
      ben.request(cid.id());
      cid.request(ben.id());
      ben.connect(cid.address());
      Await.until(
          "Cid's posts at Ben",
          Meeting.PATIENCE,
          () -> ben.posts(cid.id()),
          List.of("from far")::equals);
      ben.wantBlob(blobId);

      skep.must("follow", ben.id());
      skep.must("connect", ben.address());
      Await.until(
          "Cid's posts at Skep",
          Meeting.PATIENCE,
          () -> skep.phone().around(cid.id()),
          List.of("from far")::equals);
      assertEquals(List.of(), skep.postsBy(cid.id()), "not among the friends'");
      Await.until(
          "Ben's picture",
          Meeting.PATIENCE,
          () -> skep.phone().shownBlob(hash(near)),
          Optional::isPresent);
      assertEquals(
          Optional.empty(), skep.phone().shownBlob(hash(blobId)), "of strangers words alone");

      skep.must("reach", "1");
      cid.publish("out of reach");
      Await.until(
          "Cid's news at Ben",
          Meeting.PATIENCE,
          () -> ben.posts(cid.id()).size(),
          size -> size == 2);
      ben.publish("within reach");
      Await.until(
          "Ben's news at Skep",
          Meeting.PATIENCE,
          () -> skep.postsBy(ben.id()).size(),
          size -> size == 2);
      assertEquals(List.of(), skep.phone().around(cid.id()));
    }
  }

  @Test
  void aBlockIsToldWhereThatIsAskedForAndNotOtherwise() throws Exception {
    try (SsbPeer ben = peer("ben");
        SsbPeer cid = peer("cid");
        SsbPeer dan = peer("dan");
        SkepProcess skep = skep()) {
      String ana = skep.feedId();
      ben.request(ana);
      skep.must("follow", ben.id());
      skep.must("block", cid.id());
      skep.must("block", "--tell", dan.id());
      skep.must("connect", ben.address());
      Await.until(
          "Ana's block at ssb-friends",
          Meeting.PATIENCE,
          () -> ben.knowsBlock(ana, dan.id()),
          Boolean::booleanValue);
      assertEquals(false, ben.knowsBlock(ana, cid.id()));
      assertTrue(ben.messages(ana).toString().contains(dan.id()));
      assertEquals(false, ben.messages(ana).toString().contains(cid.id()));
    }
  }
}
