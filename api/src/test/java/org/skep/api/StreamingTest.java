package org.skep.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.AccountId;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;
import org.skep.wire.crypto.Digests;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a page hears while it is open. */
final class StreamingTest {
  private static final Bytes BLOB = Bytes.ofHex("89504e470d0a1a0a");

  private SmallNode node;

  @BeforeEach
  void openNode(@TempDir Path folder) throws IOException {
    node = new SmallNode(folder);
  }

  @AfterEach
  void closeNode() throws IOException {
    node.close();
  }

  /** Reads a stream's lines on a thread of its own. */
  private final class Ear implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final InputStream in;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    Ear(AccountId account) throws Exception {
      var answer =
          http.send(
              node.as(account, "/api/v1/streaming/user").build(), BodyHandlers.ofInputStream());
      assertEquals(200, answer.statusCode());
      in = answer.body();
      Thread.ofVirtual()
          .start(() -> {
            try (Scanner scanner = new Scanner(in, StandardCharsets.UTF_8)) {
              while (scanner.hasNextLine()) {
                lines.add(scanner.nextLine());
              }
            }
          });
      assertEquals(":thump", lines.poll(20, TimeUnit.SECONDS));
    }

    /** The next event of a kind; an own post is told of twice, for it gets a second face. */
    JsonNode next(String event) throws InterruptedException {
      while (true) {
        String line = lines.poll(20, TimeUnit.SECONDS);
        assertNotNull(line, "no " + event);
        if (line.equals("event: " + event)) {
          String data = lines.poll(20, TimeUnit.SECONDS);
          assertNotNull(data);
          assertTrue(data.startsWith("data: "), data);
          return JsonMapper.shared().readTree(data.substring(6));
        }
      }
    }

    @Override
    public void close() throws IOException {
      in.close();
      http.close();
    }
  }

  @Test
  void aListenerHearsOwnPostsAndThoseOfPeopleFollowedAndNoOthers() throws Exception {
    try (Ear ear = new Ear(node.ana)) {
      node.say(node.ben, "not followed yet");
      String own = node.say(node.ana, "by Ana");
      assertEquals(own, ear.next("update").path("id").asString());
      node.post(node.ana, "/api/v1/accounts/" + node.idOf(node.ben) + "/follow", Map.of());
      String followed = node.say(node.ben, "by Ben");
      assertEquals(followed, ear.next("update").path("id").asString());
    }
  }

  @Test
  void aListenerHearsOfBoostsEditsAndWhatIsGone() throws Exception {
    String id = node.say(node.ana, "helo");
    try (Ear ear = new Ear(node.ana)) {
      JsonNode boost = node.post(node.ana, "/api/v1/statuses/" + id + "/reblog", Map.of());
      JsonNode heard = ear.next("update");
      assertEquals(boost.path("id"), heard.path("id"));
      assertEquals(id, heard.path("reblog").path("id").asString());
      node.call("PUT", node.ana, "/api/v1/statuses/" + id, Map.of("status", "hello"));
      JsonNode changed = ear.next("status.update");
      while (changed.path("edited_at").isNull()) {
        changed = ear.next("status.update");
      }
      assertEquals("<p>hello</p>", changed.path("content").asString().strip());
      node.call("DELETE", node.ana, "/api/v1/statuses/" + id, Map.of());
      assertEquals(Long.parseLong(id), ear.next("delete").asLong());
    }
  }

  @Test
  void aListenerHearsThatAPostIsLiked() throws Exception {
    String id = node.say(node.ana, "likeable");
    try (Ear ear = new Ear(node.ana)) {
      node.post(node.ben, "/api/v1/statuses/" + id + "/favourite", Map.of());
      JsonNode changed = ear.next("status.update");
      assertEquals(id, changed.path("id").asString());
      assertEquals(1, changed.path("favourites_count").asInt());
      assertEquals(node.origin() + "/@ana", changed.path("account").path("url").asString());
    }
  }

  @Test
  void aListenerHearsOfALetterThatSomebodyElseHereWroteToHim() throws Exception {
    try (Ear ear = new Ear(node.ben)) {
      node.post(
          node.ana,
          "/api/v1/statuses",
          Map.of(
              "status",
              "dear Ben",
              "visibility",
              "direct",
              "skep_to",
              List.of(node.idOf(node.ben))));
      JsonNode letters = ear.next("conversation");
      assertEquals("dear Ben", letters.path("last_status").path("skep").path("text").asString());
    }
  }

  private void come() throws IOException {
    node.blobs.put(new ByteArrayInputStream(BLOB.toArray()), BLOB.length()).close();
  }

  @Test
  void aListenerHearsThatAPictureCame() throws Exception {
    Hash picture = new Hash(Digests.sha256(BLOB));
    SsbFriend friend = SsbFriend.of(node);
    try (Ear ear = new Ear(node.ana)) {
      friend.posts("![a cat](" + SsbFriend.blobId(picture) + ")");
      JsonNode before = ear.next("update").path("media_attachments").path(0);
      assertFalse(before.path("skep").path("here").asBoolean());
      assertEquals("unknown", before.path("type").asString());

      come();

      JsonNode after = ear.next("status.update").path("media_attachments").path(0);
      assertTrue(after.path("skep").path("here").asBoolean());
      assertEquals("image", after.path("type").asString());
    }
  }

  @Test
  void aListenerHearsThatThePictureOfSomebodyCame() throws Exception {
    Hash picture = new Hash(Digests.sha256(BLOB));
    SsbFriend friend = SsbFriend.of(node);
    friend.shows(picture);
    friend.posts("hello");
    try (Ear ear = new Ear(node.ana)) {
      come();

      JsonNode account = ear.next("status.update").path("account");
      assertTrue(
          account.path("avatar").asString().endsWith("/blob/" + picture), account.toString());
    }
  }
}
