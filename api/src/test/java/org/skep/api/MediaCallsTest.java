package org.skep.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.engine.Actions;
import org.skep.engine.Pictures;
import org.skep.kernel.AccountId;
import org.skep.kernel.Attachment;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;
import org.skep.wire.crypto.Digests;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Pictures on their way into posts, and what posts show. */
final class MediaCallsTest {
  private static final String MEDIA = "/api/v2/media";
  private static final String STATUSES = "/api/v1/statuses";
  private static final String HOME = "/api/v1/timelines/home";

  private SmallNode node;

  @BeforeEach
  void openNode(@TempDir Path folder) throws IOException {
    node = new SmallNode(folder);
  }

  @AfterEach
  void closeNode() throws IOException {
    node.close();
  }

  private HttpResponse<String> upload(AccountId account, Bytes... parts) throws Exception {
    return node.send(Forms.sent(node.as(account, MEDIA), "POST", parts));
  }

  private JsonNode upload(Bytes file, String description) throws Exception {
    return SmallNode.json(
        200, upload(node.ana, Forms.file("file", file), Forms.text("description", description)));
  }

  private String uploaded() throws Exception {
    return upload(Forms.jpeg(30, 20), "").path("id").asString();
  }

  private HttpResponse<String> describe(AccountId account, String id, String words)
      throws Exception {
    return node.send(
        node.as(account, "/api/v1/media/" + id)
            .header("Content-Type", "application/json")
            .PUT(
                BodyPublishers.ofString(
                    JsonMapper.shared().writeValueAsString(Map.of("description", words)))));
  }

  private HttpResponse<String> post(AccountId account, String text, List<String> media)
      throws Exception {
    return node.postRaw(
        account,
        STATUSES,
        JsonMapper.shared().writeValueAsString(Map.of("status", text, "media_ids", media)));
  }

  @Test
  void aPictureIsUploadedDescribedPostedAndShown() throws Exception {
    JsonNode media = upload(Forms.jpeg(300, 200), "a fence");
    String id = media.path("id").asString();
    assertTrue(id.matches("[0-9]{1,18}"), id);
    assertEquals("image", media.path("type").asString());
    assertEquals("a fence", media.path("description").asString());
    assertTrue(media.path("remote_url").isNull());
    assertTrue(media.path("blurhash").isNull());
    assertEquals("300x200", media.path("meta").path("original").path("size").asString());
    assertEquals(1.5, media.path("meta").path("small").path("aspect").asDouble());
    assertEquals(media, node.get(node.ana, "/api/v1/media/" + id));
    media = SmallNode.json(200, describe(node.ana, id, " a fence in the sun "));
    assertEquals("a fence in the sun", media.path("description").asString());

    JsonNode status = SmallNode.json(200, post(node.ana, "look", List.of(id)));

    JsonNode shown = status.path("media_attachments").path(0);
    assertEquals("image", shown.path("type").asString());
    assertEquals("a fence in the sun", shown.path("description").asString());
    assertEquals(media.path("url"), shown.path("url"));
    assertEquals(media.path("url"), shown.path("preview_url"));
    assertEquals(media.path("meta"), shown.path("meta"));
    assertTrue(shown.path("skep").path("here").asBoolean());
    assertEquals("image/jpeg", shown.path("skep").path("media_type").asString());
    assertEquals("<p>look</p>", status.path("content").asString());
    assertFalse(status.path("sensitive").asBoolean());
    assertEquals(status.toString(), node.get(node.ana, HOME).path(0).toString());
    HttpResponse<byte[]> content = node.fetch(shown.path("url").asString());
    assertEquals(300, ImageIO.read(new ByteArrayInputStream(content.body())).getWidth());
    node.blobs.evictTo(0);
    assertEquals(200, node.fetch(shown.path("url").asString()).statusCode());
  }

  @Test
  void aPostMayHavePicturesAndNoText() throws Exception {
    JsonNode first = upload(Forms.jpeg(30, 20), "one");
    JsonNode second = upload(Forms.png(20, 30), "two");
    List<String> ids = List.of(second.path("id").asString(), first.path("id").asString());

    JsonNode status = SmallNode.json(200, post(node.ana, "", ids));

    assertEquals("", status.path("content").asString());
    assertEquals("two", status.path("media_attachments").path(0).path("description").asString());
    assertEquals("one", status.path("media_attachments").path(1).path("description").asString());
    assertEquals(2, status.path("media_attachments").size());
  }

  @Test
  void theOldCallTakesPicturesToo() throws Exception {
    HttpResponse<String> answer =
        node.send(
            Forms.sent(
                node.as(node.ana, "/api/v1/media"), "POST", Forms.file("file", Forms.png(20, 20))));

    assertEquals("image", SmallNode.json(200, answer).path("type").asString());
  }

