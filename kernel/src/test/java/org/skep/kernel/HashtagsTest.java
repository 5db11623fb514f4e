package org.skep.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which signs in a text begin a hashtag. */
class HashtagsTest {
  @Test
  void hyphensInATagCostNoMoreThanTheirNumber() {
    String hyphens = "-".repeat(1_000_000);
    assertTimeoutPreemptively(
        Duration.ofSeconds(60),
        () -> {
          assertEquals("#bees", Hashtags.inPlain("#bees" + hyphens).getFirst().written());
          assertEquals(List.of(), Hashtags.inPlain("#bees" + hyphens + "wax"));
        });
  }

  @ParameterizedTest
  @CsvSource({
    "'#Bees and #honey, (#wax) *#hive*', '#Bees #honey #wax #hive'",
    "'#2026 is near', '#2026'",
    "'for #new-people- welcome', '#new-people'",
    "'#zürich #日本語 #привет', '#zürich #日本語 #привет'",
    "'#Bees #bees #BEES', '#Bees'",
    "'# a heading\n\n## another #tag', '#tag'",
    "'see [#bees](#bees) and [here](#wax)', '#bees #wax'",
    "'[#one] and ![#two]', '#one #two'",
    "'\"#quoted\"', '#quoted'"
  })
  void aTagStandsByItself(String text, String tags) {
    assertEquals(List.of(tags.split(" ")), Hashtags.inMarkdown(text.replace("\\n", "\n")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "C# and a#b",
        "https://example.org/#place",
        "see https://example.org/page?a=1#place there",
        "[words #no](https://example.org/#no)",
        "![#no](&blob)",
        "<a href=\"#no\">x</a>",
        "`#no` and ``a ` #no``",
        "```\n#no\n```",
        "~~~ sh\n#no\n```\n#no",
        "    #no\n    #no",
        "one\n\n\t#no",
        "\\#no",
        "&#39; and ##no",
        "# no",
        "#-no",
        "#",
        ""
      })
  void manySignsBeginNone(String text) {
    assertEquals(List.of(), Hashtags.inMarkdown(text));
  }

  @Test
  void codeEndsWhereItEnds() {
    assertEquals(
        List.of("#yes"), Hashtags.inMarkdown("```\n#no\n``\n#no\n````\n#yes and `#no`\n\n"));
    assertEquals(List.of("#yes"), Hashtags.inMarkdown("an `odd sign\n\n#yes and a ` sign"));
    assertEquals(List.of("#yes"), Hashtags.inMarkdown("words\n    #yes, a long line goes on"));
  }

  @Test
  void theyAreBounded() {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      many.append("#t").append(i).append(' ');
    }
    assertEquals(Tags.PER_POST_MAX, Hashtags.inMarkdown(many.toString()).size());
    assertEquals(List.of(), Hashtags.inMarkdown("#" + "a".repeat(101)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "](", "`", "`a``b", "#", "\\", "[x](#y", "    `", "#a ", "![a]("})
  void whatIsMadeToBurdenUsDoesNot(String part) {
    String text = part.repeat(65_536 / part.length());
    assertTimeoutPreemptively(Duration.ofSeconds(10), () -> Hashtags.inMarkdown(text));
  }

  /** In regular expressions {@code \b} looks back over every mark that stands before it. */
  @Test
  void marksThatStandOnNothingCostNoMoreThanTheirNumber() {
    String text = "\u0300".repeat(500_000) + " #bees";
    assertTimeoutPreemptively(
        Duration.ofSeconds(60), () -> assertEquals(List.of("#bees"), Hashtags.inMarkdown(text)));
  }
}
