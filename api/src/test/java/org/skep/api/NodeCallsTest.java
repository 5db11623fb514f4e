package org.skep.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.AccountId;
import tools.jackson.databind.JsonNode;

/** The node through the API, and the way in. */
final class NodeCallsTest {
  private SmallNode node;

  @BeforeEach
  void openNode(@TempDir Path folder) throws IOException {
    node = new SmallNode(folder);
  }

  @AfterEach
  void closeNode() throws IOException {
    node.close();
  }

  private String link() throws Exception {
    String url = node.post(node.ana, "/api/skep/v1/links", Map.of()).path("url").asString();
    assertTrue(url.startsWith(node.origin() + "/open/"), url);
    return url.substring(node.origin().length());
  }

  /** A browser that was let in: its cookie, and the key that its page keeps. */
  private record InBrowser(String cookie, String pageKey) {
    HttpRequest.Builder with(HttpRequest.Builder request) {
      return request.header("Cookie", cookie).header("X-Skep-Page", pageKey);
    }
  }

  private InBrowser letIn(String link) throws Exception {
    var opened = node.send(node.to(link));
    assertEquals(303, opened.statusCode());
    String location = opened.headers().firstValue("Location").orElse("");
    assertTrue(location.matches("/#key=[A-Za-z0-9_-]{43}"), location);
    String cookie = opened.headers().firstValue("Set-Cookie").orElse("");
    assertTrue(cookie.startsWith("skep_" + node.port() + "="), cookie);
    return new InBrowser(
        cookie.substring(0, cookie.indexOf(';')), location.substring("/#key=".length()));
  }

  private int asked(InBrowser browser) throws Exception {
    return node.send(browser.with(node.to("/api/v1/accounts/verify_credentials"))).statusCode();
  }

  @Test
  void aLinkLetsOneBrowserInOnce() throws Exception {
    String link = link();
    InBrowser browser = letIn(link);
    var who = node.send(browser.with(node.to("/api/v1/accounts/verify_credentials")));
    assertEquals("Ana", SmallNode.json(200, who).path("display_name").asString());
    var again = node.send(node.to(link));
    assertEquals(403, again.statusCode());
    assertTrue(again.body().contains(Api.HOW_TO_GET_IN), again.body());
    assertTrue(again.headers().firstValue("Set-Cookie").isEmpty());
  }

  @Test
  void theCookieAloneIsWorthNothing() throws Exception {
    InBrowser browser = letIn(link());
    assertEquals(200, asked(browser));
    assertEquals(401, asked(new InBrowser(browser.cookie(), "")));
    assertEquals(401, asked(new InBrowser(browser.cookie(), letIn(link()).pageKey())));
  }

  @Test
  void whoOnlyLooksWhatALinkIsDoesNotUseItUp() throws Exception {
    String link = link();
    var looked = node.send(node.to(link).HEAD());
    assertEquals(200, looked.statusCode());
    assertTrue(looked.headers().firstValue("Set-Cookie").isEmpty());
    assertEquals(200, asked(letIn(link)));
  }

