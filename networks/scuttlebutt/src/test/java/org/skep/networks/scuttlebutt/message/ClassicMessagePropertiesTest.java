package org.skep.networks.scuttlebutt.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.skep.kernel.Bytes;
import org.skep.wire.crypto.Ed25519;
import org.skep.wire.json.JsNumber;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsonException;
import org.skep.wire.json.JsonParser;

/** What must hold for every message and for every run of bytes. */
class ClassicMessagePropertiesTest {
  private static final Bytes SEED = Bytes.ofHex("05".repeat(32));
  private static final FeedId AUTHOR = new FeedId(Ed25519.publicKey(SEED));
  private static final SignCap CAP = SignCap.of(Bytes.ofHex("07".repeat(32)));

  private static final List<Recording.Case> RECORDED = recorded();

  private static List<Recording.Case> recorded() {
    try {
      return Recording.validCases();
    } catch (IOException | JsonException e) {
      throw new IllegalStateException("the recording is unreadable", e);
    }
  }

  private static ClassicMessage write(SignCap cap, double timestampMillis, JsObject content) {
    ClassicAuthor author = new ClassicAuthor(AUTHOR, bytes -> Ed25519.sign(SEED, bytes), cap);
    return switch (author.write(FeedState.EMPTY, timestampMillis, content)) {
      case ClassicCodec.Parsed(ClassicMessage message) -> message;
      case ClassicCodec.Refused(String reason) -> throw new AssertionError(reason);
    };
  }

  private static JsObject post(String text) {
    return JsObject.EMPTY.with("type", "post").with("text", text);
  }

  @Property(tries = 200)
  void whatIsWrittenIsReadAndValid(
      @ForAll @From("texts") String text, @ForAll @From("finite") double timestampMillis) {
    JsObject content = post(text).with("n", new JsNumber(timestampMillis)).with("7", text);
    ClassicMessage message = write(CAP, timestampMillis, content);
    assertEquals(message, Recording.parsed(message.text()));
    assertEquals(content, message.content());
    assertEquals(new ClassicValidator.Valid(), new ClassicValidator(CAP).check(message));
  }

  /**
   * A changed byte either leaves the same value in another spelling (as when the {@code e} of an
   * exponent becomes {@code E}), or the message is refused, or its signature fails. Never is there
   * a valid message of another value. (The id alone would not do: see {@link ClassicMessage}.)
   */
  @Property(tries = 1000)
  void noChangedByteMakesAnotherValidMessage(
      @ForAll @IntRange(max = 10_000) int place, @ForAll @IntRange(min = 1, max = 255) int flip)
      throws JsonException {
    ClassicMessage message = write(SignCap.NONE, 1e21, post("héllo \ud83d\ude00\n\u2028"));
    byte[] changed = message.text().toArray();
    changed[place % changed.length] ^= (byte) flip;
    Bytes text = Bytes.wrap(changed);
    if (ClassicCodec.parse(text) instanceof ClassicCodec.Parsed(ClassicMessage other)) {
      boolean sameValue = value(text).equals(value(message.text()));
      boolean valid =
          new ClassicValidator(SignCap.NONE).check(other) instanceof ClassicValidator.Valid;
      assertEquals(sameValue, valid);
      assertTrue(!sameValue || other.id().equals(message.id()));
    }
  }

  /** The same with the stored bytes of all kinds of recorded messages. */
  @Property(tries = 1000)
  void noChangedByteMakesAnotherValidRecordedMessage(
      @ForAll @IntRange(max = 1000) int which,
      @ForAll @IntRange(max = 30_000) int place,
      @ForAll @IntRange(min = 1, max = 255) int flip)
      throws Exception {
    Recording.Case given = RECORDED.get(which % RECORDED.size());
    byte[] changed = given.text().toArray();
    changed[place % changed.length] ^= (byte) flip;
    Bytes text = Bytes.wrap(changed);
    if (ClassicCodec.parse(text) instanceof ClassicCodec.Parsed(ClassicMessage other)
        && !value(text).equals(value(given.text()))) {
      assertNotEquals(new ClassicValidator.Valid(), new ClassicValidator(given.cap()).check(other));
    }
  }

  @Property(tries = 1000)
  void anyBytesAreReadOrRefused(@ForAll @Size(max = 300) byte[] bytes) {
    assertReadOrRefused(Bytes.copyOf(bytes));
  }

  @Property(tries = 1000)
  void anyCrumbsOfAMessageAreReadOrRefused(@ForAll @From("crumbs") String text) {
    assertReadOrRefused(Bytes.ofUtf8(text));
  }

  private static void assertReadOrRefused(Bytes bytes) {
    switch (ClassicCodec.parse(bytes)) {
      case ClassicCodec.Refused(String reason) -> assertTrue(reason.length() > 10, reason);
      case ClassicCodec.Parsed(ClassicMessage message) -> assertEquals(bytes, message.text());
    }
    switch (MessageShape.of(bytes)) {
      case MessageShape.Neither(String reason) -> assertTrue(reason.length() > 10, reason);
      case MessageShape.Bare(Bytes value) -> assertTrue(value.length() <= bytes.length());
      case MessageShape.Enveloped enveloped ->
          assertTrue(enveloped.value().length() < bytes.length());
    }
    switch (SecretFile.parse(bytes)) {
      case SecretFile.Refused(String reason) -> assertTrue(reason.length() > 10, reason);
      case SecretFile.Parsed(SecretFile.SecretKeys keys) ->
          assertEquals(keys.id().key(), Ed25519.publicKey(keys.seed()));
    }
  }

  private static JsObject value(Bytes text) throws JsonException {
    return (JsObject) JsonParser.parse(text.utf8(), ClassicCodec.LIMITS);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withCharRange('\u0000', '\u0100')
        .withCharRange('\ud7f0', '\ue010')
        .withChars('\u2028', '\u2713')
        .ofMaxLength(40);
  }

  @Provide
  Arbitrary<Double> finite() {
    return Arbitraries.longs()
        .map(Double::longBitsToDouble)
        .filter(value -> Double.isFinite(value) && Double.compare(value, -0.0) != 0);
  }

  @Provide
  Arbitrary<String> crumbs() {
    return Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"previous\":null",
            "\"sequence\":1",
            "\"sequence\":2",
            "\"author\":\"" + AUTHOR + "\"",
            "\"timestamp\":1e5",
            "\"hash\":\"sha256\"",
            "\"content\":{\"type\":\"post\"}",
            "\"content\":\"AAAA.box\"",
            "\"signature\":",
            "\"" + Bytes.wrap(new byte[64]).base64() + ".sig.ed25519\"",
            "\"key\":",
            "\"value\":",
            "{\"previous\":null,\"sequence\":1,\"author\":\"" + AUTHOR + "\",\"timestamp\":1,",
            "\"hash\":\"sha256\",\"content\":{\"type\":\"abc\"},\"signature\":",
            "#",
            "\n",
            "1e999")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }
}
