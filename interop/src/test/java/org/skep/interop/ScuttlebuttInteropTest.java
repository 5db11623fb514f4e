package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Skep and the unmodified ssb-db2 stack read each other over a network key of their own. */
@Tag("scuttlebutt")
class ScuttlebuttInteropTest {
  @TempDir Path folder;

  @Test
  void bothReadEachOtherAfterConnectAndAfterBothRestart() throws Exception {
    String key = Meeting.randomKey();
    try (SsbPeer peer = SsbPeer.start(NpmFolder.peer(), folder.resolve("peer"), key);
        SkepProcess skep =
            SkepProcess.start(
                folder.resolve("skep"), Meeting.ANAS_NAME, Map.of("SKEP_SSB_NETWORK_KEY", key))) {
      converse(peer, skep);
    }
  }

  @Test
  void aPeerThatDialsInIsReadAndAnswered() throws Exception {
    String key = Meeting.randomKey();
    try (SsbPeer peer = SsbPeer.start(NpmFolder.peer(), folder.resolve("peer"), key);
        SkepProcess skep =
            SkepProcess.start(folder.resolve("skep"), "Ana", Map.of("SKEP_SSB_NETWORK_KEY", key))) {
      Meeting meeting = new Meeting(peer, skep);
      skep.must("follow", peer.id());
      meeting.skepPosts("from the one who was called");
      meeting.peerPosts("from the one who called");
      peer.request(meeting.ana());
      peer.connect(skep.ssbAddress());
      meeting.peerReadsEverything();
      meeting.skepReadsEverything();
    }
  }

  @Test
  void aPeerOfAnotherNetworkGetsNothing() throws Exception {
    String key = Meeting.randomKey();
    Path ben = folder.resolve("peer");
    try (SkepProcess skep =
        SkepProcess.start(folder.resolve("skep"), "Ana", Map.of("SKEP_SSB_NETWORK_KEY", key))) {
      try (SsbPeer stranger = SsbPeer.start(NpmFolder.peer(), ben, Meeting.randomKey())) {
        stranger.publish("for those of one network");
        skep.must("follow", stranger.id());
        IllegalStateException refused =
            assertThrows(IllegalStateException.class, () -> stranger.connect(skep.ssbAddress()));
        assertTrue(refused.toString().contains("shs.client: error"), refused::toString);
        assertTrue(refused.toString().contains("different application cap"), refused::toString);
        assertEquals(0, stranger.connections());
        assertEquals(List.of(), skep.postsBy(stranger.id()));
      }
      // The same identity with the right key: nothing else stood in its way.
      try (SsbPeer member = SsbPeer.start(NpmFolder.peer(), ben, key)) {
        member.connect(skep.ssbAddress());
        Await.until(
            "the post at Skep",
            Meeting.PATIENCE,
            () -> skep.postsBy(member.id()),
            List.of("for those of one network")::equals);
      }
    }
  }

  @Test
  void bothSeeEachOthersPicturesAndThePeerFetchesOurs() throws Exception {
    String key = Meeting.randomKey();
    try (SsbPeer peer = SsbPeer.start(NpmFolder.peer(), folder.resolve("peer"), key);
        SkepProcess skep =
            SkepProcess.start(folder.resolve("skep"), "Ana", Map.of("SKEP_SSB_NETWORK_KEY", key))) {
      String ana = skep.feedId();
      byte[] shown = skep.choosePicture(noisyPng());
      String blobId = blobId(shown);
      peer.publish("hello");
      peer.create(
          Map.of(
              "type",
              "about",
              "about",
              peer.id(),
              "image",
              Map.of("link", blobId, "size", shown.length, "type", "image/jpeg")));
      peer.request(ana);
      skep.must("follow", peer.id());
      skep.must("connect", peer.address());

      Await.until(
          "Skep's picture at ssb-db2", Meeting.PATIENCE, () -> peer.imageOf(ana), blobId::equals);
      peer.wantBlob(blobId);
      assertArrayEquals(shown, peer.blob(blobId));
      JsonNode answers = peer.askBlob(ana, blobId);
      assertEquals("[true,true,false]", answers.get("has").toString());
      assertEquals(4, answers.get("bytes").size());
      answers.get("bytes").forEach(bytes -> assertArrayEquals(shown, bytes.binaryValue()));
      assertEquals("could not get blob", answers.get("refused").asString());

      // The peer chose the same one, which is here: so Skep can show it, too.
      Await.until(
          "ssb-db2's picture at Skep",
          Meeting.PATIENCE,
          () -> new Meeting(peer, skep).peersAccount().path("avatar").asString(""),
          avatar -> avatar.endsWith("/blob/" + HexFormat.of().formatHex(sha256(shown))));

      skep.removePicture();
      Await.until(
          "no picture at ssb-db2", Meeting.PATIENCE, () -> peer.imageOf(ana), String::isEmpty);
    }
  }

  /** So large as a small square that it needs several frames. */
  private static byte[] noisyPng() throws IOException {
    BufferedImage image = new BufferedImage(600, 600, BufferedImage.TYPE_INT_ARGB);
    Random random = new Random(1);
    for (int x = 0; x < 600; x++) {
      for (int y = 0; y < 600; y++) {
        image.setRGB(x, y, random.nextInt());
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  private static String blobId(byte[] content) {
    return "&" + Base64.getEncoder().encodeToString(sha256(content)) + ".sha256";
  }

  private static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static void converse(SsbPeer peer, SkepProcess skep) throws Exception {
    Meeting meeting = new Meeting(peer, skep);
    meeting.prepare();
    peer.request(meeting.ana());
    skep.must("connect", peer.address());

    meeting.bothReadEverything();
    meeting.bothReadNewsAtOnce();

    // ssb-ebt tells a peer nothing when it begins to ask for a feed of which both have the same: it
    // must ask before Skep dials.
    peer.restart();
    peer.request(meeting.ana());
    skep.restart();
    meeting.bothRememberEverything();

    // Nobody says `connect` again: Skep remembers the address and dials.
    meeting.bothReadWhatCameAfterARestart();
  }
}
