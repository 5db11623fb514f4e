package org.skep.networks.scuttlebutt.logfile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.skep.kernel.Bytes;
import org.skep.networks.scuttlebutt.message.ClassicMessage;

/** What must hold for every file. */
class MessageFilePropertiesTest {
  private static final List<Function<ClassicMessage, String>> FORMS =
      List.of(message -> message.text().utf8(), Writer::indented, Writer::enveloped);

  @Property(tries = 100)
  void whatIsWrittenInAnyFormIsReadAsItWas(
      @ForAll @Size(max = 5) List<@From("texts") String> texts,
      @ForAll @IntRange(max = 2) int form,
      @ForAll @From("separators") String separator) {
    List<ClassicMessage> messages = new Writer("Ana").saysAll(texts);
    Function<ClassicMessage, String> written = FORMS.get(form);
    List<MessageFile.Item> expected = Writer.asItems(messages);

    String lines = messages.stream().map(written).collect(Collectors.joining(separator));
    assertEquals(expected, Writer.read(lines));
    String list =
        messages.stream()
            .map(written)
            .collect(Collectors.joining(separator + "," + separator, "[" + separator, "]"));
    assertEquals(expected, Writer.read(list));
  }

  @Property(tries = 1000)
  void ofAnyFileEachPartIsReadOrRefused(@ForAll @From("crumbs") String file) {
    for (MessageFile.Item item : Writer.read(file)) {
      switch (item) {
        case MessageFile.Refused(String reason) -> assertTrue(reason.length() > 10, reason);
        case MessageFile.Message(ClassicMessage message) ->
            assertTrue(message.text().utf8().lines().count() == 1, file);
      }
    }
  }

  @Property(tries = 1000)
  void anyBytesAreReadOrRefused(@ForAll @Size(max = 300) byte[] file) {
    Writer.read(Bytes.copyOf(file)).forEach(item -> assertTrue(item.toString().length() > 10));
  }

  @Property(tries = 200)
  void aByteThatIsCutOutCostsAtMostThatLine(@ForAll @IntRange(max = 10_000) int place) {
    Writer ana = new Writer("Ana");
    ClassicMessage first = ana.says("a \"brace\" } { and a \\ in it");
    ClassicMessage second = ana.says("two");
    ClassicMessage third = ana.says("three");
    String cut = second.text().utf8();
    int at = place % cut.length();
    String broken = cut.substring(0, at) + cut.substring(at + 1);
    List<MessageFile.Item> items =
        Writer.read(first.text().utf8() + "\n" + broken + "\n" + third.text().utf8() + "\n");
    assertEquals(new MessageFile.Message(first), items.getFirst());
    assertEquals(new MessageFile.Message(third), items.getLast());
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withCharRange('\u0000', '\u0100')
        .withCharRange('\ud7f0', '\ue010')
        .withChars('\u2028', '\u2713', '"', '\\', '{', '}', '[', ']', '\n')
        .ofMaxLength(40);
  }

  @Provide
  Arbitrary<String> separators() {
    return Arbitraries.of("\n", "\r\n", "\n\n", " ", "\t\n");
  }

  @Provide
  Arbitrary<String> crumbs() {
    ClassicMessage message = new Writer("Ana").says("hello");
    return Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\n",
            " ",
            "null",
            "\"key\":\"" + message.id() + "\"",
            "\"value\":",
            message.text().utf8(),
            Writer.indented(message),
            Writer.enveloped(message))
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts));
  }
}
