package org.skep.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.engine.Pictures;
import org.skep.kernel.AccountId;
import org.skep.kernel.Blobs;
import org.skep.kernel.Bytes;
import tools.jackson.databind.JsonNode;

/** The own profile through the API, and pictures on the content site. */
final class ProfileCallsTest {
  private static final String UPDATE = "/api/v1/accounts/update_credentials";
  private static final String SELF = "/api/v1/accounts/verify_credentials";

  private SmallNode node;

  @BeforeEach
  void openNode(@TempDir Path folder) throws IOException {
    node = new SmallNode(folder);
  }

  @AfterEach
  void closeNode() throws IOException {
    node.close();
  }

  private HttpResponse<String> update(AccountId account, Bytes... parts) throws Exception {
    return node.send(Forms.sent(node.as(account, UPDATE), "PATCH", parts));
  }

  private JsonNode choose(Bytes upload) throws Exception {
    return SmallNode.json(200, update(node.ana, Forms.file("avatar", upload)));
  }

  private JsonNode remove() throws Exception {
    return SmallNode.json(200, node.send(node.as(node.ana, "/api/v1/profile/avatar").DELETE()));
  }

  private String keep(String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
    try (Blobs.Lease lease = node.blobs.put(new ByteArrayInputStream(bytes), bytes.length)) {
      return node.contentOrigin("localhost") + "/blob/" + lease.blob().hash();
    }
  }

  @Test
  void aPictureIsChosenShownAndRemoved() throws Exception {
    JsonNode me = choose(Forms.png(600, 600));
    String address = me.path("avatar").asString();

    assertTrue(address.startsWith(node.contentOrigin("localhost") + "/blob/"), address);
    assertEquals(address, me.path("avatar_static").asString());
    assertEquals(node.origin() + "/app/icon.svg", me.path("header").asString());
    HttpResponse<byte[]> shown = node.fetch(address);
    assertEquals(200, shown.statusCode());
    assertEquals(512, ImageIO.read(new ByteArrayInputStream(shown.body())).getWidth());

    me = remove();
    assertEquals(node.origin() + "/app/icon.svg", me.path("avatar").asString());
    assertEquals(
        node.origin() + "/app/icon.svg", node.get(node.ana, SELF).path("avatar").asString());
  }

  @Test
  void othersHereSeeItInWhatSheWrites() throws Exception {
    String address = choose(Forms.png(10, 10)).path("avatar").asString();
    node.post(node.ben, "/api/v1/accounts/" + node.idOf(node.ana) + "/follow", Map.of());
    node.say(node.ana, "look");

    JsonNode timeline = node.get(node.ben, "/api/v1/timelines/home");

    assertEquals(address, timeline.get(0).path("account").path("avatar").asString());
  }

  @Test
  void theAddressStandsUnderTheNameTheClientUsed() throws Exception {
    choose(Forms.png(10, 10));
    HttpRequest.Builder request = node.as(node.ana, SELF);
    String other = node.origin().replace("localhost", "127.0.0.1") + SELF;

    JsonNode me = SmallNode.json(200, node.send(request.uri(java.net.URI.create(other)).GET()));

    String address = me.path("avatar").asString();
    assertTrue(address.startsWith(node.contentOrigin("127.0.0.1") + "/blob/"), address);
    assertEquals(200, node.fetch(address).statusCode());
  }

  @Test
  void wordsAndPictureComeInOneForm() throws Exception {
    JsonNode me =
        SmallNode.json(
            200,
            update(
                node.ana,
                Forms.text("display_name", "Ana ✓"),
                Forms.file("avatar", Forms.png(10, 10)),
                Forms.text("note", "a gardener"),
                Forms.file("header", Forms.png(10, 10))));

    assertEquals("Ana ✓", me.path("display_name").asString());
    assertEquals("a gardener", me.path("source").path("note").asString());
    assertTrue(me.path("avatar").asString().contains("/blob/"));
  }

  @Test
  void whatIsSaidAlreadyIsNotSaidAgain() throws Exception {
    remove();
    choose(Forms.png(10, 10));
    List<String> views = node.dumpViews();

    choose(Forms.png(10, 10));
    SmallNode.json(200, update(node.ana, Forms.file("avatar", Bytes.EMPTY)));

    assertEquals(views, node.dumpViews());
  }

