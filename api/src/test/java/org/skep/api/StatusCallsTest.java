package org.skep.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.wire.json.JsArray;
import org.skep.wire.json.JsObject;
import tools.jackson.databind.JsonNode;

/** Posts through the API, as clients of Mastodon know them. */
final class StatusCallsTest {
  private SmallNode node;

  @BeforeEach
  void openNode(@TempDir Path folder) throws IOException {
    node = new SmallNode(folder);
  }

  @AfterEach
  void closeNode() throws IOException {
    node.close();
  }

  private static List<String> ids(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(item -> item.path("id").asString())
        .toList();
  }

  @Test
  void aPostComesBackInMastodonsShape() throws Exception {
    String text = "Hello *é ✓* 😀\u2028 <b>";
    JsonNode status = node.post(node.ana, "/api/v1/statuses", Map.of("status", text));
    String id = status.path("id").asString();
    assertTrue(id.matches("[0-9]{18}"), id);
    assertEquals(text, status.path("skep").path("text").asString());
    assertEquals(
        "<p>Hello <em>é ✓</em> &#x1f600;\u2028 &lt;b&gt;</p>", status.path("content").asString());
    assertEquals("public", status.path("visibility").asString());
    assertEquals(node.origin() + "/@ana/" + id, status.path("url").asString());
    assertTrue(status.path("uri").asString().startsWith("ssb:message/classic/"));
    assertTrue(
        status
            .path("created_at")
            .asString()
            .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"));
    assertTrue(status.path("in_reply_to_id").isNull());
    assertTrue(status.path("reblog").isNull());
    assertTrue(status.path("media_attachments").isArray());
    assertEquals("ana", status.path("account").path("acct").asString());
    assertEquals("waiting", status.path("skep").path("delivery").path("state").asString());
    assertEquals(2, status.path("skep").path("faces").size());
    assertEquals(status, node.get(node.ana, "/api/v1/statuses/" + id));
    assertEquals(List.of(id), ids(node.get(node.ana, "/api/v1/timelines/home")));
  }

  @Test
  void whatCanNotBePostedIsRefusedInWords() throws Exception {
    assertEquals(
        "There is nothing in this post.",
        SmallNode.refused(422, node.postRaw(node.ana, "/api/v1/statuses", "{\"status\":\"  \"}")));
    String hidden =
        SmallNode.refused(
            422,
            node.postRaw(
                node.ana, "/api/v1/statuses", "{\"status\":\"x\",\"visibility\":\"private\"}"));
    assertTrue(hidden.contains("anybody, for ever"), hidden);
    String long8k = "{\"status\":\"" + "é".repeat(9_000) + "\"}";
    String tooLong = SmallNode.refused(422, node.postRaw(node.ana, "/api/v1/statuses", long8k));
    assertFalse(tooLong.isEmpty());
    assertEquals(0, node.get(node.ana, "/api/v1/timelines/home").size());
    SmallNode.refused(
        404,
        node.postRaw(
            node.ana, "/api/v1/statuses", "{\"status\":\"x\",\"in_reply_to_id\":\"123\"}"));
  }

  @Test
  void bodiesThatAreNoGoodAreRefused() throws Exception {
    for (String body :
        List.of("{", "[]", "\"x\"", "{\"a\":1,\"a\":2}", "{} x", "[".repeat(50), "null")) {
      assertEquals(400, node.postRaw(node.ana, "/api/v1/statuses", body).statusCode(), body);
    }
    var plain =
        node.send(
            node.as(node.ana, "/api/v1/statuses")
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString("hello")));
    assertEquals(415, plain.statusCode());
    String long64k = "{\"status\":\"" + "x".repeat(70_000) + "\"}";
    assertEquals(413, node.postRaw(node.ana, "/api/v1/statuses", long64k).statusCode());
  }