  @Test
  void whatIsNoPictureIsRefusedInWords() throws Exception {
    assertEquals(
        "This is no picture; Skep reads PNG, JPEG and GIF.",
        SmallNode.refused(
            422, upload(node.ana, Forms.file("file", Bytes.ofUtf8("<svg onload='alert(1)'/>")))));
    assertEquals(
        "Please send the picture as a file of a form.",
        SmallNode.refused(422, upload(node.ana, Forms.text("file", "me.jpg"))));
    Bytes much = Bytes.wrap(new byte[Pictures.UPLOAD_BYTES_MAX + 1]);
    assertEquals(
        "This picture is too large: at most 8 megabytes.",
        SmallNode.refused(422, upload(node.ana, Forms.file("file", much))));
    String long1501 = "x".repeat(Actions.PICTURE_DESCRIPTION_CHARS_MAX + 1);
    SmallNode.refused(
        422,
        upload(node.ana, Forms.file("file", Forms.png(2, 2)), Forms.text("description", long1501)));
    SmallNode.refused(422, describe(node.ana, uploaded(), long1501));
  }

  @Test
  void aPictureIsForItsOwnerAlone() throws Exception {
    String id = uploaded();

    SmallNode.refused(404, node.getRaw(node.ben, "/api/v1/media/" + id));
    SmallNode.refused(404, describe(node.ben, id, "mine"));
    SmallNode.refused(422, post(node.ben, "mine", List.of(id)));

    SmallNode.json(200, post(node.ana, "mine", List.of(id)));
    assertEquals(0, node.get(node.ben, HOME).size());
  }

  @Test
  void aPictureStandsInOnePost() throws Exception {
    String id = uploaded();
    SmallNode.json(200, post(node.ana, "once", List.of(id)));

    assertEquals(
        "One of the pictures is not here, or was used already: please add it again.",
        SmallNode.refused(422, post(node.ana, "twice", List.of(id))));
    SmallNode.refused(404, node.getRaw(node.ana, "/api/v1/media/" + id));
    assertEquals(1, node.get(node.ana, HOME).size());
  }

  @Test
  void idsThatNobodyGaveAreRefused() throws Exception {
    for (List<String> ids : List.of(List.of("1"), List.of(uploaded(), "2"), List.of("x"))) {
      assertFalse(SmallNode.refused(422, post(node.ana, "hello", ids)).isEmpty());
    }
    assertEquals(0, node.get(node.ana, HOME).size());
    for (String id : List.of("1", "x", "9".repeat(30))) {
      SmallNode.refused(404, node.getRaw(node.ana, "/api/v1/media/" + id));
    }
  }

  @Test
  void morePicturesThanAPostShowsAreRefused() throws Exception {
    List<String> ids = new ArrayList<>();
    while (ids.size() <= Attachment.PER_POST_MAX) {
      ids.add(uploaded());
    }

    assertEquals(
        "A post shows at most 16 pictures.", SmallNode.refused(422, post(node.ana, "many", ids)));
    JsonNode status =
        SmallNode.json(200, post(node.ana, "many", ids.subList(0, Attachment.PER_POST_MAX)));
    JsonNode shown = status.path("media_attachments");
    assertEquals(Attachment.PER_POST_MAX, shown.size());
    // All are one and the same blob, and yet clients tell them apart.
    assertEquals(
        Attachment.PER_POST_MAX,
        shown.valueStream().map(one -> one.path("id").asString()).distinct().count());
  }

  @Test
  void aPostThatIsRefusedLeavesThePicturesForTheNextTry() throws Exception {
    String id = uploaded();

    SmallNode.refused(422, post(node.ana, "é".repeat(9_000), List.of(id)));

    node.get(node.ana, "/api/v1/media/" + id);
    SmallNode.json(200, post(node.ana, "shorter", List.of(id)));
  }

  @Test
  void severalTriesOfOnePostWithAPictureMakeOne() throws Exception {
    String id = uploaded();
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> answer =
          node.send(
              node.as(node.ana, STATUSES)
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .header("Idempotency-Key", "one")
                  .POST(BodyPublishers.ofString("status=x&media_ids[]=" + id)));
      made.add(SmallNode.json(200, answer).path("id").asString());
    }

