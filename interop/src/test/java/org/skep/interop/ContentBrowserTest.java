package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.skep.testkit.peers.NpmFolder;
import org.skep.testkit.peers.SsbPeer;

/** What real programs write beside plain posts, in a real browser. */
@Tag("browser")
class ContentBrowserTest extends BrowserCase {
  /** The main network's. */
  private static final String NETWORK_KEY =
      "d4a1cb88a66f02f8db635ce26441cc5dac1b08420ceaac230839b755845a9ffb";

  private SsbPeer ben;

  @BeforeEach
  void meetBen() throws Exception {
    String key = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(NETWORK_KEY));
    ben = SsbPeer.start(NpmFolder.peer(), folder.resolve("ben"), key);
    ben.setName("Ben");
  }

  @AfterEach
  void leaveBen() throws Exception {
    ben.close();
  }

  /** The page on its first screen, once so many posts of Ben's are here. */
  private BrowserPage meeting(int posts) throws Exception {
    BrowserPage page = home(360, 800);
    skep.must("follow", ben.id());
    skep.must("connect", ben.address());
    Await.until(
        "Ben's posts",
        Meeting.PATIENCE,
        () -> skep.postsBy(ben.id()),
        texts -> texts.size() == posts);
    page.open(skep.url());
    page.await("document.querySelectorAll('skep-post').length === " + posts);
    return page;
  }

  private List<String> wordsOfPosts(BrowserPage page) throws Exception {
    List<String> words = new ArrayList<>();
    page.evaluate("[...document.querySelectorAll('skep-post')].map((e) => e.innerText)")
        .forEach(one -> words.add(one.asString()));
    return words;
  }

  @Test
  void whatOnlyOtherProgramsKnowIsAQuietCard() throws Exception {
    String picture = ben.addBlob(Garden.noted(600, 400));
    String invitation =
        ben.create(Map.of("type", "chess_invite", "inviting", skep.feedId(), "myColor", "black"));
    ben.create(
        Map.of("type", "chess_move", "root", invitation, "branch", invitation, "pgnMove", "e4"));
    ben.create(Map.of("type", "channel", "channel", "bees", "subscribed", true));
    ben.create(
        Map.of(
            "type",
            "gathering",
            "title",
            "Picnic <b>at the mill</b>",
            "description",
            "Bring *bread*.\n\n# and nothing else\n[press](javascript:alert(1))",
            "startDateTime",
            Map.of("epoch", 1_783_845_000_000L),
            "location",
            "the old mill",
            "image",
            Map.of("link", picture, "type", "image/png"),
            "channel",
            "Picnics"));

    BrowserPage page = meeting(2);

    page.awaitWords("Published a gathering. Another program may show more of it.");
    page.awaitWords("Picnic <b>at the mill</b>");
    page.awaitWords("starts: 12 July 2026, 08:30 UTC");
    page.awaitWords("inviting: @Ana Sofia");
    page.awaitWords("#picnics");
    page.await("document.querySelector('.card .gallery img')?.naturalWidth === 600");
    assertEquals(2, page.evaluate("document.querySelectorAll('.card').length").asInt());
    assertFalse(page.evaluate("document.body.innerText.includes('sha256')").asBoolean());
    assertEquals(0, page.overhang());

    page.evaluate("document.querySelector('.card a[href*=\"#/person/\"]').click()");
    page.awaitWords("This is you.");
    page.open(skep.url());
    page.await("document.querySelectorAll('.card').length === 2");
    page.evaluate("[...document.querySelectorAll('.when a')].at(-1).click()");
    page.awaitWords("pgn move: e4");
    assertEquals(List.of(), page.complaints());
  }

  @Test
  void aTagLeadsToWhatIsSaidAboutIt() throws Exception {
    ben.publish("The #Bees are back");
    ben.create(Map.of("type", "post", "text", "no sign in here", "channel", "bees"));
    ben.publish("something else");
    BrowserPage page = meeting(3);
    skep.must("post", "--to", "anybody", "how are your #bees?");

    page.press("#Bees");

    page.await("document.querySelector('h1')?.textContent === '#bees'");
    page.await("document.querySelectorAll('skep-post').length === 3");
    assertEquals(0, page.overhang());
    assertFalse(page.evaluate("document.body.innerText.includes('something else')").asBoolean());
    skep.must("post", "--to", "anybody", "and what of #bees at night?");
    page.awaitWords("at night?");
    page.open(skep.url() + "/tags/bees");
    page.await("document.querySelectorAll('skep-post').length === 4");
    page.open(skep.url() + "#/tag/%E8%9C%82");
    page.awaitWords("Nobody around you has said anything about it yet.");
    assertEquals(List.of(), page.complaints());
  }

  @Test
  void aWarningFoldsWhateverItSays() throws Exception {
    for (Object warning :
        List.of("*spiders* & [more](x)", "", true, "\u200b", "long ".repeat(500))) {
      ben.create(Map.of("type", "post", "text", "the hidden words", "contentWarning", warning));
    }

    BrowserPage page = meeting(5);

    page.await("document.querySelectorAll('.folded').length === 5");
    page.awaitWords("*spiders* & [more](x)");
    List<String> words = wordsOfPosts(page);
    assertEquals(3, words.stream().filter(one -> one.contains("Sensitive")).count());
    assertFalse(page.evaluate("document.body.innerText.includes('hidden')").asBoolean());
    assertEquals(0, page.overhang());
    page.press("Open it");
    page.awaitWords("the hidden words");
    page.press("Fold it up");
    page.await("!document.body.innerText.includes('hidden')");
    assertEquals(List.of(), page.complaints());
  }
}
