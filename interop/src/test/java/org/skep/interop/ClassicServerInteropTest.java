package org.skep.interop;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Skep and the unmodified ssb-server, which knows no EBT here, read each other by {@code
 * createHistoryStream} alone.
 */
@Tag("scuttlebutt")
class ClassicServerInteropTest {
  @TempDir Path folder;

  @Test
  void bothReadEachOtherWhenSkepDialsAndAfterBothRestart() throws Exception {
    String key = Meeting.randomKey();
    try (SsbPeer peer = SsbPeer.startClassic(folder.resolve("peer"), key);
        SkepProcess skep = startSkep(key)) {
      Meeting meeting = new Meeting(peer, skep);
      meeting.prepare();
      skep.must("connect", peer.address());
      meeting.bothReadEverything();
      meeting.bothReadNewsAtOnce();
      everythingIsAskedAsHistory(peer, meeting);

      peer.restart();
      skep.restart();
      meeting.bothRememberEverything();
      // Nobody says `connect` again: Skep remembers the address and dials.
      meeting.bothReadWhatCameAfterARestart();
      everythingIsAskedAsHistory(peer, meeting);
    }
  }

  @Test
  void bothReadEachOtherWhenTheServerDialsAndAfterBothRestart() throws Exception {
    String key = Meeting.randomKey();
    try (SsbPeer peer = SsbPeer.startClassic(folder.resolve("peer"), key);
        SkepProcess skep = startSkep(key)) {
      Meeting meeting = new Meeting(peer, skep);
      meeting.prepare();
      peer.connect(skep.ssbAddress());
      meeting.bothReadEverything();
      meeting.bothReadNewsAtOnce();
      everythingIsAskedAsHistory(peer, meeting);

      peer.restart();
      skep.restart();
      meeting.bothRememberEverything();
      // Skep listens on another port now.
      peer.connect(skep.ssbAddress());
      meeting.bothReadWhatCameAfterARestart();
      everythingIsAskedAsHistory(peer, meeting);
    }
  }

  @Test
  void bothLikeAndAnswerEachOthersPosts() throws Exception {
    String key = Meeting.randomKey();
    try (SsbPeer peer = SsbPeer.startClassic(folder.resolve("peer"), key);
        SkepProcess skep = startSkep(key)) {
      Meeting meeting = new Meeting(peer, skep);
      meeting.prepare();
      meeting.skepPosts("a question of Skep's");
      meeting.peerPosts("a question of the server's");
      skep.must("connect", peer.address());
      meeting.bothReadEverything();

      String skepsKey = keyOf(peer, meeting.ana(), "a question of Skep's");
      peer.create(
          Map.of(
              "type", "vote", "vote", Map.of("link", skepsKey, "value", 1, "expression", "Like")));
      peer.create(
          Map.of(
              "type", "post", "text", "the server's answer", "root", skepsKey, "branch", skepsKey));
      JsonNode liked =
          awaitPost(
              skep,
              "a question of Skep's",
              "liked by the server",
              post -> post.get("favourites_count").asInt() == 1);
      awaitPost(
          skep,
          "the server's answer",
          "standing below Skep's question",
          post -> post.get("in_reply_to_id").asString("").equals(liked.get("id").asString()));

      JsonNode question = skep.post("a question of the server's").orElseThrow();
      skep.like(question);
      skep.must(
          "post", "--to", "anybody", "--reply", question.get("id").asString(), "Skep's answer");
      String serversKey = keyOf(peer, peer.id(), "a question of the server's");
      Await.until(
          "Skep's like at ssb-server",
          Meeting.PATIENCE,
          () -> contents(peer, meeting.ana(), "vote"),
          votes ->
              votes.size() == 1
                  && votes.getFirst().at("/vote/link").asString("").equals(serversKey)
                  && votes.getFirst().at("/vote/value").asInt() == 1);
      Await.until(
          "Skep's answer at ssb-server",
          Meeting.PATIENCE,
          () -> contents(peer, meeting.ana(), "post"),
          posts ->
              posts.getLast().path("text").asString("").equals("Skep's answer")
                  && posts.getLast().path("root").asString("").equals(serversKey));
    }
  }

  private SkepProcess startSkep(String key) throws Exception {
    return SkepProcess.start(
        folder.resolve("skep"), Meeting.ANAS_NAME, Map.of("SKEP_SSB_NETWORK_KEY", key));
  }

  /** Skep comes to follow both feeds by history streams, and knows no other way here. */
  private static void everythingIsAskedAsHistory(SsbPeer peer, Meeting meeting) throws Exception {
    for (String feed : List.of(meeting.ana(), peer.id())) {
      Await.until(
          "a live history stream of " + feed,
          Meeting.PATIENCE,
          () -> elements(peer.asked()),
          asked -> asked.stream().anyMatch(options -> isLive(options, feed)));
    }
  }

  private static boolean isLive(JsonNode options, String feed) {
    return options.get("id").asString().equals(feed)
        && options.get("live").asBoolean()
        && !options.get("keys").asBoolean();
  }

  private static JsonNode awaitPost(
      SkepProcess skep, String text, String what, Predicate<JsonNode> condition) throws Exception {
    return Await.until(
            "“" + text + "” at Skep, " + what,
            Meeting.PATIENCE,
            () -> skep.post(text),
            found -> found.filter(condition).isPresent())
        .orElseThrow();
  }

  private static String keyOf(SsbPeer peer, String feedId, String text) throws Exception {
    Optional<JsonNode> message =
        elements(peer.messages(feedId)).stream()
            .filter(found -> found.at("/value/content/text").asString("").equals(text))
            .findFirst();
    return message.orElseThrow().get("key").asString();
  }

  private static List<JsonNode> contents(SsbPeer peer, String feedId, String type)
      throws Exception {
    return elements(peer.messages(feedId)).stream()
        .map(message -> message.at("/value/content"))
        .filter(content -> content.path("type").asString("").equals(type))
        .toList();
  }

  private static List<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}
