package org.skep.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skep.kernel.Bytes;
import org.skep.kernel.http.Access;
import org.skep.kernel.http.HttpResponse;
import org.skep.kernel.http.HttpSignIn;
import org.skep.kernel.http.Site;

/** What a hostile page, name or program can't do; each through a raw socket. */
final class DoorSecurityTest {
  private OpenDoor open;

  @BeforeEach
  void openDoor() throws IOException {
    open = OpenDoor.ordinary();
    open.get(Site.APP, "/who", Access.OPEN, OpenDoor.whoAmI());
    open.get(Site.APP, "/mine", Access.SIGNED_IN, OpenDoor.whoAmI());
    open.post("/act", 100, Access.SIGNED_IN, OpenDoor.whoAmI());
    open.get(Site.PUBLIC, "/who", Access.OPEN, OpenDoor.whoAmI());
    open.get(Site.CONTENT, "/who", Access.OPEN, OpenDoor.whoAmI());
  }

  @AfterEach
  void closeDoor() throws IOException {
    open.close();
  }

  private String get(Site site, String path, String... headers) throws IOException {
    return send("GET", site, path, headers);
  }

  private String act(String... headers) throws IOException {
    return send("POST", Site.APP, "/act", headers);
  }

  private String send(String method, Site site, String path, String... headers) throws IOException {
    List<String> lines = new java.util.ArrayList<>(List.of(method + " " + path + " HTTP/1.1"));
    lines.add("Host: localhost:" + open.port(site));
    lines.add("Connection: close");
    lines.addAll(List.of(headers));
    return open.raw(site, lines.toArray(String[]::new));
  }

  private String withHost(String host) throws IOException {
    return open.raw(Site.APP, "GET /who HTTP/1.1", "Host: " + host, "Connection: close");
  }

  private static void assertStatus(int status, String answer) {
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
  }

  private static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  @Test
  void onlyOurOwnHostNamesLeadHere() throws Exception {
    int port = open.port(Site.APP);
    for (String host :
        List.of(
            "evil.example:" + port,
            "localhost",
            "localhost:" + open.port(Site.CONTENT),
            "localhost.evil.example:" + port,
            "localhost.:" + port,
            "127.0.0.2:" + port,
            "192.168.1.10:" + port,
            "0.0.0.0:" + port)) {
      assertStatus(421, withHost(host));
    }
    for (String host : List.of("localhost:", "127.0.0.1:", "[::1]:", "LOCALHOST:")) {
      assertStatus(200, withHost(host + port));
    }
  }

  @Test
  void aForeignHostInTheRequestLineIsRefusedToo() throws Exception {
    String answer =
        open.raw(
            Site.APP,
            "GET http://evil.example/who HTTP/1.1",
            "Host: localhost:" + open.port(Site.APP),
            "Connection: close");
    assertFalse(answer.startsWith("HTTP/1.1 200"), answer);
  }

  @Test
  void aRequestWithoutAHostIsRefused() throws Exception {
    assertFalse(open.raw(Site.APP, "GET /who HTTP/1.0").startsWith("HTTP/1.1 200"));
    assertStatus(400, open.raw(Site.APP, "GET /who HTTP/1.1", "Connection: close"));
  }

  @Test
  void aNameTheOwnerSetLeadsHereWithOurPortOnly() throws Exception {
    try (OpenDoor named = new OpenDoor(config -> config.withNames(Set.of("Bee.example")))) {
      named.get(Site.APP, "/who", Access.OPEN, OpenDoor.whoAmI());
      String right = "Host: bee.example:" + named.port(Site.APP);
      assertStatus(200, named.raw(Site.APP, "GET /who HTTP/1.1", right, "Connection: close"));
      String wrong = "Host: bee.example:1";
      assertStatus(421, named.raw(Site.APP, "GET /who HTTP/1.1", wrong, "Connection: close"));
    }
  }

  @Test
  void aSessionIsKnownByItsCookieAndATokenByItsHeader() throws Exception {
    assertEquals("1 SESSION", body(get(Site.APP, "/who", open.session())));
    assertEquals("1 TOKEN", body(get(Site.APP, "/who", "Authorization: Bearer good")));
    assertEquals("1 TOKEN", body(get(Site.APP, "/who", "Authorization: bearer good")));
    assertEquals("nobody", body(get(Site.APP, "/who")));
  }

  @Test
  void aWrongTokenIsNotMadeGoodByACookie() throws Exception {
    assertEquals(
        "nobody", body(get(Site.APP, "/who", "Authorization: Bearer bad", open.session())));
    assertEquals(
        "nobody", body(get(Site.APP, "/who", "Authorization: Basic good", open.session())));
  }

