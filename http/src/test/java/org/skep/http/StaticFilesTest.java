package org.skep.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.skep.kernel.http.Access;
import org.skep.kernel.http.Site;

/** Files of the class path, and nothing but those of one folder. */
final class StaticFilesTest {
  private final StaticFiles files = StaticFiles.ofClassPath("org/skep/httptest");
  private OpenDoor open;

  @BeforeEach
  void openDoor() throws IOException {
    open = new OpenDoor(config -> config.withScriptHashes(files.inlineScriptHashes("index.html")));
    open.get(Site.APP, "/", Access.OPEN, files.file("index.html"));
    open.get(Site.APP, "/{file*}", Access.OPEN, files.files("file"));
  }

  @AfterEach
  void closeDoor() throws IOException {
    open.close();
  }

  @Test
  void aFileComesWithItsTypeAndAnEntityTag() throws Exception {
    var file = open.fetch(Site.APP, "/js/a.js");
    assertEquals("export const a = \"é\";\n", file.body());
    assertEquals(
        "text/javascript; charset=utf-8", file.headers().firstValue("Content-Type").orElseThrow());
    assertEquals("no-cache", file.headers().firstValue("Cache-Control").orElseThrow());
    assertEquals(1, file.headers().allValues("Cache-Control").size());
    String tag = file.headers().firstValue("ETag").orElseThrow();
    var again = open.fetch(Site.APP, "/js/a.js", b -> b.header("If-None-Match", "\"x\", " + tag));
    assertEquals(304, again.statusCode());
    assertEquals("", again.body());
    assertEquals(tag, again.headers().firstValue("ETag").orElseThrow());
    var changed = open.fetch(Site.APP, "/js/a.js", b -> b.header("If-None-Match", "\"x\""));
    assertEquals(200, changed.statusCode());
  }

  @Test
  void aPathOfThousandsOfSegmentsIsNothingSpecial() throws Exception {
    assertEquals(404, open.fetch(Site.APP, "/" + "a/".repeat(7_000) + "a.js").statusCode());
    assertEquals(404, open.fetch(Site.APP, "/" + "a".repeat(14_000) + ".js").statusCode());
  }

  @Test
  void onlyFilesOfTheFolderWithAKnownEndingAreServed() throws Exception {
    assertEquals(200, open.fetch(Site.APP, "/").statusCode());
    assertEquals(200, open.fetch(Site.APP, "/index.html").statusCode());
    for (String path :
        List.of(
            "/js",
            "/js/secret.key",
            "/js/a.js.map",
            "/nothing.js",
            "/.js",
            "/js/.hidden.js",
            "/StaticFilesTest.class")) {
      assertEquals(404, open.fetch(Site.APP, path).statusCode(), path);
    }
  }

  @Test
  void noNameLeadsOutOfTheFolder() throws Exception {
    for (String path :
        List.of(
            "/../httptest/index.html",
            "/js/../../../../META-INF/MANIFEST.txt",
            "/%2e%2e/httptest/index.html",
            "/js%2fa.js",
            "/js%5ca.js",
            "/js/a.js%00.js",
            "//js/a.js",
            "/C:/a.js",
            "/file:a.js")) {
      String answer =
          open.raw(
              Site.APP,
              "GET " + path + " HTTP/1.1",
              "Host: localhost:" + open.port(Site.APP),
              "Connection: close");
      assertTrue(
          answer.startsWith("HTTP/1.1 400") || answer.startsWith("HTTP/1.1 404"),
          path + ": " + answer);
    }
  }

  @Test
  void thePolicyAllowsThePagesImportMapAndNoOtherInlineScript() throws Exception {
    byte[] map = "{\"imports\":{\"a\":\"/js/a.js\"}}".getBytes(StandardCharsets.UTF_8);
    String hash =
        Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(map));
    assertEquals(List.of("'sha256-" + hash + "'"), files.inlineScriptHashes("index.html"));
    String policy =
        open.fetch(Site.APP, "/").headers().firstValue("Content-Security-Policy").orElseThrow();
    assertTrue(policy.contains("script-src 'self' 'sha256-" + hash + "';"), policy);
    assertFalse(policy.contains("unsafe-inline"), policy);
    assertThrows(IllegalArgumentException.class, () -> files.inlineScriptHashes("none.html"));
  }
}
