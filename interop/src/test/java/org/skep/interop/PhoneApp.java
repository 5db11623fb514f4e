package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the first person of a running Skep reads and does by HTTP, as a phone app would.
 *
 * <p>Each call asks the process for its address and token, so that it outlives restarts. A call
 * fails with an {@link AssertionError} when the node refuses it, and with an {@link IOException}
 * when the node is gone before it has answered.
 */
final class PhoneApp {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final SkepProcess skep;

  PhoneApp(SkepProcess skep) {
    this.skep = skep;
  }

  /** What the API answers, whatever is asked of it. */
  JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(ask(calling(path)));
  }

  /** A post of the home timeline that begins with these words, as a Mastodon status. */
  Optional<JsonNode> post(String text) throws IOException, InterruptedException {
    return get("/api/v1/timelines/home?limit=40")
        .valueStream()
        .filter(status -> status.at("/skep/text").asString().startsWith(text))
        .findFirst();
  }

  JsonNode status(String id) throws IOException, InterruptedException {
    return get("/api/v1/statuses/" + id);
  }

  /** The plain text of a post by its id. */
  String text(String id) throws IOException, InterruptedException {
    return textOf(status(id));
  }

  /** The plain texts of one person's posts among those of friends' friends, newest first. */
  List<String> around(String feedId) throws IOException, InterruptedException {
    return textsBy(feedId, get("/api/v1/timelines/public"));
  }

  /** The plain texts of one person's posts among these statuses, in their order. */
  static List<String> textsBy(String feedId, JsonNode statuses) {
    return statuses
        .valueStream()
        .filter(status -> status.get("account").toString().contains(feedId))
        .map(PhoneApp::textOf)
        .toList();
  }

  static String textOf(JsonNode status) {
    return status.get("skep").get("text").asString();
  }

  /** Who writes a feed, as a Mastodon account. */
  JsonNode person(String feedId) throws IOException, InterruptedException {
    return get("/api/v1/accounts/lookup?acct=" + URLEncoder.encode(feedId, StandardCharsets.UTF_8));
  }

  /** Whom somebody is known to follow, by their feeds. */
  List<String> followedBy(String feedId) throws IOException, InterruptedException {
    return get("/api/v1/accounts/" + personId(feedId) + "/following")
        .valueStream()
        .map(PhoneApp::faceOf)
        .toList();
  }

  /** How the caller and somebody stand to each other, as a Mastodon relationship. */
  JsonNode relationship(String feedId) throws IOException, InterruptedException {
    return get("/api/v1/accounts/relationships?id[]=" + personId(feedId)).get(0);
  }

  /** For what reason a feed is asked for, or is not. */
  String standing(String feedId) throws IOException, InterruptedException {
    JsonNode logs = get("/api/skep/v1/people/" + personId(feedId) + "/why").get("logs");
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

  /** How many entries of each feed are here, by feed id. */
  Map<String, Long> feeds() throws IOException, InterruptedException {
    Map<String, Long> ends = new HashMap<>();
    for (JsonNode log : get("/api/skep/v1/logs?network=ssb")) {
      ends.put(log.get("author").asString(), log.get("end").asLong());
    }
    return ends;
  }

  /** The entries of a feed that are here, in its order. */
  List<JsonNode> entries(String feedId) throws IOException, InterruptedException {
    String author = URLEncoder.encode(feedId, StandardCharsets.UTF_8);
    return get("/api/skep/v1/entries?network=ssb&after=0&author=" + author)
        .valueStream()
        .map(entry -> JSON.readTree(entry.get("text").asString()))
        .toList();
  }

  /** A blob as the content site shows it; empty when it is not here. */
  Optional<byte[]> shownBlob(String hash) throws IOException, InterruptedException {
    int port = skep.status().get("ports").get("content").asInt();
    URI address = URI.create("http://localhost:" + port + "/blob/" + hash);
    HttpResponse<byte[]> answer = send(HttpRequest.newBuilder(address));
    return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
  }

  /**
   * Posts for everybody to read.
   *
   * @return the post as a Mastodon status: it is on the disk
   */
  JsonNode say(String text) throws IOException, InterruptedException {
    return JSON.readTree(ask(saying(text)));
  }

  /** An answer of the API, whatever it is. */
  record Reply(int status, JsonNode body) {}

  /** Posts for everybody to read, whether the node takes it or not. */
  Reply trySaying(String text) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = send(saying(text));
    return new Reply(answer.statusCode(), JSON.readTree(answer.body()));
  }

  private HttpRequest.Builder saying(String text) throws IOException, InterruptedException {
    return posting(Map.of("status", text, "visibility", "public"));
  }

  /** Answers a post for everybody to read. */
  void reply(String text, JsonNode status) throws IOException, InterruptedException {
    ask(posting(Map.of("status", text, "visibility", "public", "in_reply_to_id", idOf(status))));
  }

  private HttpRequest.Builder posting(Map<String, ?> post)
      throws IOException, InterruptedException {
    return sending("/api/v1/statuses").POST(json(post));
  }

  void like(JsonNode status) throws IOException, InterruptedException {
    press(pathOf(status) + "/favourite");
  }

  /** Passes a post on, or no longer. */
  void boost(JsonNode status, boolean on) throws IOException, InterruptedException {
    press(pathOf(status) + (on ? "/reblog" : "/unreblog"));
  }

  /** Says an own post anew. */
  void edit(JsonNode status, String text) throws IOException, InterruptedException {
    ask(sending(pathOf(status)).PUT(json(Map.of("status", text))));
  }

  /** Deletes an own post. */
  void delete(JsonNode status) throws IOException, InterruptedException {
    ask(calling(pathOf(status)).DELETE());
  }

  void follow(List<String> feedIds) throws IOException, InterruptedException {
    for (String feed : feedIds) {
      press("/api/v1/accounts/" + personId(feed) + "/follow");
    }
  }

  /** Chooses for how many seconds what is written waits. */
  void holdBack(int seconds) throws IOException, InterruptedException {
    ask(sending("/api/skep/v1/hold_back").PUT(json(Map.of("seconds", seconds))));
  }

  /** Chooses a picture of oneself, and gives what the content site shows of it. */
  byte[] choosePicture(byte[] upload) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        uploading("/api/v1/accounts/update_credentials").method("PATCH", form("avatar", upload));
    String avatar = JSON.readTree(ask(request)).get("avatar").asString();
    return ask(HttpRequest.newBuilder(URI.create(avatar)));
  }

  void removePicture() throws IOException, InterruptedException {
    ask(calling("/api/v1/profile/avatar").DELETE());
  }

  /** Uploads a picture for a post: Mastodon's MediaAttachment. */
  JsonNode uploadPicture(byte[] upload) throws IOException, InterruptedException {
    return JSON.readTree(ask(uploading("/api/v1/media").POST(form("file", upload))));
  }

  /** Posts a picture that was uploaded. */
  void postPicture(String text, JsonNode media) throws IOException, InterruptedException {
    ask(posting(Map.of("status", text, "media_ids", List.of(idOf(media)))));
  }

  private static String pathOf(JsonNode status) {
    return "/api/v1/statuses/" + idOf(status);
  }

  private static String idOf(JsonNode shown) {
    return shown.get("id").asString();
  }

  private String personId(String feedId) throws IOException, InterruptedException {
    return idOf(person(feedId));
  }

  /** Asks for what needs no more words. */
  private void press(String path) throws IOException, InterruptedException {
    ask(calling(path).POST(BodyPublishers.noBody()));
  }

  private HttpRequest.Builder sending(String path) throws IOException, InterruptedException {
    return calling(path).header("Content-Type", "application/json");
  }

  private static BodyPublisher json(Map<String, ?> fields) {
    return BodyPublishers.ofString(JSON.writeValueAsString(fields));
  }

  private HttpRequest.Builder uploading(String path) throws IOException, InterruptedException {
    return calling(path).header("Content-Type", "multipart/form-data; boundary=cut");
  }

  private static BodyPublisher form(String name, byte[] file) {
    String field = "Content-Disposition: form-data; name=\"" + name + "\"; filename=\"a\"";
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(("--cut\r\n" + field + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
    body.writeBytes(file);
    body.writeBytes("\r\n--cut--\r\n".getBytes(StandardCharsets.UTF_8));
    return BodyPublishers.ofByteArray(body.toByteArray());
  }

  private HttpRequest.Builder calling(String path) throws IOException, InterruptedException {
    return HttpRequest.newBuilder(URI.create(skep.url()).resolve(path))
        .header("Authorization", "Bearer " + skep.token());
  }

  private static byte[] ask(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = send(request);
    if (answer.statusCode() != 200) {
      throw new AssertionError(
          answer.statusCode() + ": " + new String(answer.body(), StandardCharsets.UTF_8));
    }
    return answer.body();
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofByteArray());
    }
  }
}
