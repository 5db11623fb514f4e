package org.skep.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.AccountId;
import tools.jackson.databind.JsonNode;

/** People through the API: who they are, how one finds them, and how one stands to them. */
final class AccountCallsTest {
  private static final String STRANGER = "@" + "A".repeat(43) + "=.ed25519";

  private SmallNode node;

  @BeforeEach
  void openNode(@TempDir Path folder) throws IOException {
    node = new SmallNode(folder);
  }

  @AfterEach
  void closeNode() throws IOException {
    node.close();
  }

  private JsonNode lookup(String name) throws Exception {
    return node.get(node.ana, "/api/v1/accounts/lookup?acct=" + encoded(name));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private JsonNode relate(AccountId who, String whom, String deed) throws Exception {
    return node.post(who, "/api/v1/accounts/" + whom + "/" + deed, Map.of());
  }

  private static List<String> ids(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(item -> item.path("id").asString())
        .toList();
  }

  @Test
  void theOwnAccountIsInMastodonsShape() throws Exception {
    JsonNode me = node.get(node.ana, "/api/v1/accounts/verify_credentials");
    assertEquals(node.idOf(node.ana), me.path("id").asString());
    assertEquals("ana", me.path("username").asString());
    assertEquals("ana", me.path("acct").asString());
    assertEquals("Ana", me.path("display_name").asString());
    assertEquals(node.origin() + "/@ana", me.path("url").asString());
    assertTrue(me.path("uri").asString().startsWith("ssb:feed/classic/"));
    assertEquals("public", me.path("source").path("privacy").asString());
    for (String part : List.of("note", "avatar", "header", "created_at")) {
      assertTrue(me.path(part).isString(), part);
    }
    assertEquals(2, me.path("skep").path("faces").size());
  }

  @Test
  void aProfileIsChangedOnlyWhereSomethingIsDifferent() throws Exception {
    int before = node.dumpViews().size();
    var same = change("{\"display_name\":\"Ana\"}");
    assertEquals("Ana", same.path("display_name").asString());
    assertEquals(before, node.dumpViews().size());
    var changed = change("{\"display_name\":\"Ana 😀\",\"note\":\"*me*\"}");
    assertEquals("Ana 😀", changed.path("display_name").asString());
    assertEquals("<p><em>me</em></p>", changed.path("note").asString());
    assertEquals("*me*", changed.path("skep").path("description").asString());
    assertEquals("*me*", changed.path("source").path("note").asString());
    assertEquals(
        "Ana 😀",
        node.get(node.ben, "/api/v1/accounts/" + node.idOf(node.ana))
            .path("display_name")
            .asString());
  }

  private JsonNode change(String json) throws Exception {
    return SmallNode.json(
        200,
        node.send(
            node.as(node.ana, "/api/v1/accounts/update_credentials")
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(json))));
  }

  @Test
  void aProfileIsChangedWholeOrNotAtAll() throws Exception {
    var refused =
        node.send(
            node.as(node.ana, "/api/v1/accounts/update_credentials")
                .header("Content-Type", "application/json")
                .method(
                    "PATCH",
                    BodyPublishers.ofString(
                        "{\"display_name\":\"Anna\",\"note\":\"" + "x".repeat(50_000) + "\"}")));
    SmallNode.refused(422, refused);
    assertEquals(
        "Ana",
        node.get(node.ana, "/api/v1/accounts/verify_credentials").path("display_name").asString());
  }

  @Test
  void peopleOfOneHouseholdWhoseNamesLookAlikeHaveDifferentAddresses() throws Exception {
    String other =
        node.post(node.ana, "/api/skep/v1/people", Map.of("name", "Ben!")).path("id").asString();
    JsonNode first = node.get(node.ana, "/api/v1/accounts/" + node.idOf(node.ben));
    JsonNode second = node.get(node.ana, "/api/v1/accounts/" + other);
    assertEquals("ben", first.path("acct").asString());
    String acct = second.path("acct").asString();
    assertTrue(acct.matches("ben_[a-z2-7]{6}"), acct);
    assertEquals(acct, second.path("username").asString());
    assertEquals(node.origin() + "/@" + acct, second.path("url").asString());
    for (String name : List.of(acct, "@" + acct)) {
      assertEquals(
          other, node.get(node.ana, "/api/v1/accounts/lookup?acct=" + name).path("id").asString());
    }
    assertEquals(
        node.idOf(node.ben),
        node.get(node.ana, "/api/v1/accounts/lookup?acct=ben").path("id").asString());
  }

