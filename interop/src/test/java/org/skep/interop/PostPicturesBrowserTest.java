package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Pictures in posts, put there and looked at in a real browser. */
@Tag("browser")
class PostPicturesBrowserTest extends BrowserCase {

  private static final String THUMBNAILS =
      "[...document.querySelectorAll('.picks img')].filter((e) => e.naturalWidth > 0).length === ";

  private Path photo(String name, int width, int height) throws Exception {
    return Files.write(folder.resolve(name), Garden.noted(width, height));
  }

  private static String hash(JsonNode media) {
    String address = media.get("url").asString();
    return address.substring(address.lastIndexOf('/') + 1);
  }

  @Test
  void aPictureIsPutIntoAPostDescribedSeenAndLookedAt() throws Exception {
    BrowserPage page = home(360, 800);
    assertTrue(
        new String(Garden.noted(30, 20), StandardCharsets.ISO_8859_1).contains(Garden.NOTES));

    page.chooseFiles(photo("garden.png", 3_000, 2_000));
    page.await(THUMBNAILS + 1);
    page.write("What is to be seen?", "the sun over my garden");
    page.write("Write a post", "look");
    assertEquals(0, page.overhang());
    page.press("Post");
    page.awaitWords("Your first public post");
    page.press("Post it");

    page.await("document.querySelector('skep-post .gallery img')?.naturalWidth === 2048");
    page.await("!document.querySelector('.picks')");
    assertEquals(
        "the sun over my garden",
        page.evaluate("document.querySelector('.gallery img').alt").asString());
    assertEquals(0, page.overhang());
    page.evaluate("document.querySelector('.gallery a').focus()");
    page.evaluate("document.querySelector('.gallery a').click()");
    page.awaitWords("the sun over my garden");
    page.press("Close");
    page.await("!document.querySelector('dialog[open]')");
    page.await("document.activeElement.matches('.gallery a')");

    JsonNode shown = skep.timeline().get(0).get("media_attachments").get(0);
    assertEquals("the sun over my garden", shown.get("description").asString());
    byte[] file = skep.phone().shownBlob(hash(shown)).orElseThrow();
    assertFalse(new String(file, StandardCharsets.ISO_8859_1).contains("secret camera"));
    page.open(skep.url());
    page.await("document.querySelector('skep-post .gallery img')?.naturalWidth === 2048");
    assertEquals(List.of(), page.complaints());
  }

  @Test
  void whatIsChosenCanBeTakenOutAndWaitsWithTheDraft() throws Exception {
    BrowserPage page = home(360, 800);
    page.chooseFiles(photo("one.png", 300, 200), photo("two.png", 200, 300));
    page.await(THUMBNAILS + 2);

    page.press("Remove picture 1");
    page.await("document.querySelectorAll('.picks li').length === 1");
    page.write("What is to be seen?", "the second");
    page.open(skep.url());
    page.await(THUMBNAILS + 1);
    page.await("document.querySelector('.picks textarea').value === 'the second'");

    page.chooseFiles(Files.writeString(folder.resolve("words.png"), "only words"));
    page.awaitWords("words.png: This file is no picture that this browser can read.");
    page.await("document.querySelectorAll('.picks li').length === 1");
    page.press("Post");
    page.awaitWords("Your first public post");
    page.press("Post it");

    page.await("document.querySelector('skep-post .gallery img')?.naturalHeight === 300");
    page.await("!document.querySelector('skep-post skep-words')");
    assertEquals(
        "the second",
        skep.timeline().get(0).get("media_attachments").get(0).get("description").asString());
    page.open(skep.url());
    page.await("document.querySelector('skep-post .gallery img')");
    assertEquals(0, page.evaluate("document.querySelectorAll('.picks li').length").asInt());
  }

  @Test
  void aPictureThatIsNotHereYetIsAwaitedAndComesWithoutReloading() throws Exception {
    try (SkepProcess carols = SkepProcess.start(folder.resolve("carol"), "Carol", Map.of())) {
      JsonNode media = carols.phone().uploadPicture(Garden.noted(300, 200));
      String blob = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hash(media)));
      // Named, but not yet given to anybody.
      carols.must("post", "--to", "anybody", "soon ![my garden](&" + blob + ".sha256)");
      carols.must("follow", skep.feedId());
      BrowserPage page = home(360, 800);
      skep.must("follow", carols.feedId());
      skep.must("connect", carols.ssbAddress());
      page.awaitWords("This picture is on its way.");
      page.awaitWords("my garden");
      assertFalse(page.evaluate("document.body.innerText.includes('sha256')").asBoolean());
      assertEquals(0, page.overhang());

      carols.phone().postPicture("now", media);

      page.await("document.querySelector('.gallery img')?.naturalWidth === 300");
      page.press("1 new");
      page.await("document.querySelectorAll('.gallery img').length === 2");
      assertFalse(page.evaluate("document.body.innerText.includes('on its way')").asBoolean());
      assertEquals(List.of(), page.complaints());
    }
  }
}
