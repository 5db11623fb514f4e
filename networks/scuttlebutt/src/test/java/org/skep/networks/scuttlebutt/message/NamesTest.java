package org.skep.networks.scuttlebutt.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skep.kernel.Bytes;

/** Names in both spellings; the examples of SIP 1 among them. */
class NamesTest {
  private static final String FEED = "@+oaWWDs8g73EZFUMfW37R/ULtFEjwKN/DczvdYihjbU=.ed25519";
  private static final String MESSAGE = "%g3hPVPDEO1Aj/uPl0+J2NlhFB2bbFLIHlty+YuqFZ3w=.sha256";
  private static final String BLOB = "&sbBmsB7XWvmIzkBzreYcuzPpLtpeCMDIs6n/OJGSC1U=.sha256";

  @Test
  void sigilsReadBack() {
    assertEquals(FEED, FeedId.ofSigil(FEED).orElseThrow().toString());
    assertEquals(MESSAGE, MessageId.ofSigil(MESSAGE).orElseThrow().toString());
    assertEquals(BLOB, BlobId.ofSigil(BLOB).orElseThrow().toString());
  }

  @Test
  void ofAllTextsForSomeBytesOneIsCanonical() {
    for (int length = 0; length <= 6; length++) {
      String canonical = Bytes.wrap(new byte[length]).base64();
      assertEquals(Optional.of(length), Sigils.canonicalBase64(canonical).map(Bytes::length));
      assertEquals(Optional.empty(), Sigils.canonicalBase64(canonical + "="));
      for (int at = 0; at < canonical.length(); at++) {
        for (char other : "BEIQgw5/+=- \u0100".toCharArray()) {
          String changed = canonical.substring(0, at) + other + canonical.substring(at + 1);
          assertEquals(
              writtenSo(changed), Sigils.canonicalBase64(changed).map(Bytes::base64), changed);
        }
      }
    }
  }

  /** A text is canonical when its bytes are written so. */
  private static Optional<String> writtenSo(String text) {
    try {
      return Optional.of(Bytes.ofBase64(text).base64()).filter(text::equals);
    } catch (IllegalArgumentException noBase64) {
      return Optional.empty();
    }
  }

  @Test
  void theUrisOfTheSpecificationAreRead() {
    assertEquals(
        FeedId.ofSigil(FEED),
        FeedId.ofUri("ssb:feed/classic/-oaWWDs8g73EZFUMfW37R_ULtFEjwKN_DczvdYihjbU="));
    assertEquals(
        MessageId.ofSigil(MESSAGE),
        MessageId.ofUri("ssb:message/classic/g3hPVPDEO1Aj_uPl0-J2NlhFB2bbFLIHlty-YuqFZ3w="));
    assertEquals(
        BlobId.ofSigil(BLOB),
        BlobId.ofUri("ssb:blob/classic/sbBmsB7XWvmIzkBzreYcuzPpLtpeCMDIs6n_OJGSC1U="));
  }

  @Test
  void everySpellingOfAUriIsRead() {
    for (String start :
        List.of(
            "ssb:feed/classic/",
            "ssb:feed:classic:",
            "ssb://feed/classic/",
            "ssb:feed/ed25519/",
            "ssb:feed:ed25519:",
            "ssb://feed/ed25519/")) {
      assertEquals(
          FeedId.ofSigil(FEED),
          FeedId.parse(start + "-oaWWDs8g73EZFUMfW37R_ULtFEjwKN_DczvdYihjbU="),
          start);
    }
    assertEquals(
        MessageId.ofSigil(MESSAGE),
        MessageId.ofUri("ssb:message:sha256:g3hPVPDEO1Aj_uPl0-J2NlhFB2bbFLIHlty-YuqFZ3w="));
    assertEquals(
        BlobId.ofSigil(BLOB),
        BlobId.ofUri("ssb:blob/sha256/sbBmsB7XWvmIzkBzreYcuzPpLtpeCMDIs6n_OJGSC1U="));
  }

  @Test
  void whatIsNoNameIsEmpty() {
    for (String text :
        List.of(
            "",
            "@",
            FEED + "x",
            FEED.substring(1),
            FEED.replace('@', '%'),
            FEED.replace(".ed25519", ".sha256"),
            FEED.replace("jbU=", "jbV="), // stray bits in the last character
            FEED.replace("jbU=", "jbUA"), // 33 bytes
            FEED.replace("=", "=="),
            FEED.replace("=", ""),
            FEED.replace('/', '_'),
            FEED.replace("oaW", "o W"),
            "ssb:feed/classic/",
            "ssb:feed/classic:-oaWWDs8g73EZFUMfW37R_ULtFEjwKN_DczvdYihjbU=",
            "ssb:feed/bendybutt-v1/-oaWWDs8g73EZFUMfW37R_ULtFEjwKN_DczvdYihjbU=",
            "ssb:blob/classic/-oaWWDs8g73EZFUMfW37R_ULtFEjwKN_DczvdYihjbU=",
            "ssb:feed/classic/+oaWWDs8g73EZFUMfW37R/ULtFEjwKN/DczvdYihjbU=",
            "ssb:feed/classic/-oaWWDs8g73EZFUMfW37R_ULtFEjwKN_DczvdYihjbU",
            "SSB:feed/classic/-oaWWDs8g73EZFUMfW37R_ULtFEjwKN_DczvdYihjbU=")) {
      assertEquals(Optional.empty(), FeedId.parse(text), text);
    }
    assertEquals(Optional.empty(), MessageId.parse(FEED));
    assertEquals(Optional.empty(), BlobId.parse(MESSAGE));
    assertEquals(Optional.empty(), MessageId.parse(BLOB));
  }

  @Test
  void aUriIsNoNameInsideAMessage() {
    assertEquals(
        Optional.empty(),
        FeedId.ofSigil("ssb:feed/classic/-oaWWDs8g73EZFUMfW37R_ULtFEjwKN_DczvdYihjbU="));
  }

  @Test
  void aCapIsTheCanonicalBase64OfThirtyTwoBytes() {
    assertEquals(true, SignCap.parse("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=").isPresent());
    for (String text :
        List.of(
            "",
            "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc",
            "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwd=",
            "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcH",
            "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBw==",
            "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n")) {
      assertEquals(Optional.empty(), SignCap.parse(text), text);
    }
  }
}