    assertEquals(made.getFirst(), made.getLast());
    assertEquals(1, node.get(node.ana, HOME).size());
  }

  @Test
  void whatWaitsForADayIsGivenUp() throws Exception {
    String first = uploaded();
    node.clock.pass(Duration.ofHours(12));
    String second = uploaded();
    node.clock.pass(Duration.ofHours(13));

    SmallNode.refused(422, post(node.ana, "too late", List.of(first)));
    SmallNode.json(200, post(node.ana, "in time", List.of(second)));
  }

  @Test
  void whatIsGivenUpMayGo() throws Exception {
    uploaded();
    assertTrue(node.blobs.evictTo(0) > 0);
    node.clock.pass(Duration.ofHours(25));
    SmallNode.refused(404, node.getRaw(node.ana, "/api/v1/media/1"));

    assertEquals(0, node.blobs.evictTo(0));
  }

  @Test
  void ofTooManyTheOldestIsGivenUp() throws Exception {
    String first = uploaded();
    String second = uploaded();
    for (int i = 0; i < Uploads.PER_ACCOUNT_MAX - 1; i++) {
      uploaded();
    }

    SmallNode.refused(404, node.getRaw(node.ana, "/api/v1/media/" + first));
    node.get(node.ana, "/api/v1/media/" + second);
    String bens =
        SmallNode.json(200, upload(node.ben, Forms.file("file", Forms.png(2, 2))))
            .path("id")
            .asString();
    node.get(node.ben, "/api/v1/media/" + bens);
    node.get(node.ana, "/api/v1/media/" + second);
  }

  @Test
  void whatOthersShowIsToldApartByWhatIsHere() throws Exception {
    SsbFriend friend = SsbFriend.of(node);
    Bytes svg = Bytes.ofUtf8("<svg onload='alert(1)'/>");
    Bytes gif = Bytes.ofHex("474946383961" + "0a001400");
    for (Bytes here : List.of(svg, gif)) {
      node.blobs.put(new ByteArrayInputStream(here.toArray()), here.length()).close();
    }
    Hash gone = new Hash(Bytes.wrap(new byte[32]));

    friend.posts(
        "look ![drawn](%s) and ![moving](%s) and ![lost](%s)"
            .formatted(
                SsbFriend.blobId(new Hash(Digests.sha256(svg))),
                SsbFriend.blobId(new Hash(Digests.sha256(gif))),
                SsbFriend.blobId(gone)));

    JsonNode status = node.get(node.ana, HOME).path(0);
    assertEquals("<p>look  and  and </p>", status.path("content").asString());
    List<String> told = new ArrayList<>();
    for (JsonNode shown : status.path("media_attachments")) {
      told.add(
          shown.path("description").asString()
              + " "
              + shown.path("type").asString()
              + " "
              + shown.path("meta").path("original").path("size").asString("")
              + " "
              + shown.path("skep").path("here").asBoolean());
    }
    assertEquals(
        List.of("drawn unknown  true", "moving image 10x20 true", "lost unknown  false"), told);
    String address = status.path("media_attachments").path(2).path("url").asString();
    assertEquals(node.contentOrigin("localhost") + "/blob/" + gone, address);
    assertEquals(404, node.fetch(address).statusCode());
    HttpResponse<byte[]> drawn =
        node.fetch(status.path("media_attachments").path(0).path("url").asString());
    assertEquals("application/octet-stream", drawn.headers().firstValue("Content-Type").orElse(""));
  }

  @Test
  void aFewBytesThatStandForAHugePictureAreShownToNobody() throws Exception {
    SsbFriend friend = SsbFriend.of(node);
    byte[] small = Forms.png(3, 3).toArray();
    ByteBuffer.wrap(small).putInt(16, 30_000).putInt(20, 30_000);
    node.blobs.put(new ByteArrayInputStream(small), small.length).close();
    Hash bomb = new Hash(Digests.sha256(Bytes.wrap(small)));
    friend.shows(bomb);
    friend.posts("![a sunset](" + SsbFriend.blobId(bomb) + ")");

    JsonNode status = node.get(node.ana, HOME).path(0);

    JsonNode shown = status.path("media_attachments").path(0);
    assertEquals("unknown", shown.path("type").asString());
    assertTrue(shown.path("meta").isNull(), shown::toString);
    assertTrue(shown.path("skep").path("here").asBoolean());
    assertEquals(node.origin() + "/app/icon.svg", status.path("account").path("avatar").asString());
    HttpResponse<byte[]> file = node.fetch(shown.path("url").asString());
    assertEquals("application/octet-stream", file.headers().firstValue("Content-Type").orElse(""));
    assertEquals("attachment", file.headers().firstValue("Content-Disposition").orElse(""));
    assertArrayEquals(small, file.body());
  }

  @Test
  void clientsAreToldWhatMayBeSent() throws Exception {
    JsonNode configuration =
        SmallNode.json(200, node.send(node.to("/api/v2/instance"))).path("configuration");

    assertEquals(16, configuration.path("statuses").path("max_media_attachments").asInt());
    assertEquals(
        "[\"image/png\",\"image/jpeg\",\"image/gif\"]",
        configuration.path("media_attachments").path("supported_mime_types").toString());
    assertEquals(1_500, configuration.path("media_attachments").path("description_limit").asInt());
  }
}
