package org.skep.networks.scuttlebutt.logfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skep.kernel.Bytes;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.networks.scuttlebutt.message.MessageShape;

final class MessageFileTest {
  private final Writer ana = new Writer("Ana");
  private final ClassicMessage first = ana.says("héllo \u2028 😀");
  private final ClassicMessage second = ana.says("two");

  private static MessageFile.Refused refused(MessageFile.Item item) {
    return assertInstanceOf(MessageFile.Refused.class, item);
  }

  private static List<String> reasons(String file) {
    return Writer.read(file).stream()
        .map(item ->
            switch (item) {
              case MessageFile.Message _ -> "ok";
              case MessageFile.Refused(String reason) -> reason;
            })
        .toList();
  }

  @Test
  void anEmptyFileHoldsNothing() {
    for (String file : List.of("", "\n \r\n", "[]", " [\n]\n")) {
      assertEquals(List.of(), Writer.read(file), file);
    }
  }

  @Test
  void aTextIsGivenOnAsItStands() {
    String odd = first.text().utf8().replace(":1,", " :\t1.0e0 ,").replace("é", "\\u00E9");
    MessageFile.Message read =
        assertInstanceOf(MessageFile.Message.class, Writer.read(odd + "\n").getFirst());
    assertEquals(odd, read.message().text().utf8());
    assertEquals(first.id(), read.message().id());
  }

  @Test
  void aMarkOfTheByteOrderIsPassedOver() {
    assertEquals(
        Writer.asItems(List.of(first)), Writer.read("\ufeff" + first.text().utf8() + "\r\n"));
  }

  @Test
  void aKeyThatIsNotTheMessagesIsRefused() {
    String file = Writer.enveloped(first).replace(first.id().toString(), second.id().toString());
    assertEquals(
        "its key is the name of another message", refused(Writer.read(file).getFirst()).reason());
  }

  @Test
  void aBrokenLineCostsItselfAlone() {
    String whole = first.text().utf8();
    for (String broken :
        List.of(
            whole.substring(0, whole.length() - 1),
            whole.substring(0, whole.length() - 20),
            whole.substring(0, whole.indexOf("héllo") + 2),
            "{",
            "]",
            "nonsense",
            "[" + whole + "]",
            "{}",
            "{\"a\":\"" + "x".repeat(MessageShape.TEXT_BYTES_MAX) + "\"}")) {
      List<MessageFile.Item> items =
          Writer.read(whole + "\n" + broken + "\n" + second.text().utf8() + "\n");
      assertEquals(3, items.size(), broken);
      assertEquals(new MessageFile.Message(first), items.get(0));
      assertTrue(refused(items.get(1)).reason().length() > 10, broken);
      assertEquals(new MessageFile.Message(second), items.get(2));
    }
  }

  @Test
  void whatFollowsOnTheSameLineIsReadToo() {
    String one = first.text().utf8();
    assertEquals(Writer.asItems(List.of(first, second)), Writer.read(one + second.text().utf8()));
    assertEquals(2, Writer.read(one + " rubbish").size());
  }

  @Test
  void aListThatBreaksOffIsReadUpToThere() {
    String one = first.text().utf8();
    String broken = "the list is broken here; what may follow was not read";
    assertEquals(List.of("ok", broken), reasons("[" + one + ",{\"text\":\"no end\n" + one + "]"));
    assertEquals(List.of("ok", broken), reasons("[" + one + "," + one.substring(0, 90)));
    assertEquals(List.of("ok", broken), reasons("[" + one));
    assertEquals(
        List.of("ok", "something follows the end of the list, and was not read"),
        reasons("[" + one + "]\n" + one));
    assertEquals(3, reasons("[1, null ," + one + "]").size());
  }

  @Test
  void whatIsNotUtf8IsRefused() {
    Bytes cut = Bytes.concat(Bytes.ofUtf8("{\"a\":\""), Bytes.ofHex("c3"), Bytes.ofUtf8("\"}\n"));
    assertEquals("the text is not UTF-8", refused(Writer.read(cut).getFirst()).reason());
  }

  @Test
  void whatIsTooLongIsNotHeld() throws IOException {
    for (String file : List.of("12345678901", "{2345678901", "[12345678901]", "[\"2345678901\"]")) {
      MessageTexts texts = new MessageTexts(new ByteArrayInputStream(bytes(file)), 10);
      assertEquals(
          Optional.of(new MessageTexts.Unusable("the text is longer than any message")),
          texts.next(),
          file);
      assertEquals(Optional.empty(), texts.next());
    }
    MessageTexts whole = new MessageTexts(new ByteArrayInputStream(bytes("{234567890")), 10);
    assertInstanceOf(MessageTexts.Text.class, whole.next().orElseThrow());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
