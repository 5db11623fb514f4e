package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pictures in a real browser, from the content site, under both names of this computer. */
@Tag("browser")
class PictureBrowserTest extends BrowserCase {

  @Test
  void aPictureIsChangedSeenInTheTimelineAndRemoved() throws Exception {
    BrowserPage page = home(360, 800);
    skep.must("post", "--to", "anybody", "Look at my garden");
    page.await("document.querySelector('skep-post .picture svg')");

    page.press("You");
    page.awaitWords("Change picture");
    assertFalse(
        page.evaluate("document.querySelector('input[type=file]').checkVisibility()").asBoolean());
    page.chooseFiles(photo());
    page.awaitWords("Your picture was changed.");
    page.await("document.querySelector('skep-portrait img.loaded')?.naturalWidth === 512");
    assertEquals(0, page.overhang());

    page.press("Home");
    page.await("document.querySelector('skep-post .picture img.loaded')");
    page.open(skep.url());
    page.await("document.querySelector('skep-post .picture img.loaded')");
    String address = skep.timeline().get(0).get("account").get("avatar").asString();
    assertEquals(
        List.of(address.substring(address.lastIndexOf('/'))),
        page.requests().stream()
            .filter(url -> url.contains("/blob/"))
            .map(url -> url.substring(url.lastIndexOf('/')))
            .distinct()
            .toList());

    page.press("You");
    page.press("Remove picture");
    page.awaitWords("Your picture was removed.");
    page.press("Home");
    page.await("document.querySelector('skep-post .picture svg')");
    page.await("!document.querySelector('.picture img')");
    assertEquals(List.of(), page.complaints());
  }

  @Test
  void aPictureIsSeenUnderTheOtherNameOfThisComputerToo() throws Exception {
    skep.phone().choosePicture(Files.readAllBytes(photo()));
    skep.must("post", "--to", "anybody", "hello");
    BrowserPage page = browser.page(360, 800);

    page.open(skep.link().replace("localhost", "127.0.0.1"));

    page.await("document.querySelector('skep-post .picture img.loaded')");
    assertEquals(
        List.of("127.0.0.1"),
        page.requests().stream().map(url -> URI.create(url).getHost()).distinct().toList());
    assertEquals(List.of(), page.complaints());
  }

  private Path photo() throws IOException {
    Path photo = folder.resolve("garden.png");
    ImageIO.write(Garden.drawn(1_600, 900), "png", photo.toFile());
    return photo;
  }

  @Test
  void aPictureThatIsGoneLeavesTheWovenOne() throws Exception {
    BrowserPage page = home(360, 800);
    skep.must("post", "--to", "anybody", "hello");
    page.await("document.querySelector('skep-post .picture svg')");

    page.evaluate(showing("/blob/" + "0".repeat(64)));

    page.await("performance.getEntriesByType('resource').some((e) => e.name.includes('/blob/'))");
    page.await(
        "[...document.querySelectorAll('#lost img')].every((e) => e.complete)"
            + " && document.querySelector('#lost svg')");
    assertEquals(
        "visible hidden",
        page.evaluate(
                "['svg', 'img'].map((name) => getComputedStyle("
                    + "document.querySelector('#lost ' + name)).visibility).join(' ')")
            .asString());
  }

  /** Draws the picture of somebody whose file can't be loaded. */
  private static String showing(String path) {
    return """
    Promise.all([import('lit'), import('/app/picture.js'),
        fetch('/api/skep/v1/status', {
          headers: {'X-Skep-Page': localStorage.getItem('skep.page-key')},
        })])
      .then(async ([{render}, {picture}, answer]) => {
        const {ports} = await answer.json();
        const box = document.createElement('div');
        box.id = 'lost';
        document.body.append(box);
        render(picture({avatar: `http://localhost:${ports.content}%s`, display_name: 'L'}), box);
      })\
    """
        .formatted(path);
  }
}
