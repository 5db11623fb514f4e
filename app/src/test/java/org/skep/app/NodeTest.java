package org.skep.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.doors.SystemClock;
import org.skep.doors.ThreadTasks;
import org.skep.engine.Refusal;
import org.skep.kernel.AccountId;
import org.skep.kernel.Blobs;
import org.skep.kernel.Lane;
import org.skep.kernel.StoreException;
import org.skep.store.DatabaseReading;
import org.skep.store.FileBlobs;
import org.skep.store.SqliteStore;

class NodeTest {
  @TempDir Path data;

  private Config config() throws Config.Mistakes {
    return Config.read(data, Map.of("http.port", "0", "ssb.port", "0"), Map.of());
  }

  @Test
  void peopleAndViewsAreTheSameAfterARestartAndARebuild() throws Exception {
    List<String> views;
    AccountId ana;
    try (Node node = Node.start(config())) {
      ana = node.addPerson("Ana ✓", Optional.empty());
      views = node.dumpViews();
      assertTrue(views.stream().anyMatch(line -> line.contains("Ana ✓")));
    }
    try (Node node = Node.start(config())) {
      assertEquals(Map.of(ana, "Ana ✓"), node.people());
      assertEquals(views, node.dumpViews());
      node.rebuild();
      assertEquals(views, node.dumpViews());
    }
  }

  @Test
  void whileViewsOfAnotherVersionAreBuiltThePageIsThereAndSaysSo() throws Exception {
    List<String> views;
    try (Node node = Node.start(config(), _ -> fail("there is nothing to build"))) {
      node.addPerson("Ana", Optional.empty());
      views = node.dumpViews();
    }
    makeViewsOld();
    List<HttpResponse<String>> answers = new ArrayList<>();
    String token = Objects.requireNonNull(NodeFiles.tokens(data).get("Ana"));
    try (Node node = Node.start(config(), _ -> answers.addAll(early(token)))) {
      assertEquals(List.of(200, 401, 503, 503, 200, 303), statuses(answers));
      assertTrue(answers.get(0).body().contains("<skep-app>"));
      HttpResponse<String> waiting = answers.get(2);
      assertEquals(Optional.of("1"), waiting.headers().firstValue("Retry-After"));
      assertTrue(waiting.body().startsWith("{\"error\":\"Skep is starting."), waiting.body());
      assertEquals(views, node.dumpViews());
      int port = node.appPort();
      assertEquals(200, ask(port, "GET", "/api/skep/v1/status", token).statusCode());
      assertEquals(404, ask(port, "GET", "/api/v1/nothing", token).statusCode());
      assertEquals(405, ask(port, "PUT", "/api/skep/v1/status", token).statusCode());
    }
  }

  /** What is answered while the node is not whole, the way in last. */
  private List<HttpResponse<String>> early(String token) {
    int port = NodeFiles.running(data).orElseThrow().port();
    HttpResponse<String> link = ask(port, "POST", "/api/skep/v1/links", token);
    String opened = link.body().replaceAll(".*/open/|\"}", "");
    return List.of(
        ask(port, "GET", "/", ""),
        ask(port, "GET", "/api/skep/v1/status", ""),
        ask(port, "GET", "/api/skep/v1/status", token),
        ask(port, "POST", "/api/skep/v1/entries", token),
        link,
        ask(port, "GET", "/open/" + opened, ""));
  }

  private static List<Integer> statuses(List<HttpResponse<String>> answers) {
    return answers.stream().limit(6).map(HttpResponse::statusCode).toList();
  }