  @Test
  void whoIsNotSignedInIsToldHow() throws Exception {
    String answer = get(Site.APP, "/mine");
    assertStatus(401, answer);
    assertTrue(answer.contains("WWW-Authenticate: Bearer\r\n"), answer);
    assertTrue(answer.contains(OpenDoor.HINT), answer);
    assertStatus(
        401,
        get(
            Site.APP,
            "/mine",
            "X-Skep-Page: good-key-of-the-page",
            "Cookie: " + open.cookie() + "x"));
    assertStatus(401, act("Origin: " + open.origin()));
  }

  @Test
  void aPostOfOurOwnPageIsTaken() throws Exception {
    String cookie = open.session();
    assertStatus(200, act(cookie, "Origin: " + open.origin()));
    assertStatus(200, act(cookie, "Origin: " + open.origin(), "Sec-Fetch-Site: same-origin"));
    assertStatus(200, act(cookie, "Origin: null", "Sec-Fetch-Site: same-origin"));
  }

  @Test
  void aPostThatAnotherPageSentWithOurCookieIsRefused() throws Exception {
    String cookie = open.session();
    assertStatus(403, act(cookie));
    assertStatus(403, act(cookie, "Origin: null"));
    assertStatus(403, act(cookie, "Origin: null", "Sec-Fetch-Site: cross-site"));
    assertStatus(403, act(cookie, "Origin: https://evil.example"));
    assertStatus(403, act(cookie, "Origin: https://evil.example", "Sec-Fetch-Site: same-origin"));
    assertStatus(403, act(cookie, "Origin: " + open.origin(), "Sec-Fetch-Site: cross-site"));
    assertStatus(403, act(cookie, "Origin: http://localhost:" + open.port(Site.CONTENT)));
    assertStatus(403, act(cookie, "Origin: http://127.0.0.1:" + open.port(Site.APP)));
    assertStatus(403, act(cookie, "Origin: https://localhost:" + open.port(Site.APP)));
    assertStatus(403, act(cookie, "Sec-Fetch-Site: same-site"));
  }

  @Test
  void aTokenMayPostFromAnywhere() throws Exception {
    assertStatus(200, act("Authorization: Bearer good"));
    assertStatus(200, act("Authorization: Bearer good", "Origin: https://evil.example"));
  }

  @Test
  void aCookieDoesNotCountWhenAnotherPageReads() throws Exception {
    String cookie = open.session();
    assertEquals("nobody", body(get(Site.APP, "/who", cookie, "Sec-Fetch-Site: same-site")));
    assertEquals("nobody", body(get(Site.APP, "/who", cookie, "Sec-Fetch-Site: cross-site")));
    assertEquals(
        "nobody",
        body(
            get(
                Site.APP,
                "/who",
                cookie,
                "Sec-Fetch-Site: same-site",
                "Sec-Fetch-Mode: navigate",
                "Sec-Fetch-Dest: iframe")));
    assertEquals("1 SESSION", body(get(Site.APP, "/who", cookie, "Sec-Fetch-Site: same-origin")));
  }

  @Test
  void neitherHalfOfASessionCountsAlone() throws Exception {
    String cookie = "Cookie: " + open.cookie();
    String key = "X-Skep-Page: " + OpenDoor.PAGE_KEY;
    assertEquals("1 SESSION", body(get(Site.APP, "/who", cookie, key)));
    assertEquals("nobody", body(get(Site.APP, "/who", cookie)));
    assertEquals("nobody", body(get(Site.APP, "/who", key)));
    assertEquals("nobody", body(get(Site.APP, "/who", cookie, "X-Skep-Page: ")));
    assertEquals("nobody", body(get(Site.APP, "/who", cookie, key + "x")));
    // Another program on this computer gets the cookie from the browser, and has nothing more.
    assertStatus(403, act(open.session()));
    assertStatus(401, act(cookie, "Origin: " + open.origin(), "Sec-Fetch-Site: same-origin"));
  }

  @Test
  void anEventStreamShowsThePagesKeyInItsQueryAndNoHandlerSeesIt() throws Exception {
    open.get(
        Site.APP,
        "/query",
        Access.SIGNED_IN,
        request ->
            HttpResponse.of(200, "text/plain", Bytes.ofUtf8(request.query().byName().toString())));
    String answer =
        get(
            Site.APP,
            "/query?a=b&page_key=" + OpenDoor.PAGE_KEY,
            "Cookie: " + open.cookie(),
            "Sec-Fetch-Site: same-origin");
    assertStatus(200, answer);
    assertEquals("{a=[b]}", body(answer));
  }

  @Test
  void aSecondCookieOfOurNameMakesBothWorthless() throws Exception {
    String twice =
        open.session().replace("\r\n", "; skep_" + open.port(Site.APP) + "=injected\r\n");
    assertEquals("nobody", body(get(Site.APP, "/who", twice)));
  }