  @Test
  void aPersonIsFoundByEachOfHerNames() throws Exception {
    String ben = node.idOf(node.ben);
    assertEquals(ben, lookup("ben").path("id").asString());
    assertEquals(ben, lookup("@ben").path("id").asString());
    assertEquals(ben, lookup(node.feedOf(node.ben)).path("id").asString());
    JsonNode stranger = lookup(STRANGER);
    assertEquals("friend@aaaaaaaaaaaaaaaa.ssb.alt", stranger.path("acct").asString());
    String acct = "@anything@aaaaaaaaaaaaaaaa.ssb.alt";
    assertEquals(stranger.path("id"), lookup(acct).path("id"));
    assertEquals(
        stranger, node.get(node.ana, "/api/v1/accounts/" + stranger.path("id").asString()));
    for (String nobody : List.of("nobody", "x@bbbbbbbbbbbbbbbb.ssb.alt", "x@example.org", "@@")) {
      SmallNode.refused(
          404, node.getRaw(node.ana, "/api/v1/accounts/lookup?acct=" + encoded(nobody)));
    }
    assertEquals(422, node.getRaw(node.ana, "/api/v1/accounts/lookup").statusCode());
  }

  @Test
  void followingBringsAPersonsPostsHome() throws Exception {
    String ben = node.idOf(node.ben);
    String post = node.say(node.ben, "by Ben");
    assertEquals(List.of(), ids(node.get(node.ana, "/api/v1/timelines/home")));
    JsonNode follows = relate(node.ana, ben, "follow");
    assertTrue(follows.path("following").asBoolean());
    assertFalse(follows.path("blocking").asBoolean());
    assertEquals(List.of(post), ids(node.get(node.ana, "/api/v1/timelines/home")));
    assertEquals(
        List.of(ben),
        ids(node.get(node.ana, "/api/v1/accounts/" + node.idOf(node.ana) + "/following")));
    assertEquals(
        List.of(ben),
        ids(node.get(node.ben, "/api/v1/accounts/" + node.idOf(node.ana) + "/following")));
    JsonNode seen = node.get(node.ana, "/api/v1/accounts/" + ben);
    assertEquals(1, seen.path("followers_count").asInt());
    assertEquals(0, seen.path("following_count").asInt());
    assertEquals(1, seen.path("statuses_count").asInt());
    JsonNode back =
        node.get(node.ben, "/api/v1/accounts/relationships?id[]=" + node.idOf(node.ana)).path(0);
    assertTrue(back.path("followed_by").asBoolean());
    assertFalse(relate(node.ana, ben, "unfollow").path("following").asBoolean());
    assertEquals(List.of(), ids(node.get(node.ana, "/api/v1/timelines/home")));
  }

  @Test
  void aBlockHidesAPersonFromTheBlockerAloneAndEndsTheFollow() throws Exception {
    String ben = node.idOf(node.ben);
    relate(node.ana, ben, "follow");
    String post = node.say(node.ben, "by Ben");
    JsonNode blocked = relate(node.ana, ben, "block");
    assertTrue(blocked.path("blocking").asBoolean());
    assertFalse(blocked.path("following").asBoolean());
    assertEquals(List.of(ben), ids(node.get(node.ana, "/api/v1/blocks")));
    assertEquals(List.of(), ids(node.get(node.ana, "/api/v1/timelines/home")));
    assertEquals(404, node.getRaw(node.ana, "/api/v1/statuses/" + post).statusCode());
    assertEquals(List.of(), ids(node.get(node.ana, "/api/v1/accounts/" + ben + "/statuses")));
    assertEquals(List.of(), ids(node.get(node.ben, "/api/v1/blocks")));
    assertEquals(List.of(post), ids(node.get(node.ben, "/api/v1/accounts/" + ben + "/statuses")));
    JsonNode stands =
        node.get(node.ben, "/api/v1/accounts/relationships?id[]=" + node.idOf(node.ana)).path(0);
    assertFalse(stands.path("blocked_by").asBoolean());
    assertFalse(stands.path("followed_by").asBoolean());
    relate(node.ana, ben, "unfollow");
    assertEquals(List.of(ben), ids(node.get(node.ana, "/api/v1/blocks")));
    assertFalse(relate(node.ana, ben, "unblock").path("blocking").asBoolean());
    assertEquals(List.of(), ids(node.get(node.ana, "/api/v1/blocks")));
  }

  @Test
  void whatChangesNothingIsNotSaidAgain() throws Exception {
    String ben = node.idOf(node.ben);
    relate(node.ana, ben, "follow");
    List<String> before = node.dumpViews();
    relate(node.ana, ben, "follow");
    relate(node.ana, ben, "unblock");
    assertEquals(before, node.dumpViews());
  }

