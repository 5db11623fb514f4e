package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

/** Boosts, edits and tombstones, as the real ssb-db2 keeps them and as it publishes them. */
@Tag("scuttlebutt")
class ActsInteropTest {
  @TempDir private Path folder;

  @Test
  void whatIsDoneToPostsGoesBothWaysWithSsbDb2() throws Exception {
    String key = Meeting.randomKey();
    try (SsbPeer peer = SsbPeer.start(NpmFolder.peer(), folder.resolve("peer"), key);
        SkepProcess skep =
            SkepProcess.start(folder.resolve("skep"), "Ana", Map.of("SKEP_SSB_NETWORK_KEY", key))) {
      String ana = skep.feedId();
      peer.follow(ana);
      peer.request(ana);
      skep.must("follow", peer.id());
      String theirs = peer.publish("theirs");
      skep.must("post", "--to", "anybody", "helo");
      skep.must("connect", peer.address());
      Await.until(
          "each other's post",
          Meeting.PATIENCE,
          () -> skep.post("theirs").isPresent() && peer.posts(ana).equals(List.of("helo")),
          Boolean::booleanValue);

      theRealProgramKeepsWhatSkepDoes(peer, skep, theirs);
      skepShowsWhatTheRealProgramDoes(peer, skep, theirs);
    }
  }

  private static void theRealProgramKeepsWhatSkepDoes(SsbPeer peer, SkepProcess skep, String theirs)
      throws Exception {
    String ana = skep.feedId();
    String mine = peer.message(ana, "helo").orElseThrow().get("key").asString();
    skep.phone().boost(skep.post("theirs").orElseThrow(), true);
    skep.phone().edit(skep.post("helo").orElseThrow(), "hello");
    skep.phone().delete(skep.post("hello").orElseThrow());

    JsonNode tombstone = awaitContent(peer, ana, "tombstone");
    assertEquals(mine, tombstone.path("target").asString());
    JsonNode edit = awaitContent(peer, ana, "post-edit");
    assertEquals("hello", edit.path("text").asString());
    assertEquals(mine, edit.path("revisionRoot").asString());
    assertEquals(mine, edit.path("revisionBranch").path(0).asString());
    JsonNode boost = awaitContent(peer, ana, "boost");
    assertEquals(theirs, boost.at("/boost/link").asString());
    assertEquals(1, boost.at("/boost/value").asInt());
    assertEquals(peer.id(), boost.path("author").asString());
    assertTrue(boost.path("sequence").asInt() > 0);
    assertTrue(skep.post("hello").isEmpty());
  }

  private static void skepShowsWhatTheRealProgramDoes(SsbPeer peer, SkepProcess skep, String theirs)
      throws Exception {
    peer.create(
        Map.of(
            "type",
            "post-edit",
            "text",
            "theirs, better",
            "revisionRoot",
            theirs,
            "revisionBranch",
            List.of(theirs)));
    Await.until(
        "the edit",
        Meeting.PATIENCE,
        () -> skep.post("theirs, better"),
        post -> post.filter(one -> !one.get("edited_at").isNull()).isPresent());
    peer.create(Map.of("type", "boost", "boost", Map.of("link", theirs, "value", 1)));
    Await.until(
        "the boost",
        Meeting.PATIENCE,
        skep::timeline,
        entries ->
            entries
                .valueStream()
                // It stands there already for the one who boosted it first.
                .anyMatch(one ->
                    one.at("/reblog/reblogs_count").asInt(0) == 2
                        && one.at("/reblog/skep/boosted_by/1").toString().contains(peer.id())));
    peer.create(Map.of("type", "tombstone", "target", theirs));
    Await.until(
        "the tombstone",
        Meeting.PATIENCE,
        skep::timeline,
        entries -> !entries.toString().contains("theirs"));
  }

  /** What is undone in time the real program never hears of, also when the node stops meanwhile. */
  @Test
  void whatIsHeldGoesOutLaterOrNeverAlsoAfterARestart() throws Exception {
    String key = Meeting.randomKey();
    try (SsbPeer peer = SsbPeer.start(NpmFolder.peer(), folder.resolve("peer"), key);
        SkepProcess skep =
            SkepProcess.start(
                folder.resolve("skep"),
                "Ana",
                Map.of("SKEP_SSB_NETWORK_KEY", key, "SKEP_SSB_HOLD_BACK_SECONDS", "1"))) {
      String ana = skep.feedId();
      peer.follow(ana);
      peer.request(ana);
      skep.must("connect", peer.address());
      skep.must("post", "--to", "anybody", "soon");
      Await.until(
          "what waits a second", Meeting.PATIENCE, () -> peer.posts(ana), List.of("soon")::equals);
      skep.phone().holdBack(900);
      skep.must("post", "--to", "anybody", "undone");
      skep.must("post", "--to", "anybody", "kept");
      skep.phone().delete(skep.post("undone").orElseThrow());
      skep.phone().holdBack(0);
      skep.must("post", "--to", "anybody", "behind it");
      skep.kill();
      skep.startAgain();
      assertTrue(skep.post("kept").orElseThrow().at("/skep/held_until").asString("").endsWith("Z"));
      assertTrue(
          skep.post("behind it").orElseThrow().at("/skep/held_until").asString("").endsWith("Z"));
      assertEquals(List.of("soon"), peer.posts(ana));
    }
  }

  private static JsonNode awaitContent(SsbPeer peer, String feed, String type) throws Exception {
    return Await.until(
            "a " + type + " at the peer",
            Meeting.PATIENCE,
            () -> peer.contents(feed, type),
            found -> found.size() == 1)
        .getFirst();
  }
}
