package org.skep.networks.scuttlebutt.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;
import org.skep.kernel.PublicKey;
import org.skep.networks.scuttlebutt.message.BlobId;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.MessageId;
import org.skep.wire.json.JsArray;
import org.skep.wire.json.JsBool;
import org.skep.wire.json.JsNull;
import org.skep.wire.json.JsNumber;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;
import org.skep.wire.json.JsValue;

/** What must hold for every content, sound or not. */
class ContentPropertiesTest {
  /** The texts of the parts with every sign escaped, and the rest. */
  private static final int CARD_CHARS_MAX = 40_000;

  @Property(tries = 500)
  void whatIsWrittenReadsBack(@ForAll @From("contents") Content content) {
    assertEquals(content, ContentReader.read(ContentWriter.write(content)));
  }

  @Property(tries = 1000)
  void anyObjectIsReadWithinTheBounds(@ForAll @From("anything") JsObject object) {
    Content content = ContentReader.read(object);
    assertTrue(object.string("type").orElse("").equals(content.type()));
    Optional<Card> card = Card.of(object);
    assertTrue(card.isEmpty() || content instanceof Content.Unknown);
    card.ifPresent(shown -> assertTrue(shown.text().length() <= CARD_CHARS_MAX));
    if (content instanceof Content.Post post) {
      assertTrue(post.text().length() <= ContentReader.TEXT_CHARS_MAX);
      assertTrue(post.branch().size() <= ContentReader.LIST_ITEMS_MAX);
    }
  }

  @Provide
  Arbitrary<Content> contents() {
    Arbitrary<Content> posts =
        Combinators.combine(
                texts(),
                messages().optional(),
                messages().list().ofMaxSize(3),
                messages().optional(),
                mentions().list().ofMaxSize(3),
                feeds().map(FeedId::toString).list().ofMaxSize(3),
                texts().optional(),
                texts().optional())
            .as(Content.Post::new);
    Arbitrary<Content> abouts =
        Combinators.combine(
                feeds().map(FeedId::toString),
                texts().optional(),
                images().optional(),
                texts().optional())
            .as(Content.About::new);
    Arbitrary<Content> contacts =
        Combinators.combine(feeds(), truths().optional(), truths().optional())
            .as(Content.Contact::new);
    Arbitrary<Content> votes =
        Combinators.combine(messages(), Arbitraries.of(-1, 0, 1), texts().optional())
            .as(Content.Vote::new);
    return Arbitraries.oneOf(List.of(posts, abouts, contacts, votes));
  }

  @Provide
  Arbitrary<JsObject> anything() {
    Arbitrary<JsValue> leaves =
        Arbitraries.oneOf(
            List.of(
                texts().map(JsString::new),
                messages().map(MessageId::toString).map(JsString::new),
                feeds().map(FeedId::toString).map(JsString::new),
                blobs().map(BlobId::toString).map(JsString::new),
                Arbitraries.of(-1.5, 0.0, 1.0, 1e300).map(JsNumber::new),
                truths().map(JsBool::new),
                Arbitraries.just(JsNull.NULL)));
    Arbitrary<JsValue> values =
        Arbitraries.recursive(
            () -> leaves,
            inner ->
                Arbitraries.oneOf(
                    List.of(
                        inner,
                        inner.list().ofMaxSize(3).map(JsArray::new),
                        objects(inner).map(object -> (JsValue) object))),
            0,
            2);
    return Combinators.combine(
            Arbitraries.of("post", "about", "contact", "vote", "other"), objects(values))
        .as((type, object) -> object.with("type", type));
  }

  private static Arbitrary<JsObject> objects(Arbitrary<JsValue> values) {
    Arbitrary<String> keys =
        Arbitraries.of(
            "text",
            "root",
            "branch",
            "fork",
            "mentions",
            "recps",
            "channel",
            "contentWarning",
            "about",
            "name",
            "image",
            "description",
            "contact",
            "following",
            "blocking",
            "flagged",
            "vote",
            "link",
            "value",
            "expression",
            "remove",
            "title",
            "startDateTime",
            "epoch",
            "choices");
    return Combinators.combine(keys, values)
        .as(Tuple::of)
        .list()
        .ofMaxSize(8)
        .map(members -> {
          LinkedHashMap<String, JsValue> map = new LinkedHashMap<>();
          members.forEach(member -> map.put(member.get1(), member.get2()));
          return new JsObject(map);
        });
  }

  private static Arbitrary<Content.Mention> mentions() {
    return Combinators.combine(feeds().map(FeedId::toString), texts().optional())
        .as(Content.Mention::new);
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.strings().ofMaxLength(20);
  }

  private static Arbitrary<Boolean> truths() {
    return Arbitraries.of(true, false);
  }

  private static Arbitrary<FeedId> feeds() {
    return names().map(PublicKey::new).map(FeedId::new);
  }

  private static Arbitrary<MessageId> messages() {
    return names().map(Hash::new).map(MessageId::new);
  }

  private static Arbitrary<BlobId> blobs() {
    return names().map(Hash::new).map(BlobId::new);
  }

  private static Arbitrary<Content.Image> images() {
    return Arbitraries.oneOf(
        List.of(
            blobs().map(blob -> (Content.Image) new Content.Picture(blob)),
            Arbitraries.just((Content.Image) new Content.NoPicture())));
  }

  private static Arbitrary<Bytes> names() {
    return Arbitraries.bytes().array(byte[].class).ofSize(32).map(Bytes::copyOf);
  }
}
