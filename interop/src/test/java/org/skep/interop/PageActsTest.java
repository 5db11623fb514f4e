package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a person does on the page, done as she does it. */
@Tag("browser")
class PageActsTest extends BrowserCase {

  /** Holds every post back until it is let go, as a slow computer would. */
  private static final String SLOW_POSTS =
      """
      {
        const real = window.fetch;
        const held = new Promise((go) => (window.letGo = go));
        window.fetch = (path, request) =>
          request?.method === 'POST' && path === '/api/v1/statuses'
            ? held.then(() => real(path, request)) : real(path, request);
      }
      """;

  /** Refuses the first post and remembers the keys of all. */
  private static final String REFUSING_ONCE =
      """
      {
        const real = window.fetch;
        window.keys = [];
        window.fetch = async (path, request) => {
          if (request?.method !== 'POST' || path !== '/api/v1/statuses') return real(path, request);
          window.keys.push(request.headers['Idempotency-Key']);
          return window.keys.length > 1 ? real(path, request)
              : new Response('{"error": "Something else was posted so."}', {status: 422});
        };
      }
      """;

  /** Another person on the same computer who has written something. */
  private String ben() throws Exception {
    skep.must("account", "add", "Ben");
    skep.must("post", "--account", "Ben", "--to", "anybody", "the boat is in the water");
    JsonNode status =
        JsonMapper.shared().readTree(skep.must("status", "--json", "--account", "Ben").text());
    return status.get("accounts").get(0).get("ssb").asString();
  }

  private static void writeFirstPost(BrowserPage page, String words) throws Exception {
    page.write("Write a post", words);
    page.press("Post");
    page.awaitWords("Your first public post");
    page.press("Post it");
    page.awaitWords(words);
  }

  @Test
  void somebodyIsFoundFollowedAnsweredAndLeftAgain() throws Exception {
    String ben = ben();
    BrowserPage page = home(360, 800);

    page.press("People");
    page.await("document.querySelector('h1').innerText === 'People'");
    page.write("A friend’s address", ben);
    page.press("Find");
    page.await("document.querySelector('h1').innerText === 'Ben'");
    page.press("Follow");
    page.awaitWords("Your first follow");
    page.press("Follow");
    page.awaitWords("You follow them.");

    page.press("Home");
    // The page of the person shows it, too, and may still be there.
    page.await("document.querySelector('skep-home')?.innerText.includes('the boat is in')");
    page.press("Reply to Ben");
    page.write("Your reply to Ben", "then come over");
    page.press("Reply");
    page.awaitWords("Your first public post");
    page.press("Post it");
    page.awaitWords("then come over");
    page.press("1 reply");
    page.awaitWords("Conversation");
    page.await("document.querySelector('.whole').innerText.includes('the boat is in the water')");
    page.await("document.querySelector('.after').innerText.includes('then come over')");

    page.press("Ben");
    page.press("Stop following");
    page.await("[...document.querySelectorAll('button')].some((e) => e.innerText === 'Follow')");
    page.press("Home");
    page.awaitWords("then come over");
    page.await("!document.body.innerText.includes('the boat is in the water')");
    assertEquals(0, page.overhang());
    assertNothingLeft(page);
    assertEquals(List.of(), page.complaints());
  }

  @Test
  void friendsAreToldOfABlockOnlyWhereThatIsChosen() throws Exception {
    String ben = ben();
    BrowserPage page = home(360, 800);
    page.open(skep.url() + "#/find/" + ben.replace("/", "%2F"));
    page.awaitWords("the boat is in the water");
    page.press("Block");
    page.awaitWords("Tell my friends.");
    page.evaluate("document.querySelector('.tell input').click()");
    page.press("Block");
    page.awaitWords("Your friends know of it.");
    assertEquals(0, page.overhang());
    page.press("Unblock");
    page.awaitWords("the boat is in the water");
    assertEquals(List.of(), page.complaints());
  }

  @Test
  void howFarOneReachesIsChosenAndKept() throws Exception {
    BrowserPage page = home(360, 800);
    page.press("People");
    page.awaitWords("Whose posts are fetched");
    page.await("document.querySelectorAll('.reach input')[0].checked");
    page.evaluate("document.querySelectorAll('.reach input')[1].click()");
    page.await("!document.querySelectorAll('.reach input')[1].disabled");
    page.press("around you");
    page.awaitWords("Around you");
    page.press("Choose whose posts are fetched");
    page.await("document.querySelectorAll('.reach input')[1]?.checked");
    assertEquals("The posts of those you follow are fetched.", skep.must("reach").text());
    assertEquals(0, page.overhang());
    assertEquals(List.of(), page.complaints());
  }

