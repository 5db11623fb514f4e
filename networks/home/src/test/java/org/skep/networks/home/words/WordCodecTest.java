package org.skep.networks.home.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.skep.wire.cbor.CborWriter.encodedText;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.skep.kernel.Bytes;
import org.skep.kernel.NetworkId;
import org.skep.kernel.Ref;
import org.skep.kernel.Target;
import org.skep.networks.home.words.Word.BookmarkWord;
import org.skep.networks.home.words.Word.BoostWord;
import org.skep.networks.home.words.Word.DeleteWord;
import org.skep.networks.home.words.Word.DescribeWord;
import org.skep.networks.home.words.Word.EditWord;
import org.skep.networks.home.words.Word.FaceWord;
import org.skep.networks.home.words.Word.MentionOf;
import org.skep.networks.home.words.Word.PostWord;
import org.skep.networks.home.words.Word.ReactWord;
import org.skep.networks.home.words.Word.ReadMarkerWord;
import org.skep.networks.home.words.Word.RelateWord;
import org.skep.networks.home.words.Word.Relation;
import org.skep.networks.home.words.Word.ReplyTo;
import org.skep.networks.home.words.Word.UnknownWord;
import org.skep.wire.cbor.CborWriter;

class WordCodecTest {
  private static final Ref SSB = new Ref(new NetworkId("ssb"), "%post=.sha256");
  private static final Ref HOME = new Ref(NetworkId.HOME, "0a".repeat(32));
  private static final Target POST = new Target(List.of(SSB, HOME));
  private static final Target ANA = new Target(List.of(new Ref(new NetworkId("ssb"), "@ana")));

  @Test
  void everyWordIsReadAsItWasWritten() {
    List<Word> words =
        List.of(
            new PostWord("Hello", Optional.empty(), "", "", List.of(), List.of()),
            new PostWord(
                "Grüße 🐝",
                Optional.of(new ReplyTo(POST, new Target(List.of(HOME)), ANA)),
                "spiders",
                "de",
                List.of(new MentionOf(ANA, "Ana"), new MentionOf(ANA, "")),
                List.of()),
            new RelateWord(ANA, Relation.NONE),
            new RelateWord(ANA, Relation.FOLLOWING),
            new RelateWord(ANA, Relation.BLOCKING),
            new DescribeWord("name", "Ana"),
            new DescribeWord("pronouns", ""),
            new ReactWord(POST, Optional.of(ANA), "❤️", true),
            new ReactWord(POST, Optional.empty(), "Like", false),
            new EditWord(
                POST,
                new PostWord("anew", Optional.empty(), "", "", List.of(), List.of()),
                Optional.empty()),
            new EditWord(
                POST,
                new PostWord("anew", Optional.empty(), "careful", "", List.of(), List.of()),
                Optional.of(List.of())),
            new DeleteWord(POST),
            new BoostWord(POST, Optional.of(ANA), true),
            new BoostWord(POST, Optional.empty(), false),
            new FaceWord(SSB),
            new ReadMarkerWord("home", 123_456_789_012_345_678L),
            new BookmarkWord(POST, true),
            new BookmarkWord(POST, false));
    for (Word word : words) {
      assertEquals(Optional.of(word), WordCodec.decode(WordCodec.encode(word)));
    }
  }

  /** These bytes lie in people's logs; a change here would make them unreadable. */
  @Test
  void theWrittenFormIsFrozen() {
    assertEquals(
        "a2" + "6474657874" + "6548656c6c6f" + "6474797065" + "64706f7374",
        WordCodec.encode(new PostWord("Hello", Optional.empty(), "", "", List.of(), List.of()))
            .hex());
    assertEquals(
        "a4"
            + "626f6ef5"
            + ("64706f7374" + "81" + "82" + "63737362" + "6125")
            + ("6474797065" + "657265616374")
            + ("6a65787072657373696f6e" + "644c696b65"),
        WordCodec.encode(
                new ReactWord(
                    new Target(List.of(new Ref(new NetworkId("ssb"), "%"))),
                    Optional.empty(),
                    "Like",
                    true))
            .hex());
  }

  @Test
  void anUnknownWordIsKeptWhole() {
    Bytes later =
        new CborWriter()
            .map(Map.of("type", encodedText("knock"), "door", encodedText("back")))
            .toBytes();
    assertEquals(Optional.of(new UnknownWord("knock", later)), WordCodec.decode(later));
    assertEquals(later, WordCodec.encode(new UnknownWord("knock", later)));
  }

  @Test
  void anUnknownFieldOfAKnownWordIsIgnored() {
    Map<String, Bytes> fields = new TreeMap<>();
    fields.put("type", encodedText("describe"));
    fields.put("field", encodedText("name"));
    fields.put("value", encodedText("Ana"));
    fields.put("since", CborWriter.encodedUnsigned(3));
    assertEquals(
        Optional.of(new DescribeWord("name", "Ana")),
        WordCodec.decode(new CborWriter().map(fields).toBytes()));
  }

  @Test
  void whatIsNoWordIsNone() {
    List<Bytes> wrong =
        List.of(
            Bytes.EMPTY,
            Bytes.ofUtf8("Hello"),
            Bytes.ofHex("a0"),
            Bytes.ofHex("a1647479706500"),
            new CborWriter().map(Map.of("type", encodedText("post"))).toBytes(),
            Bytes.concat(WordCodec.encode(new DescribeWord("name", "Ana")), Bytes.ofHex("00")),
            new CborWriter()
                .map(Map.of("type", encodedText("relate"), "relation", encodedText("admiring")))
                .toBytes(),
            new CborWriter()
                .map(
                    Map.of(
                        "type", encodedText("bookmark"),
                        "post", new CborWriter().array(0).toBytes(),
                        "on", CborWriter.encodedBool(true)))
                .toBytes());
    for (Bytes body : wrong) {
      assertEquals(Optional.empty(), WordCodec.decode(body), body::hex);
    }
  }

  @Test
  void whatIsTooLongIsNotWritten() {
    String long64k = "x".repeat(WordCodec.TEXT_BYTES_MAX);
    PostWord fits = new PostWord(long64k, Optional.empty(), "", "", List.of(), List.of());
    assertEquals(Optional.of(fits), WordCodec.decode(WordCodec.encode(fits)));
    PostWord over = new PostWord(long64k + "x", Optional.empty(), "", "", List.of(), List.of());
    assertThrows(IllegalArgumentException.class, () -> WordCodec.encode(over));
  }
}
