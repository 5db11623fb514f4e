package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The page in a real browser, served by a real Skep, under its real content security policy. */
@Tag("browser")
class BrowserTest extends BrowserCase {

  /** Each tries to run a script, to load something, or to leave its place on the page. */
  private static final List<String> HOSTILE =
      List.of(
          "<script>window.pwned = 1</script>",
          "<img src=x onerror=\"window.pwned = 2\">",
          "<img src=\"https://tracker.example/pixel.png\">",
          "<svg onload=\"window.pwned = 3\"><script>window.pwned = 4</script></svg>",
          "<iframe srcdoc=\"<script>parent.pwned = 5</script>\"></iframe>",
          "<a href=\"javascript:window.pwned = 6\">press</a>",
          "<a href=\" \u0001javascript:window.pwned = 7\">press</a>",
          "<a href=\"data:text/html,<script>parent.pwned = 8</script>\">press</a>",
          "<p style=\"position:fixed;inset:0;background:red\">over everything</p>",
          "<style>body { display: none }</style>",
          "<link rel=stylesheet href=\"https://tracker.example/x.css\">",
          "<form action=\"https://tracker.example\"><input name=password></form>",
          "<math><mtext><table><mglyph><style><img src=x onerror=\"window.pwned = 9\">",
          "<noscript><p title=\"</noscript><img src=x onerror='window.pwned = 10'>\">",
          "<template><img src=x onerror=\"window.pwned = 11\"></template>",
          "<base href=\"https://tracker.example/\"><a href=\"x\">relative</a>",
          "<p id=main class=silence onclick=\"window.pwned = 12\">attributes</p>",
          "<video src=\"https://tracker.example/v\" autoplay></video>",
          "<b>".repeat(5_000) + "deep");

  /** Turns the writing direction around, hides, towers, and has no place to break. */
  private static final String NAME_OF_A_TROLL =
      "\u202eevil\u200b n\u0336\u0337\u0338\u0336\u0337\u0338\u0336\u0337" + "W".repeat(90);

  @Test
  void withoutTheLinkThePageSaysHowToGetIn() throws Exception {
    BrowserPage page = browser.page(360, 800);

    page.open(skep.url());

    page.awaitWords("./skep open");
    assertEquals(0, page.overhang());
  }

  @Test
  void theLinkLetsInOnceAndAPostIsWrittenAndSeen() throws Exception {
    String link = skep.link();
    BrowserPage page = browser.page(360, 800);
    page.open(link);
    page.awaitWords("Welcome, Ana Sofia");

    page.write("Write a post", "The ferry runs again <b>tomorrow</b> é ✓ 😀");
    page.press("Post");
    page.awaitWords("Your first public post");
    assertTrue(skep.timeline().isEmpty(), "it was posted before the answer");
    page.press("Post it");

    page.await("document.querySelector('skep-post')");
    page.awaitWords("The ferry runs again");
    page.write("Write a post", "The second one is not asked about");
    page.press("Post");
    page.await("document.querySelectorAll('skep-post').length === 2");
    page.press("Like");
    page.awaitWords("Liked");

    page.open(skep.url());
    page.await("document.querySelectorAll('skep-post').length === 2");
    page.awaitWords("Liked");
    assertEquals(2, skep.timeline().size());
    assertNothingLeft(page);
    assertEquals(List.of(), page.complaints());
  }

  @Test
  void whatIsPostedElsewhereComesWithoutReloading() throws Exception {
    BrowserPage page = browser.page(1280, 900);
    page.open(skep.link());
    page.awaitWords("Welcome, Ana Sofia");
    // The live line has to stand before something can come over it.
    page.await("performance.getEntriesByType('resource').some((e) => e.name.includes('/home'))");

    skep.must("post", "--to", "anybody", "written in another window");

    page.awaitWords("written in another window");
  }