  @Test
  void aFormIsAsGoodAsJson() throws Exception {
    var answer =
        node.send(
            node.as(node.ana, "/api/v1/statuses")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("status=a+%C3%A9%26b&spoiler_text=soup")));
    JsonNode status = SmallNode.json(200, answer);
    assertEquals("a é&b", status.path("skep").path("text").asString());
    assertEquals("soup", status.path("spoiler_text").asString());
    assertTrue(status.path("sensitive").asBoolean());
  }

  @Test
  void severalTriesOfOnePostMakeOne() throws Exception {
    List<String> ids = new ArrayList<>();
    for (String key : List.of("one", "one", "two")) {
      var answer =
          node.send(
              node.as(node.ana, "/api/v1/statuses")
                  .header("Content-Type", "application/json")
                  .header("Idempotency-Key", key)
                  .POST(BodyPublishers.ofString("{\"status\":\"once\"}")));
      ids.add(SmallNode.json(200, answer).path("id").asString());
    }
    assertEquals(ids.get(0), ids.get(1));
    assertNotEquals(ids.get(0), ids.get(2));
    assertEquals(2, node.get(node.ana, "/api/v1/timelines/home").size());
    node.clock.pass(Duration.ofMinutes(61));
    var later =
        node.send(
            node.as(node.ana, "/api/v1/statuses")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "one")
                .POST(BodyPublishers.ofString("{\"status\":\"once\"}")));
    assertNotEquals(ids.get(0), SmallNode.json(200, later).path("id").asString());
  }

  @Test
  void anotherTextUnderAUsedKeyIsRefusedAndNotSwallowed() throws Exception {
    for (String text : List.of("the first", "the first", "another")) {
      var answer =
          node.send(
              node.as(node.ana, "/api/v1/statuses")
                  .header("Content-Type", "application/json")
                  .header("Idempotency-Key", "one")
                  .POST(BodyPublishers.ofString("{\"status\":\"" + text + "\"}")));
      assertEquals(text.equals("another") ? 422 : 200, answer.statusCode());
    }
    assertEquals(1, node.get(node.ana, "/api/v1/timelines/home").size());
  }

  @Test
  void aPostThatCanNotBeAsItWasAskedForIsNotMade() throws Exception {
    for (String more :
        List.of(
            "\"scheduled_at\":\"2030-01-01T00:00:00Z\"",
            "\"media_ids\":[\"1\"]",
            "\"poll\":{\"options\":[\"a\",\"b\"],\"expires_in\":60}",
            "\"sensitive\":true")) {
      SmallNode.refused(
          422, node.postRaw(node.ana, "/api/v1/statuses", "{\"status\":\"careful\"," + more + "}"));
    }
    assertEquals(0, node.get(node.ana, "/api/v1/timelines/home").size());
    node.post(
        node.ana,
        "/api/v1/statuses",
        Map.of(
            "status",
            "fine",
            "sensitive",
            true,
            "spoiler_text",
            "spiders",
            "media_ids",
            List.of()));
    assertEquals(1, node.get(node.ana, "/api/v1/timelines/home").size());
  }

  @Test
  void whatWasReadStaysRead() throws Exception {
    Map<String, ?> third = Map.of("home", Map.of("last_read_id", "300000000000000000"));
    Map<String, ?> second = Map.of("home", Map.of("last_read_id", "200000000000000000"));
    JsonNode marker = node.post(node.ana, "/api/v1/markers", third).path("home");
    for (Map<String, ?> again : List.of(third, second)) {
      assertEquals(marker, node.post(node.ana, "/api/v1/markers", again).path("home"));
    }
  }

  @Test
  void theTimelineIsPagedBothWays() throws Exception {
    List<String> posted = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      posted.addFirst(node.say(node.ana, "post " + i));
    }
    List<String> seen = new ArrayList<>();
    String path = "/api/v1/timelines/home?limit=3";
    while (!path.isEmpty()) {
      var page = node.getRaw(node.ana, path);
      seen.addAll(ids(SmallNode.json(200, page)));
      Matcher next =
          Pattern.compile("<" + node.origin() + "([^>]*)>; rel=\"next\"")
              .matcher(page.headers().firstValue("Link").orElse(""));
      path = next.find() ? next.group(1) : "";
    }
    assertEquals(posted, seen);
    String third = posted.get(4);
    assertEquals(
        posted.subList(2, 4),
        ids(node.get(node.ana, "/api/v1/timelines/home?limit=2&min_id=" + third)));
    assertEquals(
        posted.subList(0, 2),
        ids(node.get(node.ana, "/api/v1/timelines/home?limit=2&since_id=" + third)));
    assertEquals(
        List.of(posted.get(3)),
        ids(
            node.get(
                node.ana,
                "/api/v1/timelines/home?max_id=" + posted.get(2) + "&since_id=" + third)));
    assertEquals(7, node.get(node.ana, "/api/v1/timelines/home?limit=1000").size());
    assertEquals(422, node.getRaw(node.ana, "/api/v1/timelines/home?limit=x").statusCode());
  }

  private static final String HOME = "/api/v1/timelines/home";

  /** What an app keeps of a timeline, as Tusky sorts it: by length and then by letters. */
  private static final Comparator<String> BY_ID =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  private NavigableMap<String, String> page(String bounds) throws Exception {
    NavigableMap<String, String> page = new TreeMap<>(BY_ID);
    node.get(node.ana, HOME + bounds)
        .forEach(post ->
            page.put(
                post.path("id").asString(),
                post.path("content").asString().replaceAll("<[^>]*>", "")));
    return page;
  }

  /** As Tusky does: what was kept between the first and the last that come is replaced by these. */
  private static void replace(
      NavigableMap<String, String> kept, NavigableMap<String, String> page) {
    kept.subMap(page.firstKey(), true, page.lastKey(), true).clear();
    kept.putAll(page);
  }

  @Test
  void whatComesLateIsFoundByAnAppThatKeptThePagesAroundIt() throws Exception {
    SsbFriend friend = SsbFriend.of(node);
    node.say(node.ana, "first");
    long between = node.clock.wallMillis() + Duration.ofHours(1).toMillis();
    node.clock.pass(Duration.ofHours(3));
    node.say(node.ana, "second");
    NavigableMap<String, String> kept = page("");
    String newest = kept.lastKey();
    assertEquals(List.of("first", "second"), List.copyOf(kept.values()));

    // Her past is fetched, and lies between what the app has; nothing new is on top.
    friend.writes(between, JsObject.EMPTY.with("type", "post").with("text", "her past"));
    assertEquals(Map.of(), page("?min_id=" + newest));
    assertEquals(Map.of(), page("?since_id=" + newest));
    replace(kept, page(""));
    assertEquals(List.of("first", "her past", "second"), List.copyOf(kept.values()));
    assertEquals(
        List.of("her past"),
        List.copyOf(page("?max_id=" + kept.lastKey() + "&since_id=" + kept.firstKey()).values()));

    // From here on she writes news; this was written while her computer was offline.
    friend.posts("hello");
    replace(kept, page("?min_id=" + newest));
    newest = kept.lastKey();
    friend.writes(between, JsObject.EMPTY.with("type", "post").with("text", "two hours late"));
    for (String asked : List.of("?min_id=" + newest, "?since_id=" + newest, "?limit=1")) {
      assertEquals(List.of("two hours late"), List.copyOf(page(asked).values()), asked);
    }
    replace(kept, page("?limit=2&since_id=" + kept.firstKey()));
    assertEquals(
        List.of("first", "her past", "second", "hello", "two hours late"),
        List.copyOf(kept.values()));
    assertEquals(page(""), kept);
    assertEquals(
        ShapeMaker.time(between),
        node.get(node.ana, HOME + "?limit=1").path(0).path("created_at").asString());
  }

  @Test
  void aThreadIsShownAroundAPost() throws Exception {
    String root = node.say(node.ana, "root");
    JsonNode reply =
        node.post(node.ben, "/api/v1/statuses", Map.of("status", "reply", "in_reply_to_id", root));
    String replyId = reply.path("id").asString();
    assertEquals(root, reply.path("in_reply_to_id").asString());
    assertEquals(node.idOf(node.ana), reply.path("in_reply_to_account_id").asString());
    JsonNode below = node.get(node.ana, "/api/v1/statuses/" + root + "/context");
    assertEquals(List.of(), ids(below.path("ancestors")));
    assertEquals(List.of(replyId), ids(below.path("descendants")));
    JsonNode above = node.get(node.ana, "/api/v1/statuses/" + replyId + "/context");
    assertEquals(List.of(root), ids(above.path("ancestors")));
    assertEquals(1, node.get(node.ana, "/api/v1/statuses/" + root).path("replies_count").asInt());
  }

  @Test
  void aLikeCountsForEverybodyAndCanBeTakenBack() throws Exception {
    String id = node.say(node.ana, "likeable");
    JsonNode liked = node.post(node.ben, "/api/v1/statuses/" + id + "/favourite", Map.of());
    assertTrue(liked.path("favourited").asBoolean());
    assertEquals(1, liked.path("favourites_count").asInt());
    JsonNode seen = node.get(node.ana, "/api/v1/statuses/" + id);
    assertFalse(seen.path("favourited").asBoolean());
    assertEquals(1, seen.path("favourites_count").asInt());
    int rows = node.dumpViews().size();
    node.post(node.ben, "/api/v1/statuses/" + id + "/favourite", Map.of());
    assertEquals(rows, node.dumpViews().size());
    JsonNode taken = node.post(node.ben, "/api/v1/statuses/" + id + "/unfavourite", Map.of());
    assertFalse(taken.path("favourited").asBoolean());
    assertEquals(0, taken.path("favourites_count").asInt());
  }

  @Test
  void aBoostIsAnEntryOfItsOwnAroundThePost() throws Exception {
    String id = node.say(node.ana, "worth passing on");
    JsonNode boost = node.post(node.ben, "/api/v1/statuses/" + id + "/reblog", Map.of());
    assertEquals(id, boost.path("reblog").path("id").asString());
    assertTrue(boost.path("reblog").path("reblogged").asBoolean());
    assertEquals(1, boost.path("reblog").path("reblogs_count").asInt());
    assertEquals("ben", boost.path("account").path("username").asString());
    String entry = boost.path("id").asString();
    assertEquals(
        entry,
        node.post(node.ben, "/api/v1/statuses/" + id + "/reblog", Map.of()).path("id").asString(),
        "said again it is the same");
    assertEquals(
        id, node.get(node.ana, "/api/v1/statuses/" + entry).path("reblog").path("id").asString());
    assertEquals(entry, node.get(node.ben, "/api/v1/timelines/home").path(0).path("id").asString());
    assertTrue(
        node.post(node.ana, "/api/v1/statuses/" + entry + "/favourite", Map.of())
            .path("favourited")
            .asBoolean(),
        "what is done to the entry is done to the post");

    JsonNode taken = node.post(node.ben, "/api/v1/statuses/" + id + "/unreblog", Map.of());
    assertFalse(taken.path("reblogged").asBoolean());
    assertEquals(0, taken.path("reblogs_count").asInt());
    assertTrue(taken.path("reblog").isNull());
  }

  @Test
  void aBoostOfOnesOwnIsTakenBackByItsOwnIdToo() throws Exception {
    String id = node.say(node.ana, "worth passing on");
    String path = "/api/v1/statuses/" + id;
    String bens = node.post(node.ben, path + "/reblog", Map.of()).path("id").asString();
    node.post(node.ana, path + "/reblog", Map.of());
    String entry = "/api/v1/statuses/" + bens;
    assertEquals(404, node.call("DELETE", node.ana, entry, Map.of()).statusCode());

    SmallNode.json(200, node.call("DELETE", node.ben, entry, Map.of()));

    JsonNode left = node.get(node.ben, path);
    assertFalse(left.path("reblogged").asBoolean());
    assertEquals(1, left.path("reblogs_count").asInt());
    assertEquals("worth passing on", left.path("skep").path("text").asString());
  }

  /** Some programs' habit; in lists it stands for what it passes on. */
  @Test
  void aPostThatHoldsNothingButALinkIsReachedAndAnsweredByItsOwnId() throws Exception {
    SsbFriend friend = SsbFriend.of(node);
    String honey =
        friend.writes(JsObject.EMPTY.with("type", "post").with("text", "worth passing on"));
    friend.writes(
        JsObject.EMPTY
            .with("type", "post")
            .with("text", honey)
            .with("mentions", new JsArray(List.of(JsObject.EMPTY.with("link", honey)))));
    JsonNode listed = node.get(node.ana, "/api/v1/timelines/home").path(0);
    assertEquals("worth passing on", listed.path("reblog").path("skep").path("text").asString());
    String id = listed.path("id").asString();
    JsonNode itself = node.get(node.ana, "/api/v1/statuses/" + id);
    assertEquals(honey, itself.path("skep").path("text").asString());
    assertTrue(itself.path("reblog").isNull());

    JsonNode answer =
        node.post(node.ana, "/api/v1/statuses", Map.of("status", "thanks", "in_reply_to_id", id));
    assertEquals(id, answer.path("in_reply_to_id").asString());
    assertEquals(
        List.of(answer.path("id").asString()),
        ids(node.get(node.ana, "/api/v1/statuses/" + id + "/context").path("descendants")));

    String who = listed.path("account").path("id").asString();
    String statuses = "/api/v1/accounts/" + who + "/statuses";
    assertEquals(2, node.get(node.ana, statuses).size());
    assertEquals(
        List.of(listed.path("reblog").path("id").asString()),
        ids(node.get(node.ana, statuses + "?exclude_reblogs=true")));
  }

  @Test
  void anEditIsShownWithWhatStoodBefore() throws Exception {
    String id = node.say(node.ana, "helo **there**");
    assertTrue(node.get(node.ana, "/api/v1/statuses/" + id).path("edited_at").isNull());
    JsonNode source = node.get(node.ana, "/api/v1/statuses/" + id + "/source");
    assertEquals("helo **there**", source.path("text").asString());

    JsonNode edited =
        SmallNode.json(
            200,
            node.call(
                "PUT",
                node.ana,
                "/api/v1/statuses/" + id,
                Map.of("status", "hello **there**", "spoiler_text", "a greeting")));
    assertEquals(id, edited.path("id").asString());
    assertTrue(edited.path("content").asString().contains("hello <strong>there</strong>"));
    assertEquals("a greeting", edited.path("spoiler_text").asString());
    assertTrue(edited.path("edited_at").asString().endsWith("Z"));
    JsonNode history = node.get(node.ben, "/api/v1/statuses/" + id + "/history");
    assertEquals(2, history.size());
    assertTrue(history.path(0).path("content").asString().contains("helo"));
    assertTrue(history.path(1).path("content").asString().contains("hello"));
    assertEquals("ana", history.path(0).path("account").path("username").asString());
    SmallNode.json(
        200,
        node.call(
            "PUT",
            node.ana,
            "/api/v1/statuses/" + id,
            Map.of("status", "hello **there**", "spoiler_text", "a greeting")));
    assertEquals(
        2,
        node.get(node.ben, "/api/v1/statuses/" + id + "/history").size(),
        "the same again is not said");
  }

  @Test
  void whatIsDeletedIsNowhereAndComesBackOnceWithItsText() throws Exception {
    String id = node.say(node.ana, "gone **soon**");
    node.post(node.ben, "/api/v1/statuses/" + id + "/bookmark", Map.of());
    String answer =
        node.post(node.ben, "/api/v1/statuses", Map.of("status", "an answer", "in_reply_to_id", id))
            .path("id")
            .asString();
    JsonNode last =
        SmallNode.json(200, node.call("DELETE", node.ana, "/api/v1/statuses/" + id, Map.of()));
    assertEquals("gone **soon**", last.path("text").asString());

    assertEquals(404, node.getRaw(node.ana, "/api/v1/statuses/" + id).statusCode());
    assertEquals(404, node.getRaw(node.ana, "/api/v1/statuses/" + id + "/history").statusCode());
    assertEquals(List.of(), ids(node.get(node.ben, "/api/v1/bookmarks")));
    JsonNode left = node.get(node.ben, "/api/v1/statuses/" + answer);
    assertTrue(left.path("in_reply_to_id").isNull(), "as Mastodon has it");
  }

  @Test
  void aSentenceForWordsThatAreGoneIsNotSaidInTheirPlace() throws Exception {
    String id = node.say(node.ana, "lost");
    node.loseAllRecords();
    String path = "/api/v1/statuses/" + id;
    assertTrue(node.get(node.ana, path).path("content").asString().contains("not here any more"));
    assertEquals("", node.get(node.ana, path + "/source").path("text").asString());
    Map<String, String> warning = Map.of("spoiler_text", "careful");
    assertEquals(422, node.call("PUT", node.ana, path, warning).statusCode());
  }

  @Test
  void whatIsSomebodyElsesIsNeitherEditedNorDeleted() throws Exception {
    String id = node.say(node.ana, "mine");
    String path = "/api/v1/statuses/" + id;
    Map<String, String> words = Map.of("status", "hers");
    assertEquals(404, node.call("PUT", node.ben, path, words).statusCode());
    assertEquals(404, node.call("DELETE", node.ben, path, Map.of()).statusCode());
    assertEquals(404, node.getRaw(node.ben, path + "/source").statusCode());
    assertEquals("mine", node.get(node.ana, path).path("skep").path("text").asString());
  }

  @Test
  void whatWaitsSaysUntilWhenAndCanBeUndone() throws Exception {
    assertEquals(0, node.get(node.ana, "/api/skep/v1/hold_back").path("seconds").asInt());
    String path = "/api/skep/v1/hold_back";
    JsonNode chosen =
        SmallNode.json(200, node.call("PUT", node.ana, path, Map.of("seconds", "60")));
    assertEquals(60, chosen.path("seconds").asInt());
    assertEquals(422, node.call("PUT", node.ana, path, Map.of("seconds", "901")).statusCode());
    assertEquals(0, node.get(node.ben, path).path("seconds").asInt(), "each her own");

    String id = node.say(node.ana, "hm");
    JsonNode held = node.get(node.ana, "/api/v1/statuses/" + id).path("skep");
    assertTrue(held.path("held_until").asString().endsWith("Z"));
    assertEquals("held", held.path("delivery").path("state").asString());
    assertEquals(1, held.path("faces").size());
    SmallNode.json(200, node.call("DELETE", node.ana, "/api/v1/statuses/" + id, Map.of()));
    assertEquals(404, node.getRaw(node.ana, "/api/v1/statuses/" + id).statusCode());
  }

  @Test
  void aBookmarkIsSeenByItsOwnerAlone() throws Exception {
    String id = node.say(node.ana, "worth keeping");
    JsonNode kept = node.post(node.ben, "/api/v1/statuses/" + id + "/bookmark", Map.of());
    assertTrue(kept.path("bookmarked").asBoolean());
    assertEquals(List.of(id), ids(node.get(node.ben, "/api/v1/bookmarks")));
    assertEquals(List.of(), ids(node.get(node.ana, "/api/v1/bookmarks")));
    assertFalse(node.get(node.ana, "/api/v1/statuses/" + id).path("bookmarked").asBoolean());
    node.post(node.ben, "/api/v1/statuses/" + id + "/unbookmark", Map.of());
    assertEquals(List.of(), ids(node.get(node.ben, "/api/v1/bookmarks")));
  }

  @Test
  void theReadMarkerIsKeptForItsOwnerAlone() throws Exception {
    String id = node.say(node.ana, "read this far");
    assertEquals(0, node.get(node.ana, "/api/v1/markers?timeline[]=home").size());
    node.post(node.ana, "/api/v1/markers", Map.of("home", Map.of("last_read_id", id)));
    JsonNode marker = node.get(node.ana, "/api/v1/markers?timeline[]=home").path("home");
    assertEquals(id, marker.path("last_read_id").asString());
    assertTrue(marker.path("updated_at").asString().endsWith("Z"));
    assertEquals(0, node.get(node.ben, "/api/v1/markers?timeline[]=home").size());
  }

  @Test
  void aMentionLeadsToThePersonsPage() throws Exception {
    JsonNode status =
        node.post(
            node.ana,
            "/api/v1/statuses",
            Map.of("status", "hello [@Benny](" + node.feedOf(node.ben) + ")"));
    JsonNode mention = status.path("mentions").path(0);
    assertEquals(node.idOf(node.ben), mention.path("id").asString());
    assertEquals("ben", mention.path("acct").asString());
    assertTrue(
        status
            .path("content")
            .asString()
            .replace("&#64;", "@")
            .contains("<a href=\"" + mention.path("url").asString() + "\" class=\"mention\""),
        status.path("content").asString());
  }

  @Test
  void whatIsNotThereIsSaidToBeMissing() throws Exception {
    for (String path :
        List.of(
            "/api/v1/statuses/1",
            "/api/v1/statuses/abc",
            "/api/v1/statuses/99999999999999999999",
            "/api/v1/statuses/1/context",
            "/api/v1/nothing")) {
      SmallNode.refused(404, node.getRaw(node.ana, path));
    }
    assertEquals(401, node.send(node.to("/api/v1/timelines/home")).statusCode());
  }
}
