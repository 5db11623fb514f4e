package org.skep.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skep.wire.json.JsArray;
import org.skep.wire.json.JsBool;
import org.skep.wire.json.JsNumber;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;
import tools.jackson.databind.JsonNode;

/** What others write in every shape, as a client is shown it. */
class ContentCallsTest {
  private SmallNode node;
  private SsbFriend friend;

  @BeforeEach
  void openNode(@TempDir Path folder) throws Exception {
    node = new SmallNode(folder);
    friend = SsbFriend.of(node);
  }

  @AfterEach
  void closeNode() throws IOException {
    node.close();
  }

  private static JsObject post(String text) {
    return JsObject.EMPTY.with("type", "post").with("text", text);
  }

  private JsonNode newest() throws Exception {
    return node.get(node.ana, "/api/v1/timelines/home").path(0);
  }

  private static String content(JsonNode status) {
    return status.path("content").asString().replace("&#64;", "@").replace("&#61;", "=");
  }

  @Test
  void aHashtagLeadsToWhatIsSaidAboutIt() throws Exception {
    JsonNode own =
        node.post(node.ana, "/api/v1/statuses", Map.of("status", "the #Bees are back #2026"));
    String address = node.origin() + "/tags/bees";
    assertEquals("2026", own.path("tags").path(0).path("name").asString());
    assertEquals("bees", own.path("tags").path(1).path("name").asString());
    assertEquals(address, own.path("tags").path(1).path("url").asString());
    assertTrue(
        content(own).contains("<a href=\"" + address + "\" class=\"mention hashtag\""),
        content(own));
    friend.writes(post("no sign in here").with("channel", "BEES"));

    JsonNode about = node.get(node.ana, "/api/v1/timelines/tag/Bees");

    assertEquals(2, about.size());
    assertEquals("no sign in here", about.path(0).path("skep").path("text").asString());
    assertTrue(about.path(0).path("skep").path("kind").isNull());
    assertEquals(0, node.get(node.ben, "/api/v1/timelines/tag/wax").size());
    HttpResponse<String> led = node.getRaw(node.ana, "/tags/bees");
    assertEquals("/#/tag/bees", led.headers().firstValue("Location").orElse(""));
  }

  @Test
  void whatIsSaidAboutATagInAnyLettersIsPaged() throws Exception {
    for (int i = 0; i < 3; i++) {
      friend.writes(post("蜂 #日本語 " + i));
    }
    HttpResponse<String> page =
        node.getRaw(node.ana, "/api/v1/timelines/tag/%E6%97%A5%E6%9C%AC%E8%AA%9E?limit=2");
    String link = page.headers().firstValue("Link").orElse("");
    assertTrue(
        link.startsWith(
            "<"
                + node.origin()
                + "/api/v1/timelines/tag/%E6%97%A5%E6%9C%AC%E8%AA%9E?limit=2&max_id="),
        link);
    String next = link.substring(node.origin().length() + 1, link.indexOf('>'));
    assertEquals(1, node.get(node.ana, next).size());
    assertEquals(
        "/#/tag/%E6%97%A5%E6%9C%AC%E8%AA%9E",
        node.getRaw(node.ana, "/tags/%E6%97%A5%E6%9C%AC%E8%AA%9E")
            .headers()
            .firstValue("Location")
            .orElse(""));
  }

  @Test
  void aThingOfAnotherKindIsShownByItsPartsAndAnswered() throws Exception {
    String gathering =
        friend.writes(
            JsObject.EMPTY
                .with("type", "gathering")
                .with("title", "Picnic <b>")
                .with("startDateTime", JsObject.EMPTY.with("epoch", new JsNumber(1783845000000d)))
                .with("invited", node.feedOf(node.ben)));
    JsonNode card = newest();
    assertEquals("gathering", card.path("skep").path("kind").asString());
    assertEquals(
        "<p><strong>Picnic &lt;b&gt;</strong></p><ul><li>starts: 12 July 2026, 08:30 UTC</li>"
            + "<li>invited: <a href=\""
            + node.origin()
            + "/@ben\" class=\"mention\" target=\"_blank\" rel=\"nofollow noopener noreferrer\">"
            + "@Ben</a></li></ul>",
        content(card).replace("\n", ""));

    friend.writes(post("who comes?").with("root", gathering).with("branch", gathering));

    JsonNode answer = newest();
    assertEquals(card.path("id").asString(), answer.path("in_reply_to_id").asString());
    JsonNode context =
        node.get(node.ana, "/api/v1/statuses/" + card.path("id").asString() + "/context");
    assertEquals(1, context.path("descendants").size());
    JsonNode own =
        node.post(
            node.ana,
            "/api/v1/statuses",
            Map.of("status", "I do", "in_reply_to_id", card.path("id").asString()));
    assertEquals(card.path("id").asString(), own.path("in_reply_to_id").asString());
  }

