package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Letters, written and read in a real browser. */
@Tag("browser")
class LettersBrowserTest extends BrowserCase {
  @Test
  void aLetterIsWrittenAnsweredAndReadOnThePage() throws Exception {
    try (SkepProcess carols = SkepProcess.start(folder.resolve("carol"), "Carol", Map.of())) {
      carols.must("post", "--to", "anybody", "hello from Carol");
      carols.must("follow", skep.feedId());
      BrowserPage page = home(360, 800);
      skep.must("follow", carols.feedId());
      skep.must("connect", carols.ssbAddress());
      page.awaitWords("hello from Carol");
      page.evaluate("document.querySelector('skep-post .name').click()");
      page.awaitWords("Write a letter");
      page.evaluate(
          "[...document.querySelectorAll('a')].find((a) => a.innerText === 'Write a letter').click()");
      page.awaitWords("A letter to Carol");
      page.awaitWords("Carol and you.");
      assertFalse(page.evaluate("document.body.innerText.includes('Add a picture')").asBoolean());
      page.write("Your letter to Carol", "dear Carol, é ✓ 😀");
      assertEquals(0, page.overhang());
      page.press("Send");
      page.awaitWords("A letter to Carol");
      page.await("document.querySelectorAll('skep-post').length === 1");
      assertFalse(page.evaluate("!!document.querySelector('.act.favourite')").asBoolean());

      Await.until(
          "the letter at Carol's",
          Meeting.PATIENCE,
          carols::letters,
          letters -> letters.size() == 1);
      String id = carols.letters().get(0).get("last_status").get("id").asString();
      page.evaluate("location.hash = '#/letters'");
      page.awaitWords("You: dear Carol");
      carols.must("post", "--to", skep.feedId(), "--reply", id, "dear Ana Sofia");
      page.awaitWords("dear Ana Sofia");
      page.await("document.querySelector('.rail .count')?.innerText.startsWith('1')");
      assertEquals(0, page.overhang());
      page.evaluate("document.querySelector('a.letter').click()");
      page.await("document.querySelectorAll('skep-post').length === 2");
      page.await("!document.querySelector('.rail .count')");
      page.press("Reply to Carol");
      page.awaitWords("Carol and you.");
      page.write("Your reply to Carol", "until soon");
      page.press("Send");
      page.await("document.querySelectorAll('skep-post').length === 3");
      Await.until(
          "the answer at Carol's",
          Meeting.PATIENCE,
          () -> carols.letters().toString().contains("until soon"),
          Boolean::booleanValue);
      page.evaluate("location.hash = '#/'");
      page.awaitWords("hello from Carol");
      assertFalse(page.evaluate("document.body.innerText.includes('until soon')").asBoolean());
      page.evaluate("location.hash = '#/letters'");
      page.awaitWords("You: until soon");
      skep.must("delete", skep.letters().get(0).get("last_status").get("id").asString());
      page.awaitWords("dear Ana Sofia");
      page.await("!document.body.innerText.includes('until soon')");
      assertEquals(List.of(), page.complaints());
      assertNothingLeft(page);
    }
  }
}