  @Test
  void hostileTextIsHarmless() throws Exception {
    BrowserPage page = browser.page(360, 800);
    page.open(skep.link());
    page.awaitWords("Welcome, Ana Sofia");
    for (String text : HOSTILE.subList(0, HOSTILE.size() - 1)) {
      page.evaluate(posting(text + " " + "A".repeat(300)));
    }
    page.await("document.querySelectorAll('skep-post').length >= 10");
    page.open(skep.url() + "#/you");
    page.write("Name", NAME_OF_A_TROLL.substring(0, 60));
    page.write("About you", String.join("\n", HOSTILE.subList(0, 8)));
    page.press("Save");
    page.awaitWords("Saved.");
    page.press("What you wrote");
    page.await("document.querySelectorAll('skep-post').length >= 10");

    assertEquals("undefined", page.evaluate("typeof window.pwned").asString());
    assertEquals(0, page.overhang());
    assertNothingLeft(page);
  }

  @Test
  void theSecondWallStandsAlone() throws Exception {
    BrowserPage page = browser.page(360, 800);
    page.open(skep.link());
    page.awaitWords("Welcome, Ana Sofia");
    for (String html : HOSTILE) {
      JsonNode made = page.evaluate(secondWall(html));
      assertEquals("", made.get("attributes").asString(), html);
      assertEquals("", made.get("elements").asString(), html);
      assertTrue(made.get("depth").asInt() <= 40, html);
    }

    assertEquals("undefined", page.evaluate("typeof window.pwned").asString());
    assertNothingLeft(page);
  }

  @Test
  void noScreenIsWiderThanAPhone() throws Exception {
    BrowserPage page = browser.page(360, 800);
    page.open(skep.link());
    page.awaitWords("Welcome, Ana Sofia");
    for (String screen :
        List.of("", "people", "bookmarks", "you", "status", "tag/bees", "nowhere")) {
      page.open(skep.url() + "#/" + screen);
      page.await("document.querySelector('h1') && !document.body.innerText.includes('Looking…')");
      assertEquals(0, page.overhang(), screen);
    }
    page.awaitWords("Nothing here");
    assertEquals(List.of(), page.complaints());
  }

  @Test
  void theStatusScreenSaysThatNobodyCanReachThisComputer() throws Exception {
    BrowserPage page = browser.page(360, 800);
    page.open(skep.link());
    page.awaitWords("Welcome, Ana Sofia");

    page.press("Status");

    page.awaitWords("Nobody else can reach this computer through Skep.");
    String feedId = skep.feedId();
    page.await("[...document.querySelectorAll('input')].some((e) => e.value === '" + feedId + "')");
  }

  /** Posts these words as they are, as the page itself does. */
  private static String posting(String words) {
    return """
    fetch('/api/v1/statuses', {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'X-Skep-Page': localStorage.getItem('skep.page-key'),
      },
      body: JSON.stringify({status: %s, visibility: 'public'}),
    }).then((answer) => { if (!answer.ok) throw new Error('refused: ' + answer.status); })\
    """
        .formatted(JsonMapper.shared().writeValueAsString(words));
  }

  /** Puts HTML through the page's own sanitiser and says what came out that should not have. */
  private static String secondWall(String html) {
    String quoted = JsonMapper.shared().writeValueAsString(html);
    return """
    import('/app/sanitise.js').then(({harmless}) => {
      const box = document.createElement('div');
      box.append(harmless(%s));
      document.body.append(box);
      const all = [...box.querySelectorAll('*')];
      const attributes = all.flatMap((e) => [...e.attributes])
          .filter((a) => !['dir', 'rel', 'target', 'title', 'class'].includes(a.name))
          .filter((a) => !(a.name === 'href' && /^https?:/.test(a.value)))
          .map((a) => a.name + '=' + a.value).join();
      const elements = all.map((e) => e.localName).filter((name) =>
          !/^(p|br|strong|b|em|i|del|s|code|pre|blockquote|ul|ol|li|hr|sub|sup|a|span)$/
              .test(name)).join();
      let depth = 0;
      for (let e = all.at(-1); e && e !== box; e = e.parentElement) depth += 1;
      box.remove();
      return {attributes, elements, depth};
    })\
    """
        .formatted(quoted);
  }
}
