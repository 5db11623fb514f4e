package org.skep.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.AccountId;
import org.skep.kernel.Diary.Happening;
import org.skep.kernel.Ref;
import org.skep.wire.json.JsObject;
import tools.jackson.databind.JsonNode;

class WhyCallsTest {
  @TempDir Path folder;
  private SmallNode node;
  private SsbFriend friend;

  @BeforeEach
  void open() throws Exception {
    node = new SmallNode(folder);
    friend = SsbFriend.of(node);
  }

  @AfterEach
  void close() throws Exception {
    node.close();
  }

  private JsonNode why(AccountId account, String feed) throws Exception {
    String acct = URLEncoder.encode(feed, StandardCharsets.UTF_8);
    String id = node.get(account, "/api/v1/accounts/lookup?acct=" + acct).path("id").asString();
    return node.get(account, "/api/skep/v1/people/" + id + "/why");
  }

  private static List<String> words(JsonNode why) {
    List<String> words = new ArrayList<>();
    why.path("words").forEach(word -> words.add(word.asString()));
    return words;
  }

  private void happened(String letter, Happening what) {
    node.engine
        .diary()
        .happened(node.ana, new Ref(SmallNode.SSB, friend.feedId()), peer(letter), what);
  }

  private static Ref peer(String letter) {
    return new Ref(SmallNode.SSB, "@" + letter.repeat(43) + "=.ed25519");
  }

  @Test
  void howItWentIsToldInSentences() throws Exception {
    friend.posts("one");
    friend.postsWithAGap("three");
    // A is connected to Ana, C is not.
    happened("A", new Happening.Asked(1));
    happened("A", new Happening.Has(3));
    happened("A", new Happening.Failed("it promised more and sent nothing"));
    happened("C", new Happening.Spared());
    happened("C", new Happening.Has(0));
    JsonNode why = why(node.ana, friend.feedId());
    String name = friend.feedId().substring(0, 9) + "…";
    List<String> words = words(why);
    assertEquals(
        List.of(
            "You follow " + name + ".",
            words.get(1),
            "1 entry waits for number 2, which has not come.",
            "@AAAAAAAA…'s computer says that there are entries up to number 3.",
            "@AAAAAAAA…'s computer (connected) was asked for what follows number 1 just now; said"
                + " that it has it up to number 3; failed just now: it promised more and sent"
                + " nothing.",
            "@CCCCCCCC…'s computer (not connected) was not asked, because one at a time is; said"
                + " that it has nothing of it."),
        words);
    assertTrue(words.get(1).startsWith("1 entry of this log is here, the last one from "));
    JsonNode log = why.path("logs").path(0);
    assertEquals("followed", log.path("standing").asString());
    assertEquals(1, log.path("here").asInt());
    assertEquals(3, log.path("peers").path(0).path("has").asInt());
  }

  @Test
  void whomNobodyIsConnectedToIsSaidWithTheReason() throws Exception {
    // Ben follows Ana, and his one peer is not connected.
    node.post(node.ben, "/api/v1/accounts/" + node.idOf(node.ana) + "/follow", Map.of());
    List<String> words = words(why(node.ben, node.feedOf(node.ana)));
    assertTrue(words.contains("You are connected to nobody now."), words::toString);
    assertTrue(words.contains("net:2: waiting."), words::toString);
  }

  @Test
  void anotherAccountLearnsNothingOfWhatIsAskedForTheFirst() throws Exception {
    friend.posts("one");
    happened("A", new Happening.Asked(1));
    JsonNode why = why(node.ben, friend.feedId());
    assertEquals(1, words(why).size(), why::toString);
    assertTrue(words(why).getFirst().startsWith("You don't follow "), why::toString);
    JsonNode log = why.path("logs").path(0);
    assertFalse(log.path("wanted").asBoolean());
    assertEquals(0, log.path("here").asInt());
    assertEquals(0, log.path("peers").size());
  }

  @Test
  void aHostileNameOrAnswerStaysWithinItsSentence() throws Exception {
    friend.writes(
        JsObject.EMPTY
            .with("type", "about")
            .with("about", friend.feedId())
            .with("name", "Eve\u001b[2J\u202e\nAll is well." + "x".repeat(500)));
    happened("A", new Happening.Failed("it answered: \u001b]0;owned\u0007\u2028yes"));
    for (String word : words(why(node.ana, friend.feedId()))) {
      assertTrue(
          word.codePoints().noneMatch(c -> Character.isISOControl(c) || c == 0x202e || c == 0x2028),
          word);
      assertTrue(word.length() < 500, word);
    }
  }

  @Test
  void whoIsNobodyIsNotFound() throws Exception {
    assertEquals(404, node.getRaw(node.ana, "/api/skep/v1/people/987654321/why").statusCode());
    assertEquals(404, node.getRaw(node.ana, "/api/skep/v1/people/x/why").statusCode());
  }
}
