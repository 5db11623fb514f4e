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
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
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
import tools.jackson.databind.node.MissingNode;

/** Skep and the unmodified ssb-db2 stack read each other over a network key of their own. */
@Tag("scuttlebutt")
class ScuttlebuttInteropTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /**
   * Near the limit of 8,192 UTF-16 code units for a whole message: 7,596 units of text in 13,926
   * bytes of UTF-8, so that a limit counted in bytes refuses what every other program accepts.
   */
  private static final String LONG_POST = "é✓ 😀 ".repeat(1_266);

  private static final List<String> POSTS =
      List.of(
          "plain words",
          "é ✓ 😀",
          "a line\u2028separator, a paragraph\u2029separator",
          "quotes \" and \\ and /, a tab \t, a control \u0001",
          "two\nlines & <b>no markup</b>",
          LONG_POST);

  /** What a command line can carry: no control characters but a line's end. */
  private static final List<String> SKEP_POSTS =
      List.of("plain words", "é ✓ 😀", "a line\u2028separator", "two\nlines", LONG_POST);

  @TempDir Path folder;

  @Test
  void bothReadEachOtherAfterConnectAndAfterBothRestart() throws Exception {
    String key = randomKey();
    try (SsbPeer peer = SsbPeer.start(NpmFolder.peer(), folder.resolve("peer"), key);
        SkepProcess skep =
            SkepProcess.start(
                folder.resolve("skep"), "Ana ✓", Map.of("SKEP_SSB_NETWORK_KEY", key))) {
      converse(peer, skep);
    }
  }

  @Test
  void aPeerThatDialsInIsReadAndAnswered() throws Exception {
    String key = randomKey();
    try (SsbPeer peer = SsbPeer.start(NpmFolder.peer(), folder.resolve("peer"), key);
        SkepProcess skep =
            SkepProcess.start(folder.resolve("skep"), "Ana", Map.of("SKEP_SSB_NETWORK_KEY", key))) {
      String ana = skep.feedId();
      skep.must("follow", peer.id());
      skep.must("post", "--to", "anybody", "from the one who was called");
      peer.publish("from the one who called");
      peer.request(ana);
      peer.connect(skep.ssbAddress());
      peerReads(peer, ana, List.of("from the one who was called"));
      skepReads(skep, peer.id(), List.of("from the one who called"));
    }
  }

  @Test
  void aPeerOfAnotherNetworkGetsNothing() throws Exception {
    String key = randomKey();
    Path ben = folder.resolve("peer");
    try (SkepProcess skep =
        SkepProcess.start(folder.resolve("skep"), "Ana", Map.of("SKEP_SSB_NETWORK_KEY", key))) {
      try (SsbPeer stranger = SsbPeer.start(NpmFolder.peer(), ben, randomKey())) {
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
        skepReads(skep, member.id(), List.of("for those of one network"));
      }
    }
  }

  @Test
  void bothSeeEachOthersPicturesAndThePeerFetchesOurs() throws Exception {
    String key = randomKey();
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

      Await.until("Skep's picture at ssb-db2", PATIENCE, () -> peer.imageOf(ana), blobId::equals);
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
          PATIENCE,
          () -> accountOf(skep, peer.id()).path("avatar").asString(""),
          avatar -> avatar.endsWith("/blob/" + HexFormat.of().formatHex(sha256(shown))));

      skep.removePicture();
      Await.until("no picture at ssb-db2", PATIENCE, () -> peer.imageOf(ana), String::isEmpty);
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
    String ana = skep.feedId();
    peer.setName("Ben 😀");
    for (String text : POSTS) {
      peer.publish(text);
    }
    peer.follow(ana);
    peer.request(ana);
    for (String text : SKEP_POSTS) {
      skep.must("post", "--to", "anybody", text);
    }
    skep.must("follow", peer.id());
    skep.must("connect", peer.address());

    peerReads(peer, ana, SKEP_POSTS);
    skepReads(skep, peer.id(), POSTS);
    bothKnowNamesAndFollows(peer, skep, ana);

    int connections = peer.connections();
    assertTrue(connections > 0, "connections are counted");
    List<String> live = append(POSTS, "live from ssb-db2");
    peer.publish("live from ssb-db2");
    skepReads(skep, peer.id(), live);
    List<String> liveOwn = append(SKEP_POSTS, "live from Skep");
    skep.must("post", "--to", "anybody", "live from Skep");
    peerReads(peer, ana, liveOwn);
    assertEquals(connections, peer.connections(), "news came over the connection that was there");

    // ssb-ebt tells a peer nothing when it begins to ask for a feed of which both have the same: it
    // must ask before Skep dials.
    peer.restart();
    peer.request(ana);
    skep.restart();
    assertEquals(ana, skep.feedId());
    assertEquals(liveOwn, peer.posts(ana));
    skepReads(skep, peer.id(), live);

    // Nobody says `connect` again: Skep remembers the address and dials.
    peer.publish("after the restart, ssb-db2");
    skep.must("post", "--to", "anybody", "after the restart, Skep");
    skepReads(skep, peer.id(), append(live, "after the restart, ssb-db2"));
    peerReads(peer, ana, append(liveOwn, "after the restart, Skep"));
    bothKnowNamesAndFollows(peer, skep, ana);
  }

  private static void bothKnowNamesAndFollows(SsbPeer peer, SkepProcess skep, String ana)
      throws Exception {
    Await.until("Skep's name at ssb-db2", PATIENCE, () -> peer.nameOf(ana), "Ana ✓"::equals);
    Await.until(
        "Skep's follow at ssb-db2",
        PATIENCE,
        () -> peer.knowsFollow(ana, peer.id()),
        Boolean::booleanValue);
    JsonNode account =
        Await.until(
            "ssb-db2's name at Skep",
            PATIENCE,
            () -> accountOf(skep, peer.id()),
            found -> found.path("display_name").asString("").equals("Ben 😀"));
    assertEquals(1, account.get("following_count").asInt(), () -> "follows known: " + account);
  }

  private static JsonNode accountOf(SkepProcess skep, String feedId) throws Exception {
    for (JsonNode status : skep.timeline()) {
      if (status.get("account").toString().contains(feedId)) {
        return status.get("account");
      }
    }
    return MissingNode.getInstance();
  }

  private static void peerReads(SsbPeer peer, String feedId, List<String> texts) throws Exception {
    Await.until("Skep's posts at ssb-db2", PATIENCE, () -> peer.posts(feedId), texts::equals);
  }

  private static void skepReads(SkepProcess skep, String feedId, List<String> texts)
      throws Exception {
    // Posts written within one millisecond have no order of their own in a timeline.
    List<String> sorted = texts.stream().sorted().toList();
    Await.until(
        "ssb-db2's posts at Skep",
        PATIENCE,
        () -> skep.postsBy(feedId).stream().sorted().toList(),
        sorted::equals);
  }

  private static List<String> append(List<String> texts, String more) {
    List<String> all = new ArrayList<>(texts);
    all.add(more);
    return List.copyOf(all);
  }

  private static String randomKey() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }
}
