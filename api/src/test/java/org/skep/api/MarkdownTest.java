package org.skep.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;

/** What becomes of Markdown, honest and hostile. */
final class MarkdownTest {
  private static final Hash SHOWN = new Hash(Bytes.ofHex("12".repeat(32)));
  private static final String BELOW = "&" + SHOWN.bytes().base64() + ".sha256";
  private static final String ELSEWHERE = "&" + "A".repeat(43) + "=.sha256";

  private static String html(String markdown) {
    return Markdown.html(markdown, Set.of(SHOWN), new KnownPlaces());
  }

  private static final String REL = " target=\"_blank\" rel=\"nofollow noopener noreferrer\"";

  @Test
  void plainMarkdownBecomesPlainHtml() {
    assertEquals("<p>a <strong>b</strong> <em>c</em> <code>d</code></p>", html("a **b** _c_ `d`"));
    assertEquals("<p>one<br />two</p>", html("one\ntwo"));
    assertEquals("<ol start=\"3\"><li>x</li></ol>", html("3. x").replace("\n", ""));
    assertEquals("<blockquote><p>q</p></blockquote>", html("> q").replace("\n", ""));
  }

  @Test
  void aBareAddressBecomesALinkWithoutItsFullStop() {
    assertEquals(
        "<p>see <a href=\"https://example.org/a_b_c?d&#61;e&amp;f\""
            + REL
            + ">https://example.org/a_b_c?d&#61;e&amp;f</a>.</p>",
        html("see https://example.org/a_b_c?d=e&f."));
  }

  @Test
  void aMentionLeadsToThePage() {
    assertEquals(
        "<p><a href=\"http://localhost:1/&#64;ben\" class=\"mention\"" + REL + ">&#64;Ben</a></p>",
        html("[@Ben](@ben)"));
  }

  private static String link(String place, String mark, String words) {
    String address = "http://localhost:1/" + place.replace("@", "&#64;");
    return "<a href=\"" + address + "\"" + mark + REL + ">" + words.replace("@", "&#64;") + "</a>";
  }

  private static final String MENTION = " class=\"mention\"";
  private static final String HASHTAG = " class=\"mention hashtag\"";

  @Test
  void aPersonWhoseNameItsAuthorDidNotKnowIsCalledByHerName() {
    String id = "@" + "B".repeat(43) + "=.ed25519";
    String ben = "<p>" + link("@ben", MENTION, "@Ben *") + "</p>";
    for (String written : List.of("[@](" + id + ")", "[" + id + "](" + id + ")", id)) {
      assertEquals(ben, html(written), written);
    }
    assertEquals("<p>" + link("@ben", MENTION, "B") + "</p>", html("[B](" + id + "?x=y)"));
  }

  @Test
  void aNameWithoutALinkLeadsToWhomItsAuthorMeant() {
    assertEquals("<p>hi " + link("@ben", MENTION, "@benny") + "!</p>", html("hi @benny!"));
    assertEquals("<p>a&#64;benny &#64;bennys &#64;eve</p>", html("a@benny @bennys @eve"));
    assertEquals("<p><code>&#64;benny</code></p>", html("`@benny`"));
  }

  @Test
  void aHashtagLeadsToWhatIsSaidAboutIt() {
    assertEquals("<p>" + link("tags/bees", HASHTAG, "#Bees") + ", #wax</p>", html("#Bees, #wax"));
    assertEquals("<p>" + link("tags/bees", HASHTAG, "hum") + "</p>", html("[hum](#bees)"));
    assertEquals("<p><code>#bees</code></p>", html("`#bees`"));
    assertFalse(html("https://x.example/#bees").contains("tags"));
    assertFalse(html("[wax](#wax)").contains("href"));
  }

  @Test
  void aLinkToAPostLeadsToItWhereItIsHere() {
    String there = link("@ben/7", "", "that");
    assertEquals("<p>" + there + "</p>", html("[that](" + KnownPlaces.POST + ")"));
    String uri = "ssb:message/classic/" + "A".repeat(43) + "=";
    assertEquals("<p>" + there + "</p>", html("[that](" + uri + ")"));
    assertEquals(
        "<p>see " + link("@ben/7", "", "a post by Ben") + "</p>", html("see " + KnownPlaces.POST));
    String gone = "%" + "C".repeat(42) + "A=.sha256";
    assertFalse(html("[that](" + gone + ")").contains("href"));
  }