  private int signOut(InBrowser browser, String body) throws Exception {
    return node.send(
            browser
                .with(node.to("/api/skep/v1/sign_out"))
                .header("Origin", node.origin())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body)))
        .statusCode();
  }

  @Test
  void signingOutEndsThisSessionOrAllOfThePersons() throws Exception {
    InBrowser here = letIn(link());
    InBrowser there = letIn(link());
    InBrowser elsewhere = letIn(link());
    String waiting = link();
    assertEquals(200, signOut(here, "{}"));
    assertEquals(401, asked(here));
    assertEquals(200, asked(there));
    assertEquals(200, signOut(there, "{\"everywhere\":true}"));
    assertEquals(401, asked(there));
    assertEquals(401, asked(elsewhere));
    assertEquals(403, node.send(node.to(waiting)).statusCode());
    assertEquals(200, node.getRaw(node.ana, "/api/skep/v1/status").statusCode());
    SmallNode.refused(422, node.postRaw(node.ana, "/api/skep/v1/sign_out", "{}"));
  }

  @Test
  void withdrawnTokensAreWorthNothingAndTheCommandLineGetsAnother() throws Exception {
    String token =
        node.post(node.ben, "/api/skep/v1/tokens", Map.of("name", "lost")).path("token").asString();
    HttpRequest.Builder lost =
        node.to("/api/skep/v1/status").header("Authorization", "Bearer " + token);
    assertEquals(200, node.send(lost).statusCode());
    assertEquals(200, node.send(node.as(node.ben, "/api/skep/v1/tokens").DELETE()).statusCode());
    assertEquals(401, node.send(lost).statusCode());
    assertEquals(200, node.getRaw(node.ben, "/api/skep/v1/status").statusCode());
    assertEquals(200, node.getRaw(node.ana, "/api/skep/v1/status").statusCode());
  }

  @Test
  void anOldLinkAndAGuessedOneLeadNowhere() throws Exception {
    String link = link();
    node.clock.pass(Duration.ofMinutes(11));
    assertEquals(403, node.send(node.to(link)).statusCode());
    assertEquals(403, node.send(node.to("/open/guess")).statusCode());
    assertEquals(403, node.send(node.to("/open/" + "x".repeat(500))).statusCode());
  }

  @Test
  void onlyTheNewestLinksWait() throws Exception {
    String first = link();
    node.clock.pass(Duration.ofMillis(2));
    for (int i = 0; i < 32; i++) {
      link();
    }
    assertEquals(403, node.send(node.to(first)).statusCode());
  }

  @Test
  void whoComesWithoutASessionGetsThePageAndNothingElse() throws Exception {
    assertEquals("<p>the page</p>", node.send(node.to("/")).body());
    var refused = node.send(node.to("/api/skep/v1/status"));
    assertEquals(401, refused.statusCode());
    assertEquals("Please sign in first. hint", SmallNode.refused(401, refused));
  }

  @Test
  void theStatusShowsTheCallersPeersAndNobodyElses() throws Exception {
    JsonNode status = node.get(node.ana, "/api/skep/v1/status");
    assertEquals("0.0.1", status.path("version").asString());
    assertEquals("Ana", status.path("name").asString());
    assertEquals(1, status.path("accounts").size());
    assertEquals(node.feedOf(node.ana), status.path("accounts").path(0).path("ssb").asString());
    assertEquals(node.port(), status.path("ports").path("app").asInt());
    assertEquals(8008, status.path("ports").path("ssb").asInt());
    JsonNode network = status.path("networks").path(0);
    assertEquals("ssb", network.path("name").asString());
    assertTrue(network.path("listening").asBoolean());
    assertEquals("net:127.0.0.1:8008", network.path("address").asString());
    assertEquals(1, network.path("peers").size());
    assertTrue(network.path("peers").path(0).path("connected").asBoolean());
    assertEquals("net:1", network.path("peers").path(0).path("address").asString());
    assertTrue(status.path("disk").path("bytes").asLong() > 0);
    assertEquals(
        "{\"title\":\"Something goes on\","
            + "\"words\":\"Something goes on: 4 of about 10 parts, about 2 minutes left.\","
            + "\"how_far\":\"4 of about 10 parts\",\"done\":4,\"total\":10,\"percent\":40,\"left\":\"about 2 minutes left\"}",
        status.path("progress").path(0).toString());
    assertEquals("Something is wrong.", status.path("troubles").path(0).asString());
  }

  @Test
  void aNoticeIsSaidToEachPersonOnce() throws Exception {
    assertFalse(node.get(node.ana, "/api/skep/v1/notices").path("first_public_post").asBoolean());
    var seen =
        node.send(
            node.as(node.ana, "/api/skep/v1/notices")
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"first_public_post\":true}")));
    assertTrue(SmallNode.json(200, seen).path("first_public_post").asBoolean());
    JsonNode notices = node.get(node.ana, "/api/skep/v1/notices");
    assertTrue(notices.path("first_public_post").asBoolean());
    assertFalse(notices.path("first_follow").asBoolean());
    assertFalse(node.get(node.ben, "/api/skep/v1/notices").path("first_public_post").asBoolean());
  }

  @Test
  void anAddressIsDialledForTheCaller() throws Exception {
    var dialled = node.postRaw(node.ben, "/api/skep/v1/connect", "{\"address\":\"net:x\"}");
    assertEquals("Account 2 dials net:x.", SmallNode.json(202, dialled).path("words").asString());
    assertEquals(
        "This is no address.",
        SmallNode.refused(
            422, node.postRaw(node.ben, "/api/skep/v1/connect", "{\"address\":\"x\"}")));
    assertEquals(422, node.postRaw(node.ben, "/api/skep/v1/connect", "{}").statusCode());
  }

  @Test
  void aPersonIsAddedOnceByName() throws Exception {
    JsonNode cyd = node.post(node.ana, "/api/skep/v1/people", Map.of("name", " Cyd "));
    assertEquals("Cyd", cyd.path("name").asString());
    assertTrue(cyd.path("id").asString().matches("[0-9]+"));
    SmallNode.refused(422, node.postRaw(node.ana, "/api/skep/v1/people", "{\"name\":\"Cyd\"}"));
    SmallNode.refused(
        422, node.postRaw(node.ana, "/api/skep/v1/people", "{\"name\":\"Dan\",\"secret\":\"no\"}"));
    assertEquals(3, node.people().size());
  }

  @Test
  void whoRestsIsToldWhyAndWritesAgainWhereSheInsists() throws Exception {
    SsbFriend elsewhere = SsbFriend.withSecretFile(node);
    JsonNode cyd =
        node.post(
            node.ana,
            "/api/skep/v1/people",
            Map.of("name", "Cyd", "secret", elsewhere.secretFile()));
    assertEquals(1, cyd.path("resting").size());
    AccountId account = List.copyOf(node.people().keySet()).getLast();
    elsewhere.posts("long ago");
    elsewhere.postsWithAGap("far ahead");

    JsonNode network = node.get(account, "/api/skep/v1/status").path("networks").path(0);
    assertTrue(network.path("resting").asString().contains("1 entries are here"));
    String words = "An entry of yours at place 3 exists elsewhere; here your log ends at place 1.";
    assertEquals(words, network.path("elsewhere").asString());
    var refused = node.postRaw(account, "/api/skep/v1/resume", "{\"network\":\"ssb\"}");
    assertTrue(SmallNode.refused(409, refused).startsWith(words), refused.body());

    node.post(account, "/api/skep/v1/resume", Map.of("network", "ssb", "insist", true));

    network = node.get(account, "/api/skep/v1/status").path("networks").path(0);
    assertTrue(network.path("resting").isNull(), network.toString());
    node.say(account, "here again");
    assertEquals(
        "Nothing of yours rests there.",
        SmallNode.refused(
            422, node.postRaw(account, "/api/skep/v1/resume", "{\"network\":\"ssb\"}")));
    JsonNode anas = node.get(node.ana, "/api/skep/v1/status").path("networks").path(0);
    assertTrue(anas.path("elsewhere").isNull(), "it is Cyd's affair alone");
  }

  @Test
  void aNewTokenWorksForItsOwner() throws Exception {
    String token =
        node.post(node.ben, "/api/skep/v1/tokens", Map.of("name", "script"))
            .path("token")
            .asString();
    var who =
        node.send(
            node.to("/api/v1/accounts/verify_credentials")
                .header("Authorization", "Bearer " + token));
    assertEquals("Ben", SmallNode.json(200, who).path("display_name").asString());
    SmallNode.refused(422, node.postRaw(node.ben, "/api/skep/v1/tokens", "{}"));
  }

  @Test
  void theViewsAreTheSameAfterTheyWereBuiltAnewAndTheirDigestTellsNothing() throws Exception {
    String id = node.say(node.ana, "something private nearby");
    node.post(node.ana, "/api/v1/statuses/" + id + "/bookmark", Map.of());
    String before = node.getRaw(node.ana, "/api/skep/v1/views").body();
    assertTrue(before.matches("rows \\d+\nsha256 [0-9a-f]{64}\n"), before);
    node.post(node.ana, "/api/skep/v1/rebuild", Map.of());
    assertEquals(before, node.getRaw(node.ana, "/api/skep/v1/views").body());
    node.say(node.ana, "more");
    assertNotEquals(before, node.getRaw(node.ana, "/api/skep/v1/views").body());
  }

  @Test
  void aBrowserCanNotAskForARebuild() throws Exception {
    InBrowser browser = letIn(link());
    assertEquals(403, node.send(browser.with(node.to("/api/skep/v1/views"))).statusCode());
    var rebuild =
        browser
            .with(node.to("/api/skep/v1/rebuild"))
            .header("Origin", node.origin())
            .POST(BodyPublishers.noBody());
    assertEquals("This is for the command line.", SmallNode.refused(403, node.send(rebuild)));
  }

  @Test
  void stoppingIsPassedOn() throws Exception {
    assertEquals(202, node.postRaw(node.ana, "/api/skep/v1/stop", "").statusCode());
    assertTrue(node.stopped.get());
  }

  @Test
  void anybodyMayAskWhatThisIs() throws Exception {
    JsonNode second = SmallNode.json(200, node.send(node.to("/api/v2/instance")));
    assertEquals("4.3.0 (compatible; Skep 0.0.1)", second.path("version").asString());
    assertTrue(
        second.path("configuration").path("statuses").path("max_characters").asInt() > 1_000);
    JsonNode first = SmallNode.json(200, node.send(node.to("/api/v1/instance")));
    for (String name :
        List.of("domain", "source_url", "usage", "thumbnail", "contact", "registrations")) {
      assertTrue(second.has(name), name);
    }
    assertEquals(2, second.path("usage").path("users").path("active_month").asInt());
    assertTrue(second.path("registrations").has("message"));
    assertTrue(second.path("configuration").path("translation").has("enabled"));
    assertTrue(second.path("configuration").path("polls").has("max_options"));
    assertFalse(second.path("configuration").path("urls").has("streaming"), "there is none");
    for (String name :
        List.of("email", "stats", "approval_required", "invites_enabled", "contact_account")) {
      assertTrue(first.has(name), name);
    }
    assertEquals(second.path("version"), first.path("version"));
  }
}
