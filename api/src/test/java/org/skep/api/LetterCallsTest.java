package org.skep.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.AccountId;
import tools.jackson.databind.JsonNode;

/** Letters through the API, as clients of Mastodon know conversations. */
final class LetterCallsTest {
  private SmallNode node;

  @BeforeEach
  void openNode(@TempDir Path folder) throws IOException {
    node = new SmallNode(folder);
  }

  @AfterEach
  void closeNode() throws IOException {
    node.close();
  }

  private JsonNode write(AccountId from, AccountId to, String text) throws Exception {
    return node.post(
        from,
        "/api/v1/statuses",
        Map.of("status", text, "visibility", "direct", "skep_to", List.of(node.idOf(to))));
  }

  private JsonNode answer(AccountId from, String id, String text) throws Exception {
    return node.post(
        from,
        "/api/v1/statuses",
        Map.of("status", text, "visibility", "direct", "in_reply_to_id", id));
  }

  private JsonNode conversations(AccountId account) throws Exception {
    return node.get(account, "/api/v1/conversations");
  }

  /** What was sealed for somebody else here is opened a moment after it was written. */
  private JsonNode awaitLetter(AccountId account, String text) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < deadline) {
      JsonNode all = conversations(account);
      if (all.path(0).path("last_status").path("skep").path("text").asString("").equals(text)) {
        return all.path(0);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
    throw new AssertionError("never came: " + text);
  }

  private static List<String> names(JsonNode people) {
    return StreamSupport.stream(people.spliterator(), false)
        .map(person -> person.path("acct").asString())
        .toList();
  }

  @Test
  void aLetterIsADirectStatusThatItsReaderHasAsAConversation() throws Exception {
    JsonNode letter = write(node.ana, node.ben, "dear Ben");
    assertEquals("direct", letter.path("visibility").asString());
    assertEquals(List.of("ben"), names(letter.path("mentions")));
    assertEquals(List.of("ana", "ben"), names(letter.path("skep").path("readers")));
    JsonNode seen = awaitLetter(node.ben, "dear Ben");
    assertTrue(seen.path("unread").asBoolean());
    assertEquals(List.of("ana"), names(seen.path("accounts")));
    assertFalse(conversations(node.ana).path(0).path("unread").asBoolean());
    assertEquals(0, node.get(node.ben, "/api/v1/timelines/home").size());
    assertEquals(0, node.get(node.ana, "/api/v1/timelines/home").size());
  }

  @Test
  void anAnswerGoesOnInTheConversationAndReadingItIsRemembered() throws Exception {
    String first = write(node.ana, node.ben, "dear Ben").path("id").asString();
    JsonNode seen = awaitLetter(node.ben, "dear Ben");
    JsonNode read =
        node.post(
            node.ben, "/api/v1/conversations/" + seen.path("id").asString() + "/read", Map.of());
    assertFalse(read.path("unread").asBoolean());
    assertFalse(conversations(node.ben).path(0).path("unread").asBoolean());
    answer(node.ben, seen.path("last_status").path("id").asString(), "dear Ana");
    JsonNode answered = awaitLetter(node.ana, "dear Ana");
    assertTrue(answered.path("unread").asBoolean());
    assertEquals(first, answered.path("id").asString());
    assertEquals(1, conversations(node.ana).size());
    assertEquals(
        "dear Ana",
        node.get(node.ana, "/api/v1/statuses/" + first + "/context")
            .path("descendants")
            .path(0)
            .path("skep")
            .path("text")
            .asString());
  }

  @Test
  void nobodyElseFindsALetter() throws Exception {
    String id =
        node.post(
                node.ana,
                "/api/v1/statuses",
                Map.of("status", "a note to myself", "visibility", "direct"))
            .path("id")
            .asString();
    assertEquals(1, conversations(node.ana).size());
    assertEquals(0, conversations(node.ben).size());
    for (String path : List.of("/api/v1/statuses/" + id, "/api/v1/statuses/" + id + "/context")) {
      assertEquals(404, node.send(node.as(node.ben, path).GET()).statusCode(), path);
    }
    SmallNode.refused(404, node.postRaw(node.ben, "/api/v1/conversations/" + id + "/read", "{}"));
    SmallNode.refused(404, node.postRaw(node.ben, "/api/v1/statuses/" + id + "/bookmark", "{}"));
    String open = node.say(node.ana, "for everybody");
    SmallNode.refused(404, node.postRaw(node.ana, "/api/v1/conversations/" + open + "/read", "{}"));
  }

  @Test
  void whatWouldSpreadALetterIsRefused() throws Exception {
    String id = write(node.ana, node.ben, "dear Ben").path("id").asString();
    String open =
        SmallNode.refused(
            422,
            node.postRaw(
                node.ana,
                "/api/v1/statuses",
                "{\"status\":\"open answer\",\"in_reply_to_id\":\"" + id + "\"}"));
    assertTrue(open.contains("is a letter, too"), open);
    String liked =
        SmallNode.refused(
            422, node.postRaw(node.ana, "/api/v1/statuses/" + id + "/favourite", "{}"));
    assertTrue(liked.contains("can’t be liked"), liked);
    String more =
        SmallNode.refused(
            422,
            node.postRaw(
                node.ana,
                "/api/v1/statuses",
                "{\"status\":\"hello [@Eve](@"
                    + "A".repeat(43)
                    + "=.ed25519)\",\"visibility\":\"direct\",\"in_reply_to_id\":\""
                    + id
                    + "\"}"));
    assertTrue(more.contains("begin a new one"), more);
    assertEquals(0, node.get(node.ana, "/api/v1/timelines/home").size());
  }
}
