package org.skep.networks.scuttlebutt.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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

/** Reads contents in every shape seen in the wild, and never fails. Any thread. */
public final class ContentReader {
  /** A message has 8192; an opened private one is not bounded by that, so the bound is here. */
  public static final int TEXT_CHARS_MAX = 8192;

  /** Names, channels and links longer than this are no such thing. */
  public static final int WORD_CHARS_MAX = 512;

  public static final int LIST_ITEMS_MAX = 256;

  private ContentReader() {}

  /** What a content says; {@link Content.Unknown} where it says nothing known. */
  public static Content read(JsObject content) {
    String type = content.string("type").orElse("");
    Optional<? extends Content> known =
        switch (type) {
          case "post" -> replaced(content).or(() -> post(content).map(Content.class::cast));
          case "about" -> about(content);
          case "contact" -> contact(content);
          case "vote" -> vote(content);
          case "post-edit" -> edit(content);
          case "tombstone" ->
              link(content, "target").flatMap(MessageId::parse).map(Content.Tombstone::new);
          case "boost" -> boost(content);
          case "feed-action" -> refeed(content);
          default -> Optional.empty();
        };
    return known.isPresent() ? known.get() : new Content.Unknown(type);
  }

  private static Optional<Content.Post> post(JsObject content) {
    return text(content, "text", TEXT_CHARS_MAX)
        .map(text ->
            new Content.Post(
                text,
                first(content, "root"),
                names(content, "branch", MessageId::parse),
                first(content, "fork"),
                MentionReader.read(content),
                names(content, "recps", Optional::of),
                text(content, "channel", WORD_CHARS_MAX),
                warning(content)));
  }

  /** The message that stands there, or the first one of a list. */
  static Optional<MessageId> first(JsObject content, String key) {
    return names(content, key, MessageId::parse).stream().findFirst();
  }

  /**
   * What to say before the rest is shown. A field that is there and says nothing, or stands for yes
   * in another way, is a warning too (SIP 10, section 4.4): without words, and so an empty text.
   */
  static Optional<String> warning(JsObject content) {
    return switch (content.get("contentWarning").orElse(JsNull.NULL)) {
      case JsString(String words) ->
          Optional.of(words.substring(0, Math.min(words.length(), TEXT_CHARS_MAX)));
      case JsBool(boolean warned) -> warned ? Optional.of("") : Optional.empty();
      case JsNumber(double number) -> number == 0 ? Optional.empty() : Optional.of("");
      case JsArray(List<JsValue> items) -> items.isEmpty() ? Optional.empty() : Optional.of("");
      case JsObject object -> object.members().isEmpty() ? Optional.empty() : Optional.of("");
      case JsNull _ -> Optional.empty();
    };
  }

  private static Optional<Content.About> about(JsObject content) {
    return link(content, "about")
        .map(about ->
            new Content.About(
                about,
                text(content, "name", WORD_CHARS_MAX),
                content.get("image").flatMap(ContentReader::image),
                text(content, "description", TEXT_CHARS_MAX)));
  }

  /**
   * Taken back by an empty link, as ssb-about-self reads it, or by {@code remove}, as
   * ssb-social-index does.
   */
  private static Optional<Content.Image> image(JsValue value) {
    boolean removed =
        switch (value) {
          case JsString(String text) -> text.isEmpty();
          case JsObject object ->
              truth(object, "remove").orElse(false)
                  || object.string("link").filter(String::isEmpty).isPresent();
          case JsArray _, JsNumber _, JsBool _, JsNull _ -> false;
        };
    return removed
        ? Optional.of(new Content.NoPicture())
        : link(value)
            .flatMap(link -> BlobId.parse(Content.Mention.bare(link)))
            .map(Content.Picture::new);
  }

  private static Optional<Content.Contact> contact(JsObject content) {
    return link(content, "contact")
        .flatMap(FeedId::parse)
        .map(contact ->
            new Content.Contact(contact, truth(content, "following"), blocking(content)));
  }

  private static Optional<Boolean> blocking(JsObject content) {
    boolean flagged =
        switch (content.get("flagged").orElse(JsNull.NULL)) {
          case JsBool(boolean truth) -> truth;
          case JsObject _ -> true; // {reason}
          case JsArray _, JsString _, JsNumber _, JsNull _ -> false;
        };
    return flagged ? Optional.of(true) : truth(content, "blocking");
  }

