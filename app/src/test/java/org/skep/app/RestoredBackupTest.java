package org.skep.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.AccountId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two whole nodes over real sockets: an old copy of one's data must not spoil one's log. */
class RestoredBackupTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final String HOME = "/api/v1/timelines/home";
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final AccountId FIRST = new AccountId(1);

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();

  private Node start(String name) throws Exception {
    Path data = folder.resolve(name);
    Node node = Node.start(Config.read(data, Map.of("http.port", "0", "ssb.port", "0"), Map.of()));
    if (node.people().isEmpty()) {
      node.addPerson(name, Optional.empty());
    }
    return node;
  }

  private HttpRequest.Builder to(Node node, String name, String path) {
    String token = NodeFiles.tokens(folder.resolve(name)).get(name);
    return HttpRequest.newBuilder(URI.create("http://localhost:" + node.appPort() + path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + token);
  }

  private JsonNode get(Node node, String name, String path) {
    try {
      return JSON.readTree(
          http.send(to(node, name, path).GET().build(), BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private HttpResponse<String> post(Node node, String name, String path, Map<String, ?> body)
      throws IOException, InterruptedException {
    return http.send(
        to(node, name, path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build(),
        BodyHandlers.ofString());
  }

  private void says(Node node, String name, String text) throws Exception {
    HttpResponse<String> answer = post(node, name, "/api/v1/statuses", Map.of("status", text));
    assertEquals(200, answer.statusCode(), answer.body());
  }

  private void follows(Node node, String name, String feed) throws Exception {
    String acct = URLEncoder.encode(feed, StandardCharsets.UTF_8);
    String id = get(node, name, "/api/v1/accounts/lookup?acct=" + acct).path("id").asString();
    HttpResponse<String> answer = post(node, name, "/api/v1/accounts/" + id + "/follow", Map.of());
    assertEquals(200, answer.statusCode(), answer.body());
  }

  private String feed(Node node, String name) {
    return get(node, name, "/api/skep/v1/status").path("accounts").path(0).path("ssb").asString();
  }

  private void eventually(Node node, String name, String path, Predicate<JsonNode> condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    JsonNode last = get(node, name, path);
    while (!condition.test(last)) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("never came true; the last was " + last);
      }
      LockSupport.parkNanos(LOOK_AGAIN.toNanos());
      last = get(node, name, path);
    }
  }

  private void reads(Node node, String name, String text) {
    eventually(node, name, HOME, last -> texts(last).contains(text));
  }

  /** What the posts say, and nothing else of them: any word may stand in a name or an id. */
  private static List<String> texts(JsonNode timeline) {
    return timeline
        .valueStream()
        .map(status -> status.path("skep").path("text").asString(""))
        .toList();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    }
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  @Test
  void whatWasWrittenSinceTheBackupComesBackAndTheOwnerIsAskedFirst() throws Exception {
    Path anas = folder.resolve("Ana");
    try (Node ben = start("Ben")) {
      String address = Objects.requireNonNull(ben.status(FIRST).networks().get("ssb")).address();
      try (Node ana = start("Ana")) {
        follows(ana, "Ana", feed(ben, "Ben"));
        follows(ben, "Ben", feed(ana, "Ana"));
        ana.connect(FIRST, address);
        says(ana, "Ana", "before the backup");
        reads(ben, "Ben", "before the backup");
      }
      copy(anas, folder.resolve("backup"));
      try (Node ana = start("Ana")) {
        says(ana, "Ana", "after the backup");
        reads(ben, "Ben", "after the backup");
      }
      delete(anas);
      copy(folder.resolve("backup"), anas);

      try (Node ana = start("Ana")) {
        // She dials Ben by herself, because she knew him when the backup was made.
        reads(ana, "Ana", "after the backup");
        JsonNode network = get(ana, "Ana", "/api/skep/v1/status").path("networks").path(0);
        assertTrue(
            network.path("resting").asString("").startsWith("Entries of yours came back"),
            network::toString);
        HttpResponse<String> refused =
            post(ana, "Ana", "/api/v1/statuses", Map.of("status", "too early"));
        assertEquals(422, refused.statusCode(), refused.body());

        HttpResponse<String> resumed =
            post(ana, "Ana", "/api/skep/v1/resume", Map.of("network", "ssb"));
        assertEquals(200, resumed.statusCode(), resumed.body());
        says(ana, "Ana", "here again");

        reads(ben, "Ben", "here again");
        assertTrue(texts(get(ben, "Ben", HOME)).contains("after the backup"));
        String id = get(ana, "Ana", "/api/v1/accounts/verify_credentials").path("id").asString();
        JsonNode self = get(ana, "Ana", "/api/v1/accounts/" + id);
        assertTrue(self.path("skep").path("forked").isNull(), self::toString);
      }
    }
  }

  @Test
  void anOldCopyThatWritesOnIsFoundOutAndRests() throws Exception {
    Path anas = folder.resolve("Ana");
    try (Node ben = start("Ben")) {
      String address = Objects.requireNonNull(ben.status(FIRST).networks().get("ssb")).address();
      try (Node ana = start("Ana")) {
        follows(ana, "Ana", feed(ben, "Ben"));
        follows(ben, "Ben", feed(ana, "Ana"));
      }
      copy(anas, folder.resolve("backup"));
      try (Node ana = start("Ana")) {
        ana.connect(FIRST, address);
        says(ana, "Ana", "one");
        says(ana, "Ana", "two");
        reads(ben, "Ben", "two");
      }
      delete(anas);
      copy(folder.resolve("backup"), anas);

      try (Node ana = start("Ana")) {
        says(ana, "Ana", "written before anybody was met");
        ana.connect(FIRST, address);
        eventually(
            ana,
            "Ana",
            "/api/skep/v1/status",
            last -> last.toString().contains("written at two places"));
        JsonNode network = get(ana, "Ana", "/api/skep/v1/status").path("networks").path(0);
        String words = network.path("elsewhere").asString("");
        assertTrue(words.startsWith("Two different entries at place "), words);
        HttpResponse<String> refused =
            post(ana, "Ana", "/api/skep/v1/resume", Map.of("network", "ssb"));
        assertEquals(409, refused.statusCode(), refused.body());
        assertEquals(Set.of("one", "two"), Set.copyOf(texts(get(ben, "Ben", HOME))));
      }
    }
  }
}