  @Test
  void anotherNodesCookieIsNotOurs() throws Exception {
    assertEquals(
        "nobody",
        body(
            get(
                Site.APP,
                "/who",
                "X-Skep-Page: good-key-of-the-page",
                "Cookie: skep_1=" + OpenDoor.SESSION)));
    assertEquals(
        "nobody",
        body(
            get(
                Site.APP,
                "/who",
                "X-Skep-Page: good-key-of-the-page",
                "Cookie: skep=" + OpenDoor.SESSION)));
  }

  @Test
  void nobodyIsSignedInOutsideTheAppSite() throws Exception {
    for (Site site : List.of(Site.PUBLIC, Site.CONTENT)) {
      assertEquals(
          "nobody",
          body(
              get(
                  site,
                  "/who",
                  "X-Skep-Page: " + OpenDoor.PAGE_KEY,
                  "Cookie: "
                      + open.cookie()
                      + "; skep_"
                      + open.port(site)
                      + "="
                      + OpenDoor.SESSION)));
      assertEquals("nobody", body(get(site, "/who", "Authorization: Bearer good")));
    }
  }

  @Test
  void theSessionCookieIsGuarded() throws Exception {
    open.get(
        Site.APP,
        "/in",
        Access.OPEN,
        _ ->
            new HttpSignIn(
                OpenDoor.SESSION, OpenDoor.PAGE_KEY, java.time.Duration.ofDays(2), "/home"));
    String answer = get(Site.APP, "/in");
    assertStatus(303, answer);
    assertTrue(answer.contains("\r\nLocation: /home#key=good-key-of-the-page\r\n"), answer);
    assertTrue(
        answer.contains(
            "\r\nSet-Cookie: "
                + open.cookie()
                + "; Path=/; Max-Age=172800; HttpOnly; SameSite=Strict\r\n"),
        answer);
  }

  @Test
  void everyAnswerOfTheAppCarriesItsPolicy() throws Exception {
    int content = open.port(Site.CONTENT);
    String policy =
        "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src"
            + " 'self' http://localhost:"
            + content
            + "; connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors"
            + " 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types"
            + " lit-html skep-inert\r\n";
    for (String path : List.of("/who", "/nothing", "/mine")) {
      String answer = get(Site.APP, path);
      assertTrue(answer.contains(policy), answer);
      assertTrue(answer.contains("X-Content-Type-Options: nosniff\r\n"), answer);
      assertTrue(answer.contains("Referrer-Policy: no-referrer\r\n"), answer);
      assertTrue(answer.contains("Cross-Origin-Opener-Policy: same-origin\r\n"), answer);
      assertTrue(answer.contains("Cross-Origin-Resource-Policy: same-origin\r\n"), answer);
      assertTrue(answer.contains("Permissions-Policy: camera=()"), answer);
      // Chromium warns of names it does not know.
      assertFalse(answer.contains("bluetooth"), answer);
      assertTrue(answer.contains("Cache-Control: no-store\r\n"), answer);
      assertFalse(answer.contains("Access-Control-"), answer);
      assertFalse(answer.contains("\r\nServer:"), answer);
    }
  }

  @Test
  void thePageMayShowPicturesOfTheContentSiteUnderEachName() {
    // A bare address belongs to no site: there "same-site" lets nobody in, not even the page.
    Map<String, String> policies = new TreeMap<>();
    for (String origin :
        List.of("http://localhost:1", "http://127.0.0.1:1", "http://[::1]:1", "http://1.test:1")) {
      policies.put(
          origin,
          SiteHeaders.of(Site.CONTENT, origin, List.of()).get("Cross-Origin-Resource-Policy"));
    }
    assertEquals(
        Map.of(
            "http://localhost:1", "same-site",
            "http://127.0.0.1:1", "cross-origin",
            "http://[::1]:1", "cross-origin",
            "http://1.test:1", "same-site"),
        policies);
  }

  @Test
  void theContentSiteIsASandboxAndThePublicSiteRunsNoScripts() throws Exception {
    assertTrue(
        get(Site.CONTENT, "/who").contains("Content-Security-Policy: sandbox; default-src 'none'"));
    String open = get(Site.PUBLIC, "/who");
    assertTrue(open.contains("Content-Security-Policy: default-src 'none'; img-src"), open);
    assertFalse(open.contains("script-src"), open);
  }

  @Test
  void aPolicyFollowsTheNameTheClientUsed() throws Exception {
    int content = open.port(Site.CONTENT);
    String answer = withHost("127.0.0.1:" + open.port(Site.APP));
    assertTrue(answer.contains("img-src 'self' http://127.0.0.1:" + content + ";"), answer);
    String refused = withHost("x; script-src *");
    assertFalse(refused.contains("script-src *"), refused);
  }
}
