package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.testkit.peers.NpmFolder;
import org.skep.testkit.peers.SsbPeer;
import tools.jackson.databind.JsonNode;

/** Skep and the unmodified ssb-db2 stack read each other over a network key of their own. */
@Tag("scuttlebutt")
class ScuttlebuttInteropTest {
  @TempDir Path folder;

  @Test
  void bothReadEachOtherWhenThePeerDialsAndAfterBothRestart() throws Exception {
    String key = Meeting.randomKey();
    try (SsbPeer peer = SsbPeer.start(NpmFolder.peer(), folder.resolve("peer"), key);
        SkepProcess skep =
            SkepProcess.start(
                folder.resolve("skep"), Meeting.ANAS_NAME, Map.of("SKEP_SSB_NETWORK_KEY", key))) {
      Meeting meeting = new Meeting(peer, skep);
      meeting.prepare();
      peer.request(meeting.ana());
      peer.connect(skep.ssbAddress());
      meeting.bothReadEverything();
      meeting.bothReadNewsAtOnce();

      peer.restart();
      skep.restart();
      meeting.bothRememberEverything();
      peer.request(meeting.ana());
      // Skep listens on another port now.
      peer.connect(skep.ssbAddress());
      meeting.bothReadWhatCameAfterARestart();
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
  void aPictureIsGivenHoweverItIsAskedForUntilItIsTakenBack() throws Exception {
    String key = Meeting.randomKey();
    try (SsbPeer peer = SsbPeer.start(NpmFolder.peer(), folder.resolve("peer"), key);
        SkepProcess skep =
            SkepProcess.start(folder.resolve("skep"), "Ana", Map.of("SKEP_SSB_NETWORK_KEY", key))) {
      String ana = skep.feedId();
      // So large as a small square that it needs several frames.
      byte[] shown = skep.phone().choosePicture(Noise.picture(600, "png", 1));
      String blobId = Noise.blobId(shown);
      peer.request(ana);
      skep.must("follow", peer.id());
      skep.must("connect", peer.address());

      Await.until(
          "Skep's picture at ssb-db2", Meeting.PATIENCE, () -> peer.imageOf(ana), blobId::equals);
      JsonNode answers = peer.askBlob(ana, blobId);
      assertEquals("[true,true,false]", answers.get("has").toString());
      assertEquals(4, answers.get("bytes").size());
      answers.get("bytes").forEach(bytes -> assertArrayEquals(shown, bytes.binaryValue()));
      assertEquals("could not get blob", answers.get("refused").asString());

      skep.phone().removePicture();
      Await.until(
          "no picture at ssb-db2", Meeting.PATIENCE, () -> peer.imageOf(ana), String::isEmpty);
    }
  }
}
