package org.skep.networks.scuttlebutt.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skep.kernel.Bytes;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;

/** Refusals for which no JavaScript program makes an example. */
class ClassicCodecTest {
  private static final String AUTHOR = "@AzvddyStfk/T95/3VuHxuJRwqqpBkCyoW7qHRCui2N4=.ed25519";

  private static String message(String content) {
    return "{\"previous\":null,\"sequence\":1,\"author\":\""
        + AUTHOR
        + "\",\"timestamp\":1,\"hash\":\"sha256\",\"content\":"
        + content
        + ",\"signature\":\""
        + Bytes.wrap(new byte[64]).base64()
        + ".sig.ed25519\"}";
  }

  private static String reason(Bytes text) {
    return assertInstanceOf(ClassicCodec.Refused.class, ClassicCodec.parse(text)).reason();
  }

  @Test
  void theFieldsAreRead() {
    ClassicMessage message =
        Recording.parsed(Bytes.ofUtf8(message("{\"type\":\"post\",\"text\":\"a\"}")));
    assertEquals(AUTHOR, message.author().toString());
    assertEquals(1, message.sequence());
    assertEquals(Optional.empty(), message.previous());
    assertEquals(1.0, message.timestampMillis());
    assertEquals(JsObject.EMPTY.with("type", "post").with("text", "a"), message.content());
  }

  @Test
  void aBareTextIsReadAtOnceAndEverythingElseIsNot() {
    Bytes text = Bytes.ofUtf8(message("{\"type\":\"post\",\"text\":\"a \ufffd of one's own\"}"));
    assertEquals(Optional.of(Recording.parsed(text)), ClassicCodec.parseBare(text));
    for (Bytes other :
        List.of(
            Bytes.EMPTY,
            Bytes.ofUtf8("{"),
            Bytes.ofUtf8("{\"previous\":}"),
            Bytes.concat(text, Bytes.ofUtf8(" ")),
            Bytes.concat(Bytes.ofUtf8(" "), text),
            Bytes.ofUtf8("{\"key\":\"x\",\"value\":" + text.utf8() + "}"))) {
      assertEquals(Optional.empty(), ClassicCodec.parseBare(other), other::utf8);
    }
  }

  @Test
  void aPrivateContentIsAText() {
    ClassicMessage message = Recording.parsed(Bytes.ofUtf8(message("\"AAAA.box\"")));
    assertEquals(new JsString("AAAA.box"), message.content());
  }

  @Test
  void whatFollowsTheMessageIsRefused() {
    assertEquals(
        "something follows the end of the value, at character 266",
        reason(Bytes.ofUtf8(message("{\"type\":\"post\"}") + "{}")));
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    byte[] text = message("{\"type\":\"post\",\"text\":\"abc\"}").getBytes(StandardCharsets.UTF_8);
    text[text.length - 130] = (byte) 0xff;
    assertEquals("the text is not UTF-8", reason(Bytes.wrap(text)));
  }

  @Test
  void aSurrogateInUtf8IsRefused() {
    Bytes text =
        Bytes.concat(
            Bytes.ofUtf8("\""),
            Bytes.wrap(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}),
            Bytes.ofUtf8("\""));
    assertEquals("the text is not UTF-8", reason(text));
  }

  @Test
  void aByteOrderMarkIsRefused() {
    assertEquals(
        "a value was expected, at character 0",
        reason(Bytes.ofUtf8("\ufeff" + message("{\"type\":\"post\"}"))));
  }

  @Test
  void aTextBeyondTheBoundIsRefusedUnread() {
    assertEquals(
        "the text has 65537 bytes, more than the allowed 65536",
        reason(Bytes.wrap(new byte[ClassicCodec.TEXT_BYTES_MAX + 1])));
  }

  @Test
  void aNumberBeyondAllNumbersIsRefused() {
    assertEquals(
        "the content holds a number beyond all numbers",
        reason(Bytes.ofUtf8(message("{\"type\":\"post\",\"a\":[{\"b\":-1e999}]}"))));
    assertEquals(
        "the timestamp is not a finite number",
        reason(
            Bytes.ofUtf8(
                message("{\"type\":\"post\"}").replace("\"timestamp\":1", "\"timestamp\":1e999"))));
  }

  @Test
  void deepNestingIsRefusedWithoutWritingItOut() {
    String deep = "[".repeat(120) + "1,".repeat(20_000) + "1" + "]".repeat(120);
    assertEquals(
        "written out with indents, the message is longer than 8192 UTF-16 code units",
        reason(Bytes.ofUtf8(message("{\"type\":\"post\",\"a\":" + deep + "}"))));
    assertEquals(
        "values are nested deeper than the allowed 128, at character 280",
        reason(Bytes.ofUtf8(message("{\"type\":\"post\",\"a\":" + "[".repeat(127)))));
  }

  @Test
  void aMessageThatIsNoObjectIsRefused() {
    assertEquals("a message is an object", reason(Bytes.ofUtf8("null")));
    assertEquals("a message is an object", reason(Bytes.ofUtf8("[]")));
    assertEquals("a value was expected, at character 0", reason(Bytes.EMPTY));
  }
}
