package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a running Skep shows its first person, read as a phone app reads it. */
final class PhoneApp {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final SkepProcess skep;

  PhoneApp(SkepProcess skep) {
    this.skep = skep;
  }

  /** A post of the home timeline that begins with these words, as a Mastodon status. */
  Optional<JsonNode> post(String text) throws IOException, InterruptedException {
    return skep.get("/api/v1/timelines/home?limit=40")
        .valueStream()
        .filter(status -> status.at("/skep/text").asString().startsWith(text))
        .findFirst();
  }

  JsonNode status(String id) throws IOException, InterruptedException {
    return skep.get("/api/v1/statuses/" + id);
  }

  /** Who writes a feed, as a Mastodon account. */
  JsonNode person(String feedId) throws IOException, InterruptedException {
    return skep.get(
        "/api/v1/accounts/lookup?acct=" + URLEncoder.encode(feedId, StandardCharsets.UTF_8));
  }

  /** Whom somebody is known to follow, by their feeds. */
  List<String> followedBy(String feedId) throws IOException, InterruptedException {
    return skep.get("/api/v1/accounts/" + idOf(feedId) + "/following")
        .valueStream()
        .map(PhoneApp::faceOf)
        .toList();
  }

  /** How the caller and somebody stand to each other, as a Mastodon relationship. */
  JsonNode relationship(String feedId) throws IOException, InterruptedException {
    return skep.get("/api/v1/accounts/relationships?id[]=" + idOf(feedId)).get(0);
  }

  /** For what reason a feed is asked for, or is not. */
  String standing(String feedId) throws IOException, InterruptedException {
    JsonNode logs = skep.get("/api/skep/v1/people/" + idOf(feedId) + "/why").get("logs");
    assertEquals(1, logs.size(), logs::toString);
    return logs.get(0).get("standing").asString();
  }

  /** By what id Scuttlebutt knows a post or a person; empty while it does not. */
  static String faceOf(JsonNode shown) {
    return shown
        .at("/skep/faces")
        .valueStream()
        .filter(face -> face.get("network").asString().equals("ssb"))
        .map(face -> face.get("id").asString())
        .findFirst()
        .orElse("");
  }

  /** The entries of a feed that are here, in its order. */
  List<JsonNode> entries(String feedId) throws IOException, InterruptedException {
    String author = URLEncoder.encode(feedId, StandardCharsets.UTF_8);
    return skep.get("/api/skep/v1/entries?network=ssb&after=0&author=" + author)
        .valueStream()
        .map(entry -> JSON.readTree(entry.get("text").asString()))
        .toList();
  }

  private String idOf(String feedId) throws IOException, InterruptedException {
    return person(feedId).get("id").asString();
  }
}