  @Test
  void aTitleCanNotPretendToBeAMention() {
    assertFalse(html("[x](https://evil.example \"\u0000mention\")").contains("class="));
  }

  @Test
  void picturesAreNamedAndNotLoaded() {
    assertEquals("<p>[picture: a cat]</p>", html("![a *cat*](https://tracker.example/x.png)"));
    assertEquals("<p>[picture]</p>", html("![](&blob.sha256)"));
    assertFalse(html("[![x](https://t.example/y.png)](https://z.example)").contains("<img"));
    assertFalse(html("*[**![x](https://t.example/y.png)**](https://z.example)*").contains("<img"));
  }

  @Test
  void aPictureThatIsShownBelowLeavesNoTraceInTheText() {
    assertEquals("", html("![a cat](" + BELOW + ")"));
    assertEquals("<p>look</p>", html("look\n\n![a cat](" + BELOW + ")"));
    assertEquals("<p>look</p>", html("![](" + BELOW + ")\n![a cat](" + BELOW + " \"t\")\nlook"));
    assertEquals("<p>one<br />two</p>", html("one\n![a cat](" + BELOW + "?x=y)\ntwo"));
    assertEquals("", html("[![a cat](" + BELOW + ")](" + BELOW + ")"));
  }

  @Test
  void aPictureThatIsNotShownIsNamedButNotByItsHash() {
    assertEquals("<p>[picture: a cat]</p>", html("![a cat](" + ELSEWHERE + ")"));
    assertEquals("<p>[picture]</p>", html("![" + ELSEWHERE + "](" + ELSEWHERE + ")"));
  }

  @Test
  void ofALinkToABlobTheWordsStay() {
    for (String blob : List.of(BELOW, ELSEWHERE)) {
      assertEquals("<p>my <em>song</em></p>", html("[my *song*](" + blob + ")"));
      assertEquals("<p>before</p>", html("before\n[" + blob + "](" + blob + ")"));
      assertEquals(
          "<p><a href=\"https://a.example\"" + REL + ">https://a.example</a></p>",
          html("[https://a.example](" + blob + ")"));
    }
  }

  @Test
  void hostileTextIsHarmless() {
    for (String hostile :
        List.of(
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](java\tscript:alert(1))",
            "[x](&#106;avascript:alert(1))",
            "[x](data:text/html;base64,PHNjcmlwdD4=)",
            "[x](vbscript:x)",
            "<a href=\"javascript:alert(1)\">x</a>",
            "<javascript:alert(1)>",
            "[x]: javascript:alert(1)\n\n[x]",
            "```<script>\nalert(1)\n```",
            "[x](https://a.example\" onmouseover=\"alert(1))",
            "<svg/onload=alert(1)>",
            "<style>*{display:none}</style>",
            "<iframe src=https://evil.example></iframe>")) {
      String html = html(hostile);
      for (String tag : List.of("<script", "<img", "<svg", "<style", "<iframe", "<object")) {
        assertFalse(html.contains(tag), hostile + " -> " + html);
      }
      assertFalse(
          html.matches("(?is).*href=\"\\s*(javascript|data|vbscript):.*"), hostile + " -> " + html);
      assertFalse(html.matches("(?is).*<[^>]*\\son[a-z]+=.*"), hostile + " -> " + html);
    }
  }

  @Test
  void aLinkCanNotLeadToAPlaceOfOurOwnPage() {
    for (String inside : List.of("/open/x", "#/status", "", "//evil.example", "?x", "x:y")) {
      assertFalse(html("[x](" + inside + ")").contains("href"), inside);
    }
  }

  @Test
  void deepNestingIsCutOff() {
    String html = html("> ".repeat(3_000) + "x");
    assertFalse(html.isEmpty());
    html("*".repeat(4_000) + "x" + "*".repeat(4_000));
    html("[".repeat(4_000) + "x" + "]".repeat(4_000));
  }
}