  private static HttpResponse<String> ask(int port, String method, String path, String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void makeViewsOld() throws Exception {
    try (ThreadTasks tasks = new ThreadTasks();
        SqliteStore store = SqliteStore.open(data, new SystemClock(), tasks)) {
      store.write(
          Lane.OWN,
          tx -> {
            tx.run("ALTER TABLE people_profile_1 RENAME COLUMN value TO words");
            return tx.run("UPDATE projection SET version = 0");
          });
    }
  }

  private long blobBytes() {
    try (DatabaseReading reading = DatabaseReading.open(data).orElseThrow()) {
      return reading
          .read(tx -> tx.number("SELECT ifnull(sum(length_bytes), 0) FROM blob"))
          .orElseThrow();
    }
  }

  @Test
  void whatIsBeyondTheBudgetOfBlobsGoesThoughTidyingTheDatabaseFails() throws Exception {
    try (Node node = Node.start(config())) {
      node.addPerson("Ana", Optional.empty());
    }
    try (ThreadTasks tasks = new ThreadTasks();
        SqliteStore store = SqliteStore.open(data, new SystemClock(), tasks)) {
      Blobs blobs = FileBlobs.open(data, store, new SystemClock());
      for (int i = 0; i < 6; i++) {
        byte[] content = new byte[1 << 20];
        new Random(i).nextBytes(content);
        try (Blobs.Lease kept = blobs.put(new ByteArrayInputStream(content), content.length)) {
          String picture = kept.blob().hash().toString();
          int somebody = 1_000 + i;
          // What nobody shows would go for another reason.
          store.write(
              Lane.OWN,
              tx ->
                  tx.run(
                      "INSERT INTO {people.profile} (identity, field, value, news, seq)"
                          + " VALUES (?, 'PICTURE', ?, 1, 1)",
                      somebody,
                      picture));
        }
      }
      // Clearing what a rebuild left trips over this.
      store.write(
          Lane.OWN,
          tx -> {
            tx.run("CREATE TABLE posts_post_99 (post INTEGER PRIMARY KEY) STRICT");
            tx.run("INSERT INTO posts_post_99 VALUES (1)");
            return tx.run(
                "CREATE TRIGGER stay BEFORE DELETE ON posts_post_99"
                    + " BEGIN SELECT raise(ABORT, 'no'); END");
          });
    }
    assertEquals(6 << 20, blobBytes());
    Config small =
        Config.read(
            data, Map.of("http.port", "0", "ssb.port", "0", "blobs.budget_mib", "2"), Map.of());

    try (Node node = Node.start(small)) {
      AccountId ana = node.people().keySet().iterator().next();
      Await.until("what came first made room", () -> blobBytes() == 2 << 20);
      Await.until(
          "what fails is told",
          () -> node.status(ana).troubles().toString().contains("could not tidy up"));
    }
  }

  private static String address(Node node, AccountId account) {
    return Objects.requireNonNull(node.status(account).networks().get("ssb")).address();
  }

  @Test
  void everybodyHasAnAddressAndATokenOfHerOwn() throws Exception {
    try (Node node = Node.start(config())) {
      AccountId ana = node.addPerson("Ana", Optional.empty());
      AccountId ben = node.addPerson("Ben", Optional.empty());
      String anas = address(node, ana);
      String bens = address(node, ben);
      assertTrue(anas.startsWith("net:127.0.0.1:"), anas);
      assertFalse(anas.equals(bens));
      assertEquals(List.of("Ana", "Ben"), List.copyOf(NodeFiles.tokens(data).keySet()));
    }
    assertEquals(Optional.empty(), NodeFiles.running(data));
  }

  @Test
  void aSecondNodeOnTheSameFolderIsRefusedInASentence() throws Exception {
    try (Node node = Node.start(config())) {
      StoreException refused =
          assertThrows(StoreException.class, () -> Node.start(config()).close());
      assertTrue(String.valueOf(refused.getMessage()).contains(data.toString()));
      assertTrue(node.appPort() > 0);
    }
  }

  @Test
  void whatIsNoAddressIsRefusedInWords() throws Exception {
    try (Node node = Node.start(config())) {
      AccountId ana = node.addPerson("Ana", Optional.empty());
      assertThrows(Refusal.class, () -> node.connect(ana, "over there"));
    }
  }
}