  @Test
  void plumbingIsNoCard() throws Exception {
    friend.posts("the only one");
    friend.writes(
        JsObject.EMPTY
            .with("type", "channel")
            .with("channel", "bees")
            .with("subscribed", new JsBool(true)));
    friend.writes(JsObject.EMPTY.with("type", "post"));

    assertEquals(1, node.get(node.ana, "/api/v1/timelines/home").size());
  }

  @Test
  void aLinkToAPostLeadsToIt() throws Exception {
    String first = friend.writes(post("the first"));
    String id = newest().path("id").asString();

    friend.writes(post("as I said [before](" + first + "), " + first));

    String shown = content(newest());
    String place = "/" + id + "\"";
    assertEquals(3, shown.split(place, -1).length, shown);
    assertTrue(shown.contains(">before</a>, <a "), shown);
    assertTrue(shown.contains(">a post by "), shown);
    assertFalse(shown.contains(".sha256"), shown);
  }

  @Test
  void whoIsNamedInTheTextAloneIsMentioned() throws Exception {
    friend.writes(post("hi [@Benny](" + node.feedOf(node.ben) + ")"));
    assertEquals("ben", newest().path("mentions").path(0).path("acct").asString());
    assertTrue(content(newest()).contains("/@ben\" class=\"mention\""), content(newest()));

    JsObject ben = JsObject.EMPTY.with("link", node.feedOf(node.ben)).with("name", "@benny");
    friend.writes(post("hi @benny").with("mentions", new JsArray(List.of(ben))));
    assertTrue(content(newest()).contains("/@ben\" class=\"mention\""), content(newest()));
  }

  @Test
  void aWarningWithoutWordsStillFolds() throws Exception {
    friend.writes(post("boo").with("contentWarning", ""));
    assertTrue(newest().path("sensitive").asBoolean());
    assertEquals("Sensitive", newest().path("spoiler_text").asString());

    friend.writes(post("boo").with("contentWarning", new JsString("**x** ".repeat(1_000))));
    assertTrue(newest().path("spoiler_text").asString().length() <= 500);
  }

  /** 2015, 2035, and the last moment of the year 9999. */
  @ParameterizedTest
  @ValueSource(longs = {1_430_000_000_000L, 2_051_222_400_000L, 253_402_300_799_999L, -1, 0})
  void anIdHasEighteenDigitsWhateverTheTime(long claimed) throws Exception {
    friend.writes(claimed, post("when?"));

    String id = newest().path("id").asString();
    assertEquals(18, id.length(), id);
    assertTrue(newest().path("created_at").asString().matches("20[0-3]\\d-.*"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u202eevil\u200b",
        "[press](javascript:alert(1))",
        "![x](data:image/svg+xml,<svg onload=alert(1)>)",
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "| a | b |\n|---|---|\n| c | d |",
        "#<script> #\u202ebees",
        "@<b> [@<i>](x)"
      })
  void whatIsHostileIsHarmlessInPostsAndCards(String words) throws Exception {
    friend.writes(post(words).with("channel", words));
    friend.writes(JsObject.EMPTY.with("type", "thing").with("title", words).with(words, words));
    friend.writes(post(words).with("contentWarning", words));

    for (JsonNode status : node.get(node.ana, "/api/v1/timelines/home")) {
      String content = content(status);
      assertFalse(content.matches("(?is).*<(script|img|svg|b|i|table)\\b.*"), content);
      assertFalse(content.matches("(?is).*href=\"(javascript|data):.*"), content);
    }
  }

  @Test
  void tenThousandBracketsTakeNoTime() throws Exception {
    friend.writes(post("[".repeat(3_500) + "]".repeat(3_500)));
    friend.writes(JsObject.EMPTY.with("type", "thing").with("text", "[](".repeat(2_300)));

    assertEquals(2, node.get(node.ana, "/api/v1/timelines/home").size());
  }
}
