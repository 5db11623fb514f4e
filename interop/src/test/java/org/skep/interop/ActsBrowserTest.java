package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is done to posts that are written, on the page: boosted, edited, deleted, undone in time.
 */
@Tag("browser")
class ActsBrowserTest extends BrowserCase {
  @Test
  void othersPostsAreBoostedAndOwnOnesEditedAndDeleted() throws Exception {
    skep.must("account", "add", "Ben");
    skep.must("post", "--account", "Ben", "--to", "anybody", "the boat is in the water");
    JsonNode bens =
        JsonMapper.shared().readTree(skep.must("status", "--json", "--account", "Ben").text());
    skep.must("follow", bens.get("accounts").get(0).get("ssb").asString());
    BrowserPage page = browser.page(360, 800);
    page.open(skep.link());
    page.awaitWords("the boat is in the water");
    page.press("Boost");
    page.awaitWords("You boosted");
    page.awaitWords("Boosted");
    page.await("document.querySelectorAll('skep-post').length === 2");
    assertEquals(0, page.overhang());
    page.press("Boost");
    page.await("document.querySelectorAll('skep-post').length === 1");

    skep.must("post", "--to", "anybody", "helo everybody");
    page.awaitWords("helo everybody");
    page.press("Edit");
    page.write("The new words", "hello everybody");
    assertEquals(0, page.overhang());
    page.press("Save");
    page.awaitWords("hello everybody");
    page.awaitWords("edited");
    page.press("edited");
    page.awaitWords("What it said before");
    page.awaitWords("helo everybody");
    page.press("Close");
    page.press("Delete");
    page.awaitWords("Delete this post?");
    page.press("Keep it");
    page.press("Delete");
    page.awaitWords("Delete this post?");
    page.press("Delete");
    page.await("!document.body.innerText.includes('hello everybody')");
    assertEquals(List.of(), page.complaints());
    assertNothingLeft(page);
  }

  @Test
  void whatSeveralBoostStandsOnceAndNamesThem() throws Exception {
    for (String name : List.of("Ben", "Cleo")) {
      skep.must("account", "add", name);
      JsonNode status =
          JsonMapper.shared().readTree(skep.must("status", "--json", "--account", name).text());
      skep.must("follow", status.at("/accounts/0/ssb").asString());
    }
    skep.must("post", "--account", "Ben", "--to", "anybody", "the boat is in the water");
    String id = skep.post("the boat is in the water").orElseThrow().get("id").asString();
    skep.must("boost", "--account", "Cleo", id);
    BrowserPage page = browser.page(360, 800);
    page.open(skep.link());
    page.awaitWords("Cleo boosted");
    page.press("Boost");
    page.awaitWords("Cleo and you boosted");
    assertEquals(0, page.overhang());
    page.open(skep.url());
    page.awaitWords("Cleo and you boosted");
    page.await("document.querySelectorAll('skep-post').length === 2");
    page.press("Boost");
    page.awaitWords("Cleo boosted");
    assertEquals(List.of(), page.complaints());
    assertNothingLeft(page);
  }

  @Test
  void whatWaitsIsUndoneInTime() throws Exception {
    BrowserPage page = home(360, 800);
    page.evaluate("location.hash = '#/you'");
    page.awaitWords("When others get what you write");
    page.await("document.querySelector('skep-hold-back input:checked:not(:disabled)')");
    page.evaluate("document.querySelectorAll('skep-hold-back input')[1].click()");
    page.await("document.querySelectorAll('skep-hold-back input')[1].checked");
    page.await("!document.querySelectorAll('skep-hold-back input')[1].disabled");
    assertEquals(0, page.overhang());
    skep.must("post", "--to", "anybody", "said too soon");
    page.evaluate("location.hash = '#/'");
    page.awaitWords("said too soon");
    page.awaitWords("Goes out in");
    assertEquals(0, page.overhang());
    page.press("Undo");
    page.await("!document.body.innerText.includes('said too soon')");
    assertFalse(skep.timeline().toString().contains("said too soon"));
    assertEquals(List.of(), page.complaints());
    assertNothingLeft(page);
  }
}