  @Test
  void aFormThatIsRefusedChangesNothing() throws Exception {
    List<String> views = node.dumpViews();

    assertEquals(
        "This is no picture; Skep reads PNG, JPEG and GIF.",
        SmallNode.refused(
            422,
            update(
                node.ana,
                Forms.text("display_name", "Eve"),
                Forms.file("avatar", Bytes.ofUtf8("<svg onload='alert(1)'/>")))));
    SmallNode.refused(
        422,
        update(node.ana, Forms.text("display_name", " "), Forms.file("avatar", Forms.png(10, 10))));
    SmallNode.refused(422, update(node.ana, Forms.text("avatar", "me.jpg")));
    SmallNode.refused(
        400,
        node.send(
            node.as(node.ana, UPDATE)
                .header("Content-Type", "multipart/form-data; boundary=b")
                .method("PATCH", BodyPublishers.ofString("no form"))));

    assertEquals(views, node.dumpViews());
  }

  @Test
  void filesAndTextsAreBounded() throws Exception {
    Bytes much = Bytes.wrap(new byte[Pictures.UPLOAD_BYTES_MAX + Parameters.TEXT_BYTES_MAX]);
    SmallNode.refused(413, update(node.ana, Forms.file("avatar", much)));
    String words = "x".repeat(Parameters.TEXT_BYTES_MAX + 1);
    SmallNode.refused(413, update(node.ana, Forms.text("note", words)));
    SmallNode.refused(
        413,
        node.send(
            node.as(node.ana, UPDATE)
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString("{\"note\":\"" + words + "\"}"))));
  }

  @Test
  void aBlobIsShownAsWhatItsFirstBytesSay() throws Exception {
    Map<String, String> types =
        Map.of(
            "\u0089PNG\r\n\u001a\n...", "image/png",
            "\u00ff\u00d8\u00ff\u00e0...", "image/jpeg",
            "GIF89a...", "image/gif",
            "RIFF....WEBPVP8 ", "image/webp",
            "....ftypavif....", "image/avif");
    for (Map.Entry<String, String> type : types.entrySet()) {
      HttpResponse<byte[]> answer = node.fetch(keep(type.getKey()));
      assertEquals(type.getValue(), header(answer, "Content-Type"));
      assertEquals("", header(answer, "Content-Disposition"));
    }
    for (String content :
        List.of(
            "<script>alert(1)</script>",
            "<!doctype html><p>GIF89a",
            "%PDF-1.7",
            "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>",
            "")) {
      HttpResponse<byte[]> answer = node.fetch(keep(content));
      assertEquals("application/octet-stream", header(answer, "Content-Type"), content);
      assertEquals("attachment", header(answer, "Content-Disposition"));
    }
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Test
  void aBlobIsKeptByBrowsersAndLoadedByThePageAlone() throws Exception {
    HttpResponse<byte[]> answer = node.fetch(keep("GIF89a..."));

    assertEquals("public, max-age=31536000, immutable", header(answer, "Cache-Control"));
    assertEquals("same-site", header(answer, "Cross-Origin-Resource-Policy"));
    assertEquals("nosniff", header(answer, "X-Content-Type-Options"));
    assertTrue(header(answer, "Content-Security-Policy").startsWith("sandbox; default-src 'none'"));
  }

  @Test
  void aBlobOfSeveralReadsComesWhole() throws Exception {
    String content = "GIF89a" + "0123456789".repeat(Blobs.READ_BYTES_MAX / 4);

    HttpResponse<byte[]> answer = node.fetch(keep(content));

    assertEquals(content, new String(answer.body(), StandardCharsets.ISO_8859_1));
    assertEquals(404, node.fetch(keep("x".repeat(Pictures.KEPT_BYTES_MAX + 1))).statusCode());
  }

  @Test
  void whatIsNotHereIsNotFound() throws Exception {
    String blobs = node.contentOrigin("localhost") + "/blob/";
    String here = keep("GIF89a...");
    for (String address :
        List.of(
            blobs + "0".repeat(64),
            blobs + "me.jpg",
            blobs,
            here.toUpperCase(java.util.Locale.ROOT)
                .replace("HTTP://LOCALHOST", "http://localhost")
                .replace("/BLOB/", "/blob/"),
            here + "/..",
            here.replace(node.contentOrigin("localhost"), node.origin()))) {
      HttpResponse<byte[]> answer = node.fetch(address);
      assertEquals(404, answer.statusCode(), address);
      assertNotEquals("", new String(answer.body(), StandardCharsets.UTF_8));
    }
    assertFalse(here.isEmpty());
  }
}