  @Test
  void thatSomebodysLogWasForkedIsSaidInWords() throws Exception {
    SsbFriend friend = SsbFriend.of(node);
    friend.posts("one");
    assertTrue(lookup(friend.feedId()).path("skep").path("forked").isNull());

    friend.forks("two");

    assertEquals(
        "Two different entries at place 2 of this person's log are known. Skep goes on with the"
            + " one it had first; other computers may have the other.",
        lookup(friend.feedId()).path("skep").path("forked").asString());
    String id = lookup(friend.feedId()).path("id").asString();
    JsonNode posts = node.get(node.ana, "/api/v1/accounts/" + id + "/statuses");
    assertEquals(2, posts.size());
    assertEquals("two", posts.path(0).path("skep").path("text").asString());
  }

  @Test
  void nobodyFollowsOrBlocksHerself() throws Exception {
    for (String deed : List.of("follow", "block")) {
      assertEquals(
          "This is you.",
          SmallNode.refused(
              422,
              node.postRaw(
                  node.ana, "/api/v1/accounts/" + node.idOf(node.ana) + "/" + deed, "{}")));
    }
    SmallNode.refused(404, node.postRaw(node.ana, "/api/v1/accounts/999999/follow", "{}"));
  }

  @Test
  void aLongListOfPeopleIsPaged() throws Exception {
    for (char c = 'A'; c <= 'E'; c++) {
      String name = "@" + String.valueOf(c).repeat(42) + "A=.ed25519";
      relate(node.ana, lookup(name).path("id").asString(), "follow");
    }
    String path = "/api/v1/accounts/" + node.idOf(node.ana) + "/following?limit=3";
    var first = node.getRaw(node.ana, path);
    List<String> ids = ids(SmallNode.json(200, first));
    assertEquals(3, ids.size());
    assertTrue(first.headers().firstValue("Link").orElse("").contains("max_id=" + ids.getLast()));
    assertEquals(2, node.get(node.ana, path + "&max_id=" + ids.getLast()).size());
  }

  @Test
  void thePrettyAddressesLeadIntoThePage() throws Exception {
    var person = node.getRaw(node.ana, "/@ben");
    assertEquals(302, person.statusCode());
    assertEquals("/#/find/%40ben", person.headers().firstValue("Location").orElse(""));
    var post = node.getRaw(node.ana, "/@ben/123");
    assertEquals("/#/post/123", post.headers().firstValue("Location").orElse(""));
    assertEquals(302, node.send(node.to("/@nobody")).statusCode(), "it says nothing of anybody");
    assertEquals(404, node.getRaw(node.ana, "/ben").statusCode());
    assertEquals(404, node.getRaw(node.ana, "/@ben/x").statusCode());
  }

  @Test
  void aBlockIsToldOnlyWhereThatIsAskedForAndTakenBackWhereItWasTold() throws Exception {
    String ben = "/api/v1/accounts/" + node.idOf(node.ben);
    String ana = "/api/v1/accounts/relationships?id[]=" + node.idOf(node.ana);
    JsonNode quiet = node.post(node.ana, ben + "/block", Map.of());
    assertTrue(quiet.path("blocking").asBoolean());
    assertFalse(quiet.path("skep").path("blocking_told").asBoolean());
    assertFalse(node.get(node.ben, ana).get(0).path("blocked_by").asBoolean());

    JsonNode told = node.post(node.ana, ben + "/block", Map.of("skep_tell", true));
    assertTrue(told.path("skep").path("blocking_told").asBoolean());
    assertTrue(node.get(node.ben, ana).get(0).path("blocked_by").asBoolean());

    JsonNode over = node.post(node.ana, ben + "/unblock", Map.of());
    assertFalse(over.path("blocking").asBoolean());
    assertFalse(over.path("skep").path("blocking_told").asBoolean());
    assertFalse(node.get(node.ben, ana).get(0).path("blocked_by").asBoolean());
  }

  @Test
  void howFarOneReachesIsChosen() throws Exception {
    assertEquals(2, node.get(node.ana, "/api/skep/v1/reach").path("hops").asInt());
    assertEquals(1, reach("1", 200).path("hops").asInt());
    assertEquals(2, node.get(node.ben, "/api/skep/v1/reach").path("hops").asInt());
    for (String wrong : List.of("3", "99999999999")) {
      assertTrue(reach(wrong, 422).path("error").asString().contains("from 0 to 2 steps"), wrong);
    }
    reach("-1", 422);
    assertEquals(1, node.get(node.ana, "/api/skep/v1/reach").path("hops").asInt());
  }

  private JsonNode reach(String hops, int status) throws Exception {
    return SmallNode.json(
        status,
        node.send(
            node.as(node.ana, "/api/skep/v1/reach")
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"hops\":" + hops + "}"))));
  }
}
