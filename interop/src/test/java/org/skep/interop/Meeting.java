package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.skep.testkit.peers.SsbPeer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Skep, with Ana as its person, and a real peer, whom Ben runs: what they say and must read. */
final class Meeting {
  static final Duration PATIENCE = Duration.ofSeconds(60);
  static final String ANAS_NAME = "Ana ✓";
  private static final String BENS_NAME = "Ben 😀";

  /**
   * Near the limit of 8,192 UTF-16 code units for a whole message: 7,596 units of text in 13,926
   * bytes of UTF-8, so that a limit counted in bytes refuses what every other program accepts.
   */
  private static final String LONG_POST = "é✓ 😀 ".repeat(1_266);

  private static final List<String> PEER_POSTS =
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

  private final SsbPeer peer;
  private final SkepProcess skep;
  private final String ana;
  private final List<String> byPeer = new ArrayList<>();
  private final List<String> bySkep = new ArrayList<>();

  Meeting(SsbPeer peer, SkepProcess skep) throws Exception {
    this.peer = peer;
    this.skep = skep;
    this.ana = skep.feedId();
  }

  /** A network of one's own. */
  static String randomKey() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }

  /** Ana's feed. */
  String ana() {
    return ana;
  }

  /** Both have something to say, a name, and follow each other. */
  void prepare() throws Exception {
    peer.setName(BENS_NAME);
    for (String text : PEER_POSTS) {
      peerPosts(text);
    }
    peer.follow(ana);
    for (String text : SKEP_POSTS) {
      skepPosts(text);
    }
    skep.must("follow", peer.id());
  }

  void peerPosts(String text) throws Exception {
    peer.publish(text);
    byPeer.add(text);
  }

  void skepPosts(String text) throws Exception {
    skep.must("post", "--to", "anybody", text);
    bySkep.add(text);
  }

  /** Each comes to hold every post of the other, names and follows. */
  void bothReadEverything() throws Exception {
    peerReadsEverything();
    skepReadsEverything();
    Await.until(
        "Skep's name at " + peer.name(), PATIENCE, () -> peer.nameOf(ana), ANAS_NAME::equals);
    Await.until(
        "Skep's follow at " + peer.name(),
        PATIENCE,
        () -> peer.knowsFollow(ana, peer.id()),
        Boolean::booleanValue);
    JsonNode account =
        Await.until(
            peer.name() + "'s name at Skep",
            PATIENCE,
            this::peersAccount,
            found -> found.path("display_name").asString("").equals(BENS_NAME));
    assertEquals(1, account.get("following_count").asInt(), () -> "follows known: " + account);
  }

  void peerReadsEverything() throws Exception {
    Await.until("Skep's posts at " + peer.name(), PATIENCE, () -> peer.posts(ana), bySkep::equals);
  }

  void skepReadsEverything() throws Exception {
    // Posts written within one millisecond have no order of their own in a timeline.
    List<String> sorted = byPeer.stream().sorted().toList();
    Await.until(
        peer.name() + "'s posts at Skep",
        PATIENCE,
        () -> skep.postsBy(peer.id()).stream().sorted().toList(),
        sorted::equals);
  }

  /** News from both arrive over the connection that is there. */
  void bothReadNewsAtOnce() throws Exception {
    int connections = peer.connections();
    assertTrue(connections > 0, "connections are counted");
    peerPosts("live from " + peer.name());
    skepReadsEverything();
    skepPosts("live from Skep");
    peerReadsEverything();
    assertEquals(connections, peer.connections(), "news came over the connection that was there");
  }

  /** What was there before a restart is there after it. */
  void bothRememberEverything() throws Exception {
    assertEquals(ana, skep.feedId());
    assertEquals(bySkep, peer.posts(ana));
    skepReadsEverything();
  }

  /** What both write after a restart is read, and what they knew of each other still stands. */
  void bothReadWhatCameAfterARestart() throws Exception {
    peerPosts("after the restart, " + peer.name());
    skepPosts("after the restart, Skep");
    bothReadEverything();
  }

  /** The peer's person as Skep shows her; missing while Skep has no post of hers. */
  JsonNode peersAccount() throws Exception {
    for (JsonNode status : skep.timeline()) {
      if (status.get("account").toString().contains(peer.id())) {
        return status.get("account");
      }
    }
    return MissingNode.getInstance();
  }
}
