package org.skep.networks.scuttlebutt.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;
import org.skep.networks.scuttlebutt.message.BlobId;
import org.skep.wire.crypto.Digests;

class BlobLinksTest {
  private static final BlobId ONE = blob("one");
  private static final BlobId TWO = blob("two");

  private static BlobId blob(String content) {
    return new BlobId(new Hash(Digests.sha256(Bytes.ofUtf8(content))));
  }

  private static List<BlobLinks.BlobLink> links(String text, Content.Mention... mentions) {
    return BlobLinks.of(
        new Content.Post(
            text,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            List.of(mentions),
            List.of(),
            Optional.empty(),
            Optional.empty()));
  }

  private static BlobLinks.BlobLink plain(BlobId blob, String words) {
    return new BlobLinks.BlobLink(blob, words, Optional.empty(), Optional.empty());
  }

  @Test
  void picturesAndLinksInTheTextAreFoundInTheirOrder() {
    assertEquals(
        List.of(plain(TWO, "a cat"), plain(ONE, "the plan.pdf")),
        links("see ![a cat](" + TWO + ") and [the plan.pdf](" + ONE + " \"title\") here"));
  }

  @Test
  void aMentionAddsWhatItKnowsAndStandsAloneWhereTheTextIsSilent() {
    Content.Mention known =
        new Content.Mention(
            ONE.toString(), Optional.of("cat.jpg"), Optional.of("image/jpeg"), Optional.of(7L));
    BlobLinks.BlobLink described =
        new BlobLinks.BlobLink(ONE, "a cat", Optional.of("image/jpeg"), Optional.of(7L));
    assertEquals(List.of(described), links("![a cat](" + ONE + ")", known));
    assertEquals(
        List.of(new BlobLinks.BlobLink(ONE, "cat.jpg", Optional.of("image/jpeg"), Optional.of(7L))),
        links("no picture in the text", known));
    assertEquals("cat.jpg", links("![](" + ONE + ")", known).getFirst().words());
  }

  @Test
  void aBlobThatIsShownTwiceIsOne() {
    assertEquals(
        List.of(plain(ONE, "first")), links("![first](" + ONE + ") ![again](" + ONE + ")"));
  }

  @Test
  void whatIsNoOpenBlobIsPassedOver() {
    assertEquals(
        List.of(),
        links(
            "![x](https://example.org/a.png) [y](%"
                + "A".repeat(43)
                + "=.sha256) ![z](&short) "
                + "![sealed]("
                + ONE
                + "?unbox=AAAA)",
            new Content.Mention("#tag", Optional.empty()),
            new Content.Mention(TWO + "?unbox=AAAA", Optional.empty())));
    assertEquals(
        List.of(plain(ONE, "typed")), links("![typed](" + ONE + "?contentType=image/png)"));
  }

  @Test
  void hostileTextCostsNoMoreThanItsLength() {
    assertTimeoutPreemptively(
        Duration.ofSeconds(30), () -> assertEquals(List.of(), links("![".repeat(4_000))));
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> assertEquals(List.of(), links("[a](&" + " ".repeat(4_000) + "[a](&".repeat(600))));
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    String text = BlobLinks.shownBelow("words", ONE, "a [bracketed]\ncat");
    assertEquals("words\n\n![a bracketed cat](" + ONE + ")", text);
    assertEquals(List.of(plain(ONE, "a bracketed cat")), links(text));
    assertEquals("![](" + ONE + ")", BlobLinks.shownBelow("", ONE, ""));
  }
}