  private static Optional<Content.Vote> vote(JsObject content) {
    if (!(content.get("vote").orElse(JsNull.NULL) instanceof JsObject vote)
        || !(vote.get("value").orElse(JsNull.NULL) instanceof JsNumber(double value))) {
      return Optional.empty();
    }
    // Some programs wrote fractions and large numbers; only the direction was ever shown.
    return link(vote, "link")
        .flatMap(MessageId::parse)
        .map(link ->
            new Content.Vote(
                link, (int) Math.signum(value), text(vote, "expression", WORD_CHARS_MAX)));
  }

  private static Optional<Content.Boost> boost(JsObject content) {
    if (!(content.get("boost").orElse(JsNull.NULL) instanceof JsObject boost)
        || !(boost.get("value").orElse(JsNull.NULL) instanceof JsNumber(double value))) {
      return Optional.empty();
    }
    return link(boost, "link")
        .flatMap(MessageId::parse)
        .map(link ->
            new Content.Boost(
                link,
                value > 0 ? 1 : 0,
                link(content, "author").flatMap(FeedId::parse),
                content.get("sequence").flatMap(ContentReader::whole)));
  }

  /** How Oasis passes on what stands in its own lists; it takes nothing back. */
  private static Optional<Content.Boost> refeed(JsObject content) {
    return content.string("action").filter("refeed"::equals).isPresent()
        ? first(content, "root")
            .map(link -> new Content.Boost(link, 1, Optional.empty(), Optional.empty()))
        : Optional.empty();
  }

  private static Optional<Long> whole(JsValue value) {
    return value instanceof JsNumber(double number)
            && number >= 1
            && number <= 1L << 53
            && number == Math.rint(number)
        ? Optional.of((long) number)
        : Optional.empty();
  }

  private static Optional<Content> edit(JsObject content) {
    return post(content)
        .flatMap(words ->
            first(content, "revisionRoot")
                .map(original ->
                    new Content.PostEdit(
                        words, original, names(content, "revisionBranch", MessageId::parse))));
  }

  /** How Oasis writes anew: another post that names the one it stands for. */
  private static Optional<Content> replaced(JsObject content) {
    return post(content)
        .flatMap(words ->
            first(content, "replaces")
                .map(original -> new Content.PostEdit(words, original, List.of(original))));
  }

  static <T> List<T> names(JsObject content, String key, Function<String, Optional<T>> parse) {
    List<T> names = new ArrayList<>();
    for (JsValue item : items(content, key)) {
      link(item).flatMap(parse).ifPresent(names::add);
    }
    return names;
  }

  /** The entries of a list up to the bound; a value that is no list stands for itself. */
  private static List<JsValue> items(JsObject content, String key) {
    return switch (content.get(key).orElse(JsNull.NULL)) {
      case JsArray(List<JsValue> items) -> items.subList(0, Math.min(items.size(), LIST_ITEMS_MAX));
      case JsNull _ -> List.of();
      case JsObject object -> List.of(object);
      case JsString string -> List.of(string);
      case JsNumber _, JsBool _ -> List.of();
    };
  }

  private static Optional<String> link(JsObject content, String key) {
    return content.get(key).flatMap(ContentReader::link);
  }

  /** A link stands as a text or as an object's {@code link}. */
  private static Optional<String> link(JsValue value) {
    return switch (value) {
      case JsString(String text) -> word(text);
      case JsObject object -> object.string("link").flatMap(ContentReader::word);
      case JsArray _, JsNumber _, JsBool _, JsNull _ -> Optional.empty();
    };
  }

  static Optional<String> word(String text) {
    return text.isEmpty() || text.length() > WORD_CHARS_MAX ? Optional.empty() : Optional.of(text);
  }

  static Optional<String> text(JsObject content, String key, int charsMax) {
    return content.string(key).filter(text -> text.length() <= charsMax);
  }

  private static Optional<Boolean> truth(JsObject content, String key) {
    return content.get(key).orElse(JsNull.NULL) instanceof JsBool(boolean truth)
        ? Optional.of(truth)
        : Optional.empty();
  }
}
