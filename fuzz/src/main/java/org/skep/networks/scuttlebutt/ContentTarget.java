package org.skep.networks.scuttlebutt;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.skep.fuzz.Must;
import org.skep.fuzz.Recordings;
import org.skep.fuzz.Target;
import org.skep.kernel.Attachment;
import org.skep.kernel.Bytes;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.Tags;
import org.skep.networks.scuttlebutt.content.ContentReader;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.MessageId;
import org.skep.networks.scuttlebutt.message.Utf8;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsonException;
import org.skep.wire.json.JsonLimits;
import org.skep.wire.json.JsonParser;

/** What a content says, open or sealed: bounded, in the forms that views rely on. */
public final class ContentTarget implements Target {
  private static final JsonLimits LIMITS = new JsonLimits(8192, 64);
  private static final FeedId AUTHOR =
      FeedId.ofSigil("@" + "A".repeat(43) + "=.ed25519").orElseThrow();
  private static final MessageId ID =
      MessageId.ofSigil("%" + "A".repeat(43) + "=.sha256").orElseThrow();

  /** All parts of a card's text are cut; together they have at most so many characters. */
  private static final int TEXT_CHARS_MAX = 4 * ContentReader.TEXT_CHARS_MAX;

  @Override
  public String name() {
    return "content";
  }

  @Override
  public List<Bytes> seeds() {
    String person = AUTHOR.toString();
    String blob = "&" + "A".repeat(43) + "=.sha256";
    Stream<String> handmade =
        Stream.of(
            "{'type':'post','text':'[@b](%s) #bees `#no` ![x](%s)','root':'%s','branch':['%s'],"
                    .formatted(person, blob, ID, ID)
                + "'mentions':[{'link':'%s','name':'b'},{'link':'#bees'},'%s',{'link':'%s','size':7}],"
                    .formatted(person, person, blob)
                + "'channel':'#Bees','contentWarning':true,'recps':['%s']}".formatted(person),
            "{'type':'about','about':'%s','name':'b','image':{'link':'%s'},'description':'d'}"
                .formatted(person, blob),
            "{'type':'contact','contact':'%s','following':true,'flagged':{'reason':'spam'}}"
                .formatted(person),
            "{'type':'vote','vote':{'link':'%s','value':1e300,'expression':'Like'}}".formatted(ID),
            "{'type':'gathering','title':'t','location':{'x':[1,'%s']},'startDateTime':{'epoch':1e15}}"
                .formatted(blob),
            "{'type':'blog','title':'t','summary':'s','thumbnail':'%s','blog':'%s'}"
                .formatted(blob, blob));
    return Stream.concat(
            handmade.map(text -> Bytes.ofUtf8(text.replace('\'', '"'))),
            Recordings.contents().stream())
        .toList();
  }

  @Override
  public void read(Bytes input) {
    Optional<JsObject> content = Utf8.decode(input).flatMap(ContentTarget::parsed);
    if (content.isPresent()) {
      List<DomainEvent> open = ScuttlebuttMapper.events(AUTHOR, ID, content.get());
      List<DomainEvent> sealed = ScuttlebuttMapper.sealedEvents(AUTHOR, ID, content.get());
      open.forEach(ContentTarget::check);
      sealed.forEach(ContentTarget::check);
      Must.equal(
          open, ScuttlebuttMapper.events(AUTHOR, ID, content.get()), "it says the same each time");
      Must.hold(
          open.stream().noneMatch(ContentTarget::isForSome),
          "what is for some does not stand open");
    }
  }

  private static Optional<JsObject> parsed(String text) {
    try {
      return JsonParser.parse(text, LIMITS) instanceof JsObject content
          ? Optional.of(content)
          : Optional.empty();
    } catch (JsonException refused) {
      return Optional.empty();
    }
  }

  private static boolean isForSome(DomainEvent event) {
    return (event instanceof DomainEvent.PostPublished post && post.readers().isPresent())
        || (event instanceof DomainEvent.Edited edited && edited.readers().isPresent())
        || (event instanceof DomainEvent.Deleted deleted && deleted.sealed());
  }

  private static void check(DomainEvent event) {
    switch (event) {
      case DomainEvent.PostPublished post -> checkPost(post);
      case DomainEvent.Edited edited ->
          checkWords(edited.text(), edited.contentWarning(), edited.tags(), edited.attachments());
      case DomainEvent.PersonDescribed described ->
          Must.hold(
              described.value().length() <= ContentReader.TEXT_CHARS_MAX, "words are bounded");
      case DomainEvent.Reacted reacted ->
          Must.hold(
              reacted.expression().length() <= ContentReader.WORD_CHARS_MAX, "a word is bounded");
      case DomainEvent.Deleted _,
          DomainEvent.Boosted _,
          DomainEvent.Sealed _,
          DomainEvent.Related _,
          DomainEvent.FaceDeclared _,
          DomainEvent.ReadUpTo _,
          DomainEvent.Bookmarked _ -> {}
    }
  }

  private static void checkPost(DomainEvent.PostPublished post) {
    Must.hold(post.root().isEmpty() == post.parents().isEmpty(), "an answer has a parent");
    checkWords(post.text(), post.contentWarning(), post.tags(), post.attachments());
  }

  private static void checkWords(
      String text, String warning, List<String> tags, List<Attachment> attachments) {
    Must.hold(text.length() <= TEXT_CHARS_MAX, "a text is bounded");
    Must.hold(warning.length() <= ContentReader.TEXT_CHARS_MAX, "a warning is bounded");
    Must.hold(tags.size() <= Tags.PER_POST_MAX, "tags are bounded");
    Must.equal(tags.size(), new HashSet<>(tags).size(), "each tag stands once");
    for (String tag : tags) {
      Must.equal(Optional.of(tag), Tags.normalise(tag), "a tag is normalised");
    }
    Must.hold(attachments.stream().allMatch(one -> one.lengthBytes() >= 0), "lengths are lengths");
  }
}
