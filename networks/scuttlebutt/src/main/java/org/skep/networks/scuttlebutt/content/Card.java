package org.skep.networks.scuttlebutt.content;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import org.skep.kernel.Tags;
import org.skep.networks.scuttlebutt.content.BlobLinks.BlobLink;
import org.skep.networks.scuttlebutt.message.MessageId;
import org.skep.wire.json.JsArray;
import org.skep.wire.json.JsNull;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;

/**
 * A thing of a type that this program knows by its parts alone: a gathering, a game, a blog, a
 * repository's news. Pure.
 *
 * @param kind its type, in one line and without what is not seen
 * @param text Markdown that lists its parts; whatever they say, it makes only words, lines and
 *     links. Empty when none can be read
 * @param people whom its parts name
 * @param blobs its pictures, and the text of a blog
 * @param root the message that began the thread it belongs to
 * @param branch what it answers there
 * @param contentWarning what to say before it is shown; an empty text when it warns and says
 *     nothing
 */
public record Card(
    String kind,
    String text,
    List<Content.Mention> people,
    List<BlobLink> blobs,
    List<String> tags,
    Optional<MessageId> root,
    List<MessageId> branch,
    Optional<String> contentWarning) {

  /**
   * What programs say to each other, and what is shown in another way; malformed, it is nothing.
   */
  private static final Set<String> PLUMBING =
      Set.of(
          "post",
          "about",
          "contact",
          "vote",
          "channel",
          "pub",
          "address",
          "alias",
          "tombstone",
          "pub-owner-announce",
          "pub-owner-confirm");

  private static final List<String> PLUMBING_PREFIXES =
      List.of("private", "metafeed/", "group/", "room/", "ssb:", "security/");

  /**
   * What can be shown of a public content.
   *
   * @return empty for what is nobody's to read: plumbing, and what names for whom it was meant
   */
  public static Optional<Card> of(JsObject content) {
    String type = content.string("type").orElse("");
    String kind = CardWords.oneLine(type);
    boolean hidden =
        PLUMBING.contains(type) || PLUMBING_PREFIXES.stream().anyMatch(type::startsWith);
    if (hidden || kind.isEmpty() || isForSome(content)) {
      return Optional.empty();
    }
    CardText text = CardText.of(content);
    return Optional.of(
        new Card(
            kind,
            text.markdown(),
            text.people(),
            text.blobs(),
            tags(content),
            ContentReader.first(content, "root"),
            ContentReader.names(content, "branch", MessageId::parse),
            ContentReader.warning(content)));
  }

  private static boolean isForSome(JsObject content) {
    return !ContentReader.names(content, "recps", Optional::of).isEmpty();
  }

  /** Its channel, the channels among its mentions, and the plain list that some types have. */
  private static List<String> tags(JsObject content) {
    SequencedSet<String> tags =
        new LinkedHashSet<>(
            Naming.tags(
                ContentReader.text(content, "channel", ContentReader.WORD_CHARS_MAX),
                MentionReader.read(content),
                ""));
    if (content.get("tags").orElse(JsNull.NULL) instanceof JsArray(var items)) {
      items.stream()
          .limit(Tags.PER_POST_MAX)
          .flatMap(
              item -> item instanceof JsString(String tag) ? Tags.normalise(tag).stream() : null)
          .forEach(tags::add);
    }
    return tags.stream().limit(Tags.PER_POST_MAX).toList();
  }
}
