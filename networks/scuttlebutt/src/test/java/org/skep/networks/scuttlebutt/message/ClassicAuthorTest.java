package org.skep.networks.scuttlebutt.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.skep.kernel.Bytes;
import org.skep.wire.crypto.Ed25519;
import org.skep.wire.json.JsArray;
import org.skep.wire.json.JsNumber;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;
import org.skep.wire.json.JsValue;

class ClassicAuthorTest {
  private static final Bytes SEED = Bytes.wrap(new byte[32]);
  private static final FeedId AUTHOR = new FeedId(Ed25519.publicKey(SEED));
  private static final JsObject POST = JsObject.EMPTY.with("type", "post");

  private final AtomicInteger signatures = new AtomicInteger();

  private ClassicAuthor author(SignCap cap) {
    return new ClassicAuthor(
        AUTHOR,
        bytes -> {
          signatures.incrementAndGet();
          return Ed25519.sign(SEED, bytes);
        },
        cap);
  }

  private void assertRefusedUnsigned(double timestampMillis, JsValue content) {
    ClassicCodec.Result result =
        author(SignCap.NONE).write(FeedState.EMPTY, timestampMillis, content);
    assertInstanceOf(ClassicCodec.Refused.class, result);
    assertEquals(0, signatures.get());
  }

  /** Every recorded feed is written again from its contents and gets the ids JavaScript gave. */
  @Test
  void theTextIsThatOfJavaScript() throws Exception {
    int chained = 0;
    FeedState state = FeedState.EMPTY;
    for (Recording.Case given : Recording.validCases()) {
      if (given.name().contains("chain")) {
        state = given.continuesFeed() ? state : FeedState.EMPTY;
        ClassicMessage expected = Recording.parsed(given.text());
        Bytes seed = Bytes.ofHex("01".repeat(32));
        ClassicAuthor author =
            new ClassicAuthor(expected.author(), bytes -> Ed25519.sign(seed, bytes), given.cap());
        ClassicCodec.Parsed written =
            assertInstanceOf(
                ClassicCodec.Parsed.class,
                author.write(state, expected.timestampMillis(), expected.content()));
        assertEquals(given.text().utf8(), written.message().text().utf8(), given.name());
        assertEquals(given.id(), written.message().id().toString());
        state = new FeedState.Head(written.message().id(), written.message().sequence());
        chained++;
      }
    }
    assertEquals(20, chained);
  }

  @Test
  void theLongestMessageIsWrittenAndALongerOneRefusedUnsigned() {
    int empty = 8192 - indentedLength("");
    assertInstanceOf(
        ClassicCodec.Parsed.class,
        author(SignCap.NONE).write(FeedState.EMPTY, 1, POST.with("text", "€".repeat(empty))));
    signatures.set(0);
    assertRefusedUnsigned(1, POST.with("text", "€".repeat(empty + 1)));
  }

  private int indentedLength(String text) {
    ClassicCodec.Parsed written =
        assertInstanceOf(
            ClassicCodec.Parsed.class,
            author(SignCap.NONE).write(FeedState.EMPTY, 1, POST.with("text", text)));
    JsString signature =
        new JsString(written.message().signature().base64() + ClassicCodec.SIGNATURE_SUFFIX);
    return written.message().signedText().utf8().length()
        + ",\n  \"signature\": \"\"".length()
        + signature.value().length();
  }

  @Test
  void whatOthersRefuseIsRefusedUnsigned() {
    assertRefusedUnsigned(1, JsObject.EMPTY);
    assertRefusedUnsigned(1, JsObject.EMPTY.with("type", "ab"));
    assertRefusedUnsigned(1, new JsString("hello"));
    assertRefusedUnsigned(1, new JsString("AA.box"));
    assertRefusedUnsigned(1, new JsString("AAAA.box-new"));
    assertRefusedUnsigned(1, new JsArray(java.util.List.of()));
    assertRefusedUnsigned(Double.NaN, POST);
    assertRefusedUnsigned(Double.NEGATIVE_INFINITY, POST);
    assertRefusedUnsigned(1, POST.with("n", new JsNumber(Double.POSITIVE_INFINITY)));
  }

  @Test
  void aFeedEndsWhereOthersStopCounting() {
    MessageId id = new MessageId(new org.skep.kernel.Hash(Bytes.wrap(new byte[32])));
    assertInstanceOf(
        ClassicCodec.Refused.class,
        author(SignCap.NONE).write(new FeedState.Head(id, Integer.MAX_VALUE), 1, POST));
    assertEquals(0, signatures.get());
  }

  @Test
  void aSignerWithAnotherKeyIsOurOwnMistake() {
    ClassicAuthor wrong =
        new ClassicAuthor(
            AUTHOR, bytes -> Ed25519.sign(Bytes.ofHex("02".repeat(32)), bytes), SignCap.NONE);
    assertThrows(IllegalStateException.class, () -> wrong.write(FeedState.EMPTY, 1, POST));
  }

  @Test
  void aMessageUnderACapIsSignedAsItsHmac() {
    SignCap cap = SignCap.of(Bytes.ofHex("07".repeat(32)));
    ClassicMessage message =
        assertInstanceOf(ClassicCodec.Parsed.class, author(cap).write(FeedState.EMPTY, 1, POST))
            .message();
    assertEquals(new ClassicValidator.Valid(), new ClassicValidator(cap).check(message));
    assertTrue(Ed25519.verify(AUTHOR.key(), cap.toSign(message.signedText()), message.signature()));
    assertEquals(32, cap.toSign(message.signedText()).length());
  }
}
