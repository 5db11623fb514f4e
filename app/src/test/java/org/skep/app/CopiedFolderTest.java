package org.skep.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.doors.SystemClock;
import org.skep.doors.ThreadTasks;
import org.skep.kernel.Examination;
import org.skep.kernel.Lane;
import org.skep.store.SqliteStore;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole nodes on copies of one folder: whatever is answered, only one of them writes. */
class CopiedFolderTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String STATUS = "/api/skep/v1/status";

  @TempDir Path folder;
  private Path original;
  private Path copy;

  @BeforeEach
  void makeAFolderAndCopyIt() throws Exception {
    original = folder.resolve("Ana");
    copy = folder.resolve("copy");
    try (Node node = start(original)) {
      node.addPerson("Ana", Optional.empty());
      assertEquals(200, post(node, original, "before").statusCode());
    }
    copy(original, copy);
  }

  private Node start(Path data) throws Exception {
    return start(data, "state");
  }

  private Node start(Path data, String computer) throws Exception {
    return start(data, computer, 0);
  }

  private Node start(Path data, String computer, int holdBackSeconds) throws Exception {
    return Node.start(
        Config.read(
            data,
            Map.of(
                "http.port",
                "0",
                "ssb.port",
                "0",
                "ssb.hold_back_seconds",
                Integer.toString(holdBackSeconds)),
            Map.of("SKEP_STATE_DIR", folder.toAbsolutePath().resolve(computer).toString())));
  }

  /** As if what waits had waited long enough while nothing ran. */
  private static void makeDue(Path data) throws Exception {
    try (ThreadTasks tasks = new ThreadTasks();
        SqliteStore store = SqliteStore.open(data, new SystemClock(), tasks)) {
      int held = store.write(Lane.OWN, tx -> tx.run("UPDATE held SET due_ms = 1000"));
      assertEquals(1, held);
    }
  }

  private Instant heldUntil(Node node, Path data) throws Exception {
    for (JsonNode status : get(node, data, "/api/v1/timelines/home")) {
      if (status.toString().contains("not before its time")) {
        return Instant.parse(status.at("/skep/held_until").asString());
      }
    }
    throw new AssertionError("the post is gone");
  }

  private static void copy(Path from, Path to) throws Exception {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Files.copy(each, to.resolve(from.relativize(each).toString()));
      }
    }
  }

  private static void delete(Path tree) throws Exception {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  private HttpRequest.Builder to(Node node, Path data, String name, String path) {
    String token = NodeFiles.tokens(data).get(name);
    return HttpRequest.newBuilder(URI.create("http://localhost:" + node.appPort() + path))
        .timeout(PATIENCE)
        .header("Content-Type", "application/json")
        .header("Authorization", "Bearer " + token);
  }

  /** Over a connection of its own: a node that stops waits a while for those that stand. */
  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString());
    }
  }

  private JsonNode get(Node node, Path data, String path) throws Exception {
    HttpRequest request = to(node, data, "Ana", path).GET().build();
    return JSON.readTree(send(request).body());
  }

  private HttpResponse<String> post(
      Node node, Path data, String name, String path, Map<String, ?> body) throws Exception {
    return send(
        to(node, data, name, path)
            .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
            .build());
  }

  private HttpResponse<String> post(Node node, Path data, String text) throws Exception {
    return post(node, data, "Ana", "/api/v1/statuses", Map.of("status", text));
  }

  private HttpResponse<String> answer(Node node, Path data, String answer) throws Exception {
    return post(node, data, "Ana", "/api/skep/v1/copied", Map.of("answer", answer));
  }

  private String resting(Node node, Path data) throws Exception {
    return get(node, data, STATUS).path("networks").path(0).path("resting").asString("");
  }

  private boolean reads(Node node, Path data, String text) throws Exception {
    return get(node, data, "/api/v1/timelines/home").toString().contains(text);
  }

  private static void assertRefused(HttpResponse<String> answer, String words) {
    assertEquals(422, answer.statusCode(), answer.body());
    assertTrue(answer.body().contains(words), answer.body());
  }

  @Test
  void ofBothCopiesStartedOnlyOneWrites() throws Exception {
    try (Node second = start(copy);
        Node first = start(original)) {
      assertRefused(post(second, copy, "from the copy"), "whether this Skep is a copy");
      assertEquals(200, post(first, original, "from the original").statusCode());
      JsonNode status = get(second, copy, STATUS);
      assertTrue(status.path("copied").asString("").contains(original.toRealPath().toString()));
      assertTrue(get(first, original, STATUS).path("copied").isNull());
      assertTrue(reads(second, copy, "before"), "it reads on");
      HttpResponse<String> newcomer =
          post(second, copy, "Ana", "/api/skep/v1/people", Map.of("name", "Ben"));
      assertRefused(newcomer, "whether this Skep is a copy");
    }
    try (Node second = start(copy)) {
      assertRefused(post(second, copy, "again"), "whether this Skep is a copy");
    }
  }

  @Test
  void whileTheOriginalIsThereTheCopyCanNotTakeItsPlace() throws Exception {
    try (Node second = start(copy)) {
      assertRefused(answer(second, copy, "moved"), original.toRealPath().toString());
      assertRefused(answer(second, copy, "perhaps"), "The answer is moved or copied");
      assertRefused(post(second, copy, "still"), "whether this Skep is a copy");
    }
  }

  @Test
  void whatWasHeldBackDoesNotGoOutFromACopy() throws Exception {
    try (Node first = start(original, "state", 900)) {
      assertEquals(200, post(first, original, "not before its time").statusCode());
    }
    Path second = folder.resolve("another copy");
    copy(original, second);
    makeDue(second);
    String logs = "/api/skep/v1/logs?network=ssb";
    try (Node first = start(original);
        Node node = start(second)) {
      Instant started = Instant.now();
      // It was due long ago; it is tried, and put off for a minute.
      while (heldUntil(node, second).isBefore(started)) {
        assertTrue(Instant.now().isBefore(started.plus(PATIENCE)), "it is not even tried");
        Thread.onSpinWait();
      }
      assertEquals(get(first, original, logs), get(node, second, logs));
    }
  }

  @Test
  void aCopyReadsOnAndWhoeverComesInThereWrites() throws Exception {
    try (Node second = start(copy)) {
      assertEquals(200, answer(second, copy, "copied").statusCode());
      assertRefused(post(second, copy, "as Ana"), "as you it only reads");
      assertTrue(get(second, copy, STATUS).path("copied").isNull());
      assertRefused(answer(second, copy, "moved"), "Nobody asked");
    }
    try (Node second = start(copy)) {
      assertTrue(resting(second, copy).startsWith("This is a copy"), "it is not asked again");
      assertRefused(post(second, copy, "as Ana"), "as you it only reads");
      second.addPerson("Ben", Optional.empty());
      HttpResponse<String> bens =
          post(second, copy, "Ben", "/api/v1/statuses", Map.of("status", "as myself"));
      assertEquals(200, bens.statusCode(), bens.body());
    }
    try (Node first = start(original)) {
      assertEquals(200, post(first, original, "the original goes on").statusCode());
    }
  }

  @Test
  void aCopyWhoseOriginalIsLostMayTakeItsPlaceLater() throws Exception {
    try (Node second = start(copy)) {
      answer(second, copy, "copied");
      HttpResponse<String> resumed =
          post(second, copy, "Ana", "/api/skep/v1/resume", Map.of("network", "ssb"));
      assertEquals(409, resumed.statusCode(), resumed.body());
      assertTrue(resumed.body().contains("never write again"), resumed.body());
      Map<String, ?> insisting = Map.of("network", "ssb", "insist", true);
      resumed = post(second, copy, "Ana", "/api/skep/v1/resume", insisting);
      assertEquals(200, resumed.statusCode(), resumed.body());
      assertEquals(200, post(second, copy, "the other one burnt down").statusCode());
    }
  }

  @Test
  void whatWasMovedGoesOnAtOnce() throws Exception {
    delete(copy);
    Path moved = Files.move(original, folder.resolve("moved"));
    try (Node node = start(moved)) {
      assertRefused(post(node, moved, "too early"), "whether this Skep is a copy");
      assertEquals(200, answer(node, moved, "moved").statusCode());
      assertEquals(200, post(node, moved, "here now").statusCode());
    }
    try (Node node = start(moved)) {
      assertTrue(get(node, moved, STATUS).path("copied").isNull());
      assertEquals("", resting(node, moved));
    }
  }

  @Test
  void whatWasKilledIsNotTakenForWhole() throws Exception {
    delete(original);
    killed();
    try (Node node = start(copy)) {
      assertEquals(200, answer(node, copy, "moved").statusCode());
      assertRefused(post(node, copy, "perhaps a fork"), "put back");
    }
  }

  /** As if the last stop had not been orderly: the copy is of the time when it ran. */
  private void killed() throws Exception {
    try (Stream<Path> records = Files.list(folder.resolve("state").resolve("installations"))) {
      for (Path file :
          records.filter(each -> !each.getFileName().toString().equals("lock")).toList()) {
        String record = Files.readString(file);
        assertTrue(record.contains(" stopped "), record);
        Files.writeString(file, record.replace(" stopped ", " running "));
      }
    }
  }

  @Test
  void aCopyStaysOneWhenItIsMoved() throws Exception {
    try (Node second = start(copy)) {
      assertEquals(200, answer(second, copy, "copied").statusCode());
    }
    Path moved = Files.move(copy, folder.resolve("moved"));
    try (Node node = start(moved, "new computer")) {
      assertEquals(200, answer(node, moved, "moved").statusCode());
      assertTrue(resting(node, moved).startsWith("This is a copy"), resting(node, moved));
      assertRefused(post(node, moved, "as Ana"), "as you it only reads");
    }
  }

  @Test
  void onAnotherComputerItRestsUntilItsOwnerHasLooked() throws Exception {
    delete(original);
    try (Node node = start(copy, "new computer")) {
      assertEquals(200, answer(node, copy, "moved").statusCode());
      assertTrue(resting(node, copy).startsWith("This Skep was put back"), resting(node, copy));
      assertRefused(post(node, copy, "too early"), "put back");
    }
    try (Node node = start(copy, "new computer")) {
      assertTrue(get(node, copy, STATUS).path("copied").isNull(), "it is not asked again");
      HttpResponse<String> resumed =
          post(node, copy, "Ana", "/api/skep/v1/resume", Map.of("network", "ssb"));
      assertEquals(200, resumed.statusCode(), resumed.body());
      assertEquals(200, post(node, copy, "all of it is here").statusCode());
    }
  }

  @Test
  void theQuestionStaysWhereTheAnswerCanNotBeRemembered() throws Exception {
    Path records = folder.resolve("new computer").resolve("installations");
    try (Node node = start(copy, "new computer")) {
      delete(records);
      Files.writeString(records, "a file where a folder should be");
      assertRefused(answer(node, copy, "moved"), "SKEP_STATE_DIR");
      assertFalse(get(node, copy, STATUS).path("copied").isNull());
      assertRefused(post(node, copy, "too early"), "whether this Skep is a copy");
      Files.delete(records);
      assertEquals(200, answer(node, copy, "moved").statusCode());
      assertRefused(post(node, copy, "still too early"), "put back");
    }
  }

  private List<String> saysTheDoctor(Path data) {
    Map<String, String> environment =
        Map.of("SKEP_STATE_DIR", folder.toAbsolutePath().resolve("state").toString());
    return new Doctor(data, environment)
        .examine(Optional.empty()).stream()
            .filter(Examination.Finding.Wrong.class::isInstance)
            .map(Examination.Finding::words)
            .filter(words -> words.contains("./skep up --copied"))
            .toList();
  }

  @Test
  void theDoctorSaysSoBeforeTheCopyIsStartedAndChangesNothing() throws Exception {
    assertEquals(List.of(), saysTheDoctor(original));
    assertEquals(1, saysTheDoctor(copy).size());
    assertEquals(saysTheDoctor(copy), saysTheDoctor(copy));
    try (Node first = start(original)) {
      assertEquals(200, post(first, original, "as before").statusCode());
    }
  }

  @Test
  void anOlderStatePutBackInItsPlaceIsFoundOutBeforeItWrites() throws Exception {
    try (Node node = start(original)) {
      assertEquals(200, post(node, original, "after the backup").statusCode());
    }
    delete(original);
    copy(copy, original);
    delete(copy);
    try (Node node = start(original)) {
      assertFalse(reads(node, original, "after the backup"));
      assertRefused(post(node, original, "a fork"), "whether this Skep is a copy");
      assertEquals(200, answer(node, original, "moved").statusCode());
      assertRefused(post(node, original, "still a fork"), "put back");
    }
  }
}