  @Test
  void somebodyIsBlockedAndLetInAgain() throws Exception {
    String ben = ben();
    BrowserPage page = home(360, 800);
    page.open(skep.url() + "#/find/" + ben.replace("/", "%2F"));
    page.awaitWords("the boat is in the water");

    page.press("Block");
    page.awaitWords("Block Ben? You won’t see what they write any more.");
    page.press("Block");
    page.awaitWords("You blocked Ben");
    page.await("!document.body.innerText.includes('the boat is in the water')");
    page.press("People");
    page.press("People you blocked");
    page.evaluate("document.querySelector('.blocked a').click()");
    page.press("Unblock");

    page.awaitWords("the boat is in the water");
  }

  @Test
  void theLatestBookmarkComesFirst() throws Exception {
    BrowserPage page = home(360, 800);
    writeFirstPost(page, "the older one");
    page.write("Write a post", "the newer one");
    page.press("Post");
    page.await("document.querySelectorAll('skep-post').length === 2");
    page.press("Bookmark");
    page.await("document.querySelectorAll('.bookmark.on').length === 1");
    page.evaluate("document.querySelectorAll('button.bookmark')[1].click()");
    page.await("document.querySelectorAll('.bookmark.on').length === 2");

    page.press("Bookmarks");

    page.awaitWords("Only you can see these.");
    page.await(
        "[...document.querySelectorAll('skep-words')].map((e) => e.innerText.trim()).join()"
            + " === 'the older one,the newer one'");
  }

  @Test
  void aLinkWithAnAddressReachesForNobody() throws Exception {
    try (ServerSocket stranger = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String key = "MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDA=";
      String address = "net:127.0.0.1:" + stranger.getLocalPort() + "~shs:" + key;
      BrowserPage page = home(360, 800);

      page.open(skep.url() + "#/find/" + address.replace(":", "%3A"));

      page.awaitWords("A link brought this address here.");
      page.await("document.querySelector('.finder input').value === '" + address + "'");
      assertTrue(
          page.requests().stream().noneMatch(url -> url.endsWith("/connect")), "it was dialled");
      page.press("Find");
      stranger.setSoTimeout(20_000);
      stranger.accept().close();
    }
  }

  @Test
  void backLeadsAwayFromALinkToAPerson() throws Exception {
    String ben = ben();
    BrowserPage page = home(360, 800);

    page.evaluate("location.hash = '#/find/" + ben.replace("/", "%2F") + "'");
    page.awaitWords("the boat is in the water");
    page.evaluate("history.back()");

    page.awaitWords("Welcome, Ana Sofia");
    assertEquals("", page.evaluate("location.hash").asString());
  }

  @Test
  void wordsAreKeptWhileOthersArePosted() throws Exception {
    BrowserPage page = home(360, 800);
    writeFirstPost(page, "hello");
    page.evaluate(SLOW_POSTS);

    page.write("Write a post", "on its way");
    page.press("Post");
    page.awaitWords("Posting…");
    page.write("Write a post", "typed meanwhile");

    assertEquals(
        "on its way", page.evaluate("document.querySelector('textarea').value").asString());
    page.evaluate("window.letGo()");
    page.await("document.querySelectorAll('skep-post').length === 2");
    page.await("document.querySelector('textarea').value === ''");
    page.write("Write a post", "and one more");
    page.press("Post");
    page.await("document.querySelectorAll('skep-post').length === 3");
  }

  @Test
  void aRefusedTextStaysAndIsTriedAsAPostOfItsOwn() throws Exception {
    BrowserPage page = home(360, 800);
    writeFirstPost(page, "hello");
    page.evaluate(REFUSING_ONCE);

    page.write("Write a post", "from a second window");
    page.press("Post");
    page.awaitWords("Something else was posted so.");
    page.press("Post");

    page.await("document.querySelectorAll('skep-post').length === 2");
    page.awaitWords("from a second window");
    assertEquals(2, page.evaluate("new Set(window.keys).size").asInt());
  }

  @Test
  void theQuestionBeforeTheFirstPostStandsOnNotYet() throws Exception {
    BrowserPage page = home(360, 800);

    page.write("Write a post", "perhaps");
    page.press("Post");
    page.awaitWords("Your first public post");

    page.await("document.activeElement.innerText === 'Not yet'");
    page.press("Not yet");
    page.await("!document.querySelector('dialog[open]')");
    assertEquals("perhaps", page.evaluate("document.querySelector('textarea').value").asString());
    assertTrue(skep.timeline().isEmpty(), "it was posted");
  }

  @Test
  void noIdStandsTwiceOnAScreen() throws Exception {
    BrowserPage page = home(360, 800);
    writeFirstPost(page, "hello");

    page.press("Reply to Ana Sofia");
    page.awaitWords("Reply");

    page.await("document.querySelectorAll('skep-compose').length === 2");
    assertEquals(
        "",
        page.evaluate(
                "[...document.querySelectorAll('[id]')].map((e) => e.id)"
                    + ".filter((id, index, all) => all.indexOf(id) !== index).join()")
            .asString());
  }
}
