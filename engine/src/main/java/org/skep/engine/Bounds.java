package org.skep.engine;

import java.util.List;
import java.util.Optional;
import org.skep.kernel.Attachment;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.Hash;
import org.skep.kernel.Ref;
import org.skep.kernel.Tags;
import org.skep.kernel.Texts;

/**
 * How much of what others say enters the views. The facts stay whole; a network's own limits are
 * usually lower, so that these only meet what was made to burden us.
 */
final class Bounds {
  static final int TEXT_CHARS_MAX = 65_536;
  static final int WARNING_CHARS_MAX = 500;
  static final int NAME_CHARS_MAX = 200;
  static final int DESCRIPTION_CHARS_MAX = 8_192;
  static final int PICTURE_CHARS_MAX = 2 * Hash.LENGTH_BYTES;
  static final int MEDIA_TYPE_CHARS_MAX = 128;
  static final int ATTACHMENT_DESCRIPTION_CHARS_MAX = 1_500;
  static final int EXPRESSION_CHARS_MAX = 64;
  static final int TIMELINE_CHARS_MAX = 64;
  static final int MENTIONS_MAX = 64;
  static final int PARENTS_MAX = 16;
  static final int TAG_CHARS_MAX = 128;
  static final int KIND_CHARS_MAX = 64;
  static final int READERS_MAX = 256;
  static final int EVENTS_PER_FACT_MAX = 128;

  private Bounds() {}

  static List<DomainEvent> of(List<DomainEvent> events) {
    return events.stream().limit(EVENTS_PER_FACT_MAX).map(Bounds::of).toList();
  }

  private static DomainEvent of(DomainEvent event) {
    return switch (event) {
      case DomainEvent.PostPublished post ->
          new DomainEvent.PostPublished(
              post.author(),
              post.post(),
              post.operation(),
              text(post.text(), TEXT_CHARS_MAX),
              post.root(),
              post.parents().stream().limit(PARENTS_MAX).toList(),
              text(post.contentWarning(), WARNING_CHARS_MAX),
              mentions(post.mentions()),
              attachments(post.attachments()),
              tags(post.tags()),
              post.kind().map(kind -> text(kind, KIND_CHARS_MAX)),
              readers(post.readers()));
      case DomainEvent.Edited edited ->
          new DomainEvent.Edited(
              edited.author(),
              edited.edit(),
              edited.post(),
              edited.operation(),
              text(edited.text(), TEXT_CHARS_MAX),
              text(edited.contentWarning(), WARNING_CHARS_MAX),
              mentions(edited.mentions()),
              attachments(edited.attachments()),
              tags(edited.tags()),
              readers(edited.readers()));
      case DomainEvent.PersonDescribed described ->
          new DomainEvent.PersonDescribed(
              described.author(),
              described.subject(),
              described.field(),
              switch (described.field()) {
                case NAME -> text(described.value(), NAME_CHARS_MAX);
                case DESCRIPTION -> text(described.value(), DESCRIPTION_CHARS_MAX);
                case PICTURE -> text(described.value(), PICTURE_CHARS_MAX);
              });
      case DomainEvent.Reacted reacted ->
          new DomainEvent.Reacted(
              reacted.author(),
              reacted.post(),
              text(reacted.expression(), EXPRESSION_CHARS_MAX),
              reacted.on());
      case DomainEvent.ReadUpTo read ->
          new DomainEvent.ReadUpTo(
              read.author(), text(read.timeline(), TIMELINE_CHARS_MAX), read.post());
      case DomainEvent.Related related -> related;
      case DomainEvent.Sealed sealed -> sealed;
      case DomainEvent.Boosted boosted -> boosted;
      case DomainEvent.Deleted deleted -> deleted;
      case DomainEvent.FaceDeclared declared -> declared;
      case DomainEvent.Bookmarked bookmarked -> bookmarked;
    };
  }

  private static List<DomainEvent.Mentioned> mentions(List<DomainEvent.Mentioned> mentions) {
    return mentions.stream().limit(MENTIONS_MAX).map(Bounds::mentioned).toList();
  }

  private static List<Attachment> attachments(List<Attachment> attachments) {
    return attachments.stream().limit(Attachment.PER_POST_MAX).map(Bounds::attachment).toList();
  }

  private static List<String> tags(List<String> tags) {
    return tags.stream().limit(Tags.PER_POST_MAX).map(tag -> text(tag, TAG_CHARS_MAX)).toList();
  }

  private static Optional<List<Ref>> readers(Optional<List<Ref>> readers) {
    return readers.map(all -> all.stream().limit(READERS_MAX).toList());
  }

  private static Attachment attachment(Attachment attachment) {
    return new Attachment(
        attachment.blob(),
        text(attachment.mediaType(), MEDIA_TYPE_CHARS_MAX),
        text(attachment.description(), ATTACHMENT_DESCRIPTION_CHARS_MAX),
        Math.max(attachment.lengthBytes(), 0));
  }

  private static DomainEvent.Mentioned mentioned(DomainEvent.Mentioned mentioned) {
    return new DomainEvent.Mentioned(mentioned.person(), text(mentioned.name(), NAME_CHARS_MAX));
  }

  /**
   * The beginning of the text, no character cut in two, without NUL, at which SQL may end, and with
   * � for what is but half a character.
   */
  static String text(String text, int charsMax) {
    int end = Math.min(text.length(), charsMax);
    if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
      end--;
    }
    return Texts.whole(text.substring(0, end).replace('\0', '\uFFFD'));
  }
}
