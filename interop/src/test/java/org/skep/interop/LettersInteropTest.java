package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.testkit.peers.NpmFolder;
import org.skep.testkit.peers.SsbPeer;
import tools.jackson.databind.JsonNode;

/** Letters in private boxes between Skep and the unmodified programs, and who can't read them. */
@Tag("scuttlebutt")
class LettersInteropTest {
  @TempDir Path folder;

  @Test
  void lettersGoBothWaysWithSsbDb2() throws Exception {
    String key = Meeting.randomKey();
    try (SsbPeer ben = SsbPeer.start(NpmFolder.peer(), folder.resolve("ben"), key)) {
      write(ben, key);
    }
  }

  @Test
  void lettersGoBothWaysWithSsbServer() throws Exception {
    String key = Meeting.randomKey();
    try (SsbPeer ben = SsbPeer.startClassic(folder.resolve("ben"), key)) {
      write(ben, key);
    }
  }

  private void write(SsbPeer ben, String key) throws Exception {
    try (SkepProcess skep =
        SkepProcess.start(folder.resolve("skep"), "Ana", Map.of("SKEP_SSB_NETWORK_KEY", key))) {
      String ana = skep.feedId();
      ben.follow(ana);
      skep.must("follow", ben.id());
      skep.must("post", "--to", ben.id(), "Ben, é ✓ 😀 for you alone");
      skep.must("post", "--to", "anybody", "for everybody");
      ben.request(ana);
      skep.must("connect", ben.address());

      JsonNode read =
          Await.until(
                  "the letter",
                  Meeting.PATIENCE,
                  () -> ben.letters(ana),
                  letters -> letters.size() == 1)
              .get(0);
      assertEquals("Ben, é ✓ 😀 for you alone", read.get("text").asString());
      assertEquals(
          List.of(ana, ben.id()),
          StreamSupport.stream(read.get("recps").spliterator(), false)
              .map(JsonNode::asString)
              .toList());

      JsonNode written =
          ben.writeLetter(Map.of("type", "post", "text", "Ana, for you"), List.of(ana, ben.id()));
      assertTrue(written.get("content").asString().endsWith(".box"), written::toString);
      ben.writeLetter(Map.of("type", "post", "text", "only mine"), List.of(ben.id()));
      ben.publish("the last of Ben");
      Await.until(
          "what Ben wrote after it",
          Meeting.PATIENCE,
          () -> skep.postsBy(ben.id()),
          List.of("the last of Ben")::equals);
      JsonNode last =
          Await.until(
                  "Ben's letter", Meeting.PATIENCE, skep::letters, letters -> letters.size() == 2)
              .get(0)
              .get("last_status");
      assertEquals("Ana, for you", last.get("skep").get("text").asString());
      assertEquals("direct", last.get("visibility").asString());

      // The answer stands in Ben's thread, and is for the same two.
      skep.must("post", "--to", ben.id(), "--reply", last.get("id").asString(), "thank you");
      JsonNode answer =
          Await.until(
                  "the answer",
                  Meeting.PATIENCE,
                  () -> ben.letters(ana),
                  letters -> letters.size() == 2)
              .get(1);
      assertEquals(written.get("key").asString(), answer.get("root").asString());
      assertEquals(written.get("key").asString(), answer.get("branch").get(0).asString());
      assertTrue(skep.timeline().toString().contains("the last of Ben"));
      assertTrue(!skep.timeline().toString().contains("only mine"));
    }
  }
}
