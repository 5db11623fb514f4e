package org.skep.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.AccountId;
import tools.jackson.databind.JsonNode;

/** Logs go out and in as they are. */
final class EntryCallsTest {
  private static final String ENTRIES = "/api/skep/v1/entries?network=ssb";

  @TempDir Path folder;
  private SmallNode node;

  @BeforeEach
  void open() throws IOException {
    node = new SmallNode(Files.createDirectory(folder.resolve("a")));
  }

  @AfterEach
  void close() throws IOException {
    node.close();
  }

  private static List<String> texts(SmallNode of, AccountId account, String author)
      throws Exception {
    List<String> texts = new ArrayList<>();
    String path = ENTRIES + "&author=" + URLEncoder.encode(author, StandardCharsets.UTF_8);
    of.get(account, path).forEach(entry -> texts.add(entry.path("text").asString()));
    return texts;
  }

  private HttpResponse<String> offer(String type, String lines) throws Exception {
    return node.send(
        node.as(node.ana, ENTRIES)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(lines)));
  }

  private List<String> verdicts(String lines) throws Exception {
    List<String> verdicts = new ArrayList<>();
    JsonNode answer = SmallNode.json(200, offer("application/x-ndjson", lines));
    answer.path("verdicts").forEach(one -> verdicts.add(one.path("verdict").asString()));
    return verdicts;
  }

  @Test
  void aLogGoesOutToWhomItConcernsAlone() throws Exception {
    SsbFriend friend = SsbFriend.of(node);
    friend.posts("one");
    friend.posts("two");
    assertEquals(2, texts(node, node.ana, friend.feedId()).size());
    assertEquals(List.of(), texts(node, node.ben, friend.feedId()));
    JsonNode logs = node.get(node.ana, "/api/skep/v1/logs?network=ssb");
    assertEquals(node.feedOf(node.ana), logs.path(0).path("author").asString());
    assertEquals(friend.feedId(), logs.path(1).path("author").asString());
    assertEquals(2, logs.path(1).path("end").asInt());
    assertEquals(1, node.get(node.ben, "/api/skep/v1/logs?network=ssb").size());
  }

  @Test
  void whatWentOutComesInAndHasItsVerdictLineByLine() throws Exception {
    List<String> log;
    try (SmallNode other = new SmallNode(Files.createDirectory(folder.resolve("b")))) {
      SsbFriend friend = SsbFriend.of(other);
      friend.posts("one");
      friend.posts("two");
      friend.posts("three");
      log = texts(other, other.ana, friend.feedId());
      log.addFirst(texts(other, other.ana, other.feedOf(other.ana)).getFirst());
    }
    assertEquals(List.of("unwanted", "unwanted"), verdicts(log.get(0) + "\n" + log.get(1) + "\n"));
    SsbFriend friend = SsbFriend.of(node);
    assertEquals(
        List.of("accepted", "duplicate", "deferred", "rejected", "accepted", "unwanted"),
        verdicts(
            String.join("\n", log.get(1), log.get(1), log.get(3), "{}", log.get(2), log.get(0))));
    assertEquals(List.of("duplicate"), verdicts(log.get(3)), "what waited was taken in");
    assertEquals(log.subList(1, 4), texts(node, node.ana, friend.feedId()));
  }

  private List<String> underWay(AccountId account) throws Exception {
    List<String> words = new ArrayList<>();
    node.get(account, "/api/skep/v1/status")
        .path("progress")
        .forEach(work -> words.add(work.path("words").asString()));
    // What this small node says by itself.
    words.removeFirst();
    return words;
  }

  private void brings(String howFar) throws Exception {
    HttpResponse<String> answer =
        node.send(
            node.as(node.ana, ENTRIES + howFar)
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString("{}")));
    assertEquals(200, answer.statusCode());
    node.clock.pass(Duration.ofMillis(1_100));
  }

  @Test
  void howFarAFileIsBroughtIsToldToWhomItConcerns() throws Exception {
    brings("&done=100&total=1000");
    assertEquals(List.of("Taking in a file: 10 %."), underWay(node.ana));
    assertEquals(List.of(), underWay(node.ben));
    brings("&done=600&total=1000");
    assertEquals(List.of("Taking in a file: 60 %."), underWay(node.ana));
    brings("&done=1000&total=1000");
    assertEquals(List.of(), underWay(node.ana), "it is done");
    brings("&done=2000");
    assertEquals(List.of("Taking in a file: 2,000 messages so far."), underWay(node.ana));
    node.clock.pass(Bringing.SILENCE_MAX);
    assertEquals(List.of(), underWay(node.ana), "nobody brings it any more");
  }

  @Test
  void onlyProgramsBringEntriesAndOnlyOfScuttlebutt() throws Exception {
    assertEquals(415, offer("application/json", "{}").statusCode());
    assertEquals(413, offer("application/x-ndjson", "{}\n".repeat(1_001)).statusCode());
    assertEquals(413, offer("application/x-ndjson", "x".repeat((1 << 20) + 1)).statusCode());
    for (String bad : List.of("?network=home", "?network=%00", "")) {
      assertEquals(422, node.getRaw(node.ana, "/api/skep/v1/logs" + bad).statusCode(), bad);
    }
    assertEquals(401, node.send(node.to("/api/skep/v1/logs?network=ssb")).statusCode());
  }
}
