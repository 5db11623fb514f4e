package org.skep.networks.scuttlebutt.message;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.skep.kernel.Bytes;

class MessageShapeTest {
  @Test
  void everyRecordedMessageIsFoundBareAndInItsEnvelope() throws Exception {
    for (Recording.Case given : Recording.validCases()) {
      ClassicMessage message = Recording.parsed(given.text());
      assertEquals(
          new MessageShape.Bare(given.text()), MessageShape.of(given.text()), given.name());
      assertEquals(
          new MessageShape.Enveloped(message.id(), given.text(), OptionalDouble.of(1.5e12)),
          MessageShape.of(
              Bytes.ofUtf8(
                  "{\"key\":\"%s\",\"value\":%s,\"timestamp\":1500000000000}"
                      .formatted(given.id(), given.text().utf8()))),
          given.name());
    }
  }

  @Test
  void theOrderAndNumberOfTheEnvelopesFieldsDoNotMatter() throws Exception {
    Recording.Case given = Recording.validCases().getFirst();
    String text =
        "{ \"timestamp\":null, \"extra\":[1],\n\"value\" : "
            + given.text().utf8()
            + " , \"key\":\""
            + given.id()
            + "\"}";
    assertEquals(
        new MessageShape.Enveloped(
            MessageId.ofSigil(given.id()).orElseThrow(), given.text(), OptionalDouble.empty()),
        MessageShape.of(Bytes.ofUtf8(text)));
  }

  @Test
  void whatElseTravelsOnTheStreamIsNoMessage() {
    for (String text :
        List.of(
            "",
            "{}",
            "[]",
            "null",
            "{\"sync\":true}",
            "{\"@+oaWWDs8g73EZFUMfW37R/ULtFEjwKN/DczvdYihjbU=.ed25519\":4}",
            "{\"key\":\"x\",\"value\":{}}",
            "{\"key\":5,\"value\":{}}",
            "{\"key\":\"%g3hPVPDEO1Aj/uPl0+J2NlhFB2bbFLIHlty+YuqFZ3w=.sha256\",\"value\":[]}",
            "{\"value\":{}}",
            "{\"author\":1")) {
      assertInstanceOf(MessageShape.Neither.class, MessageShape.of(Bytes.ofUtf8(text)), text);
    }
    assertInstanceOf(
        MessageShape.Neither.class,
        MessageShape.of(Bytes.wrap(new byte[MessageShape.TEXT_BYTES_MAX + 1])));
    assertInstanceOf(
        MessageShape.Neither.class, MessageShape.of(Bytes.wrap(new byte[] {(byte) 0xc0})));
  }
}
