package org.skep.networks.scuttlebutt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.skep.kernel.Attachment;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.FollowState;
import org.skep.kernel.NetworkId;
import org.skep.kernel.ProfileField;
import org.skep.kernel.Ref;
import org.skep.networks.scuttlebutt.content.BlobLinks;
import org.skep.networks.scuttlebutt.content.Card;
import org.skep.networks.scuttlebutt.content.Content;
import org.skep.networks.scuttlebutt.content.ContentReader;
import org.skep.networks.scuttlebutt.content.LoneLink;
import org.skep.networks.scuttlebutt.content.Naming;
import org.skep.networks.scuttlebutt.message.BlobId;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.MessageId;
import org.skep.wire.json.JsBool;
import org.skep.wire.json.JsNull;
import org.skep.wire.json.JsObject;

/**
 * Scuttlebutt's contents in the program's own words; {@link ScuttlebuttSayings} is the way back.
 * Beside what every program writes, a message carries {@code operation}, the home-log operation it
 * is a face of; a reply carries {@code reply}, {@code {"%parent": "@author"}}, because {@code
 * branch} names the thread's ends and not what is answered; and an {@code about} of oneself may
 * carry {@code home}, one's own-log key.
 */
final class ScuttlebuttMapper {
  static final String OPERATION = "operation";
  static final String REPLY = "reply";
  static final String HOME = "home";
  private static final String WORDLESS_WARNING = "Sensitive";
  private static final Pattern HEX_32_BYTES = Pattern.compile("[0-9a-f]{64}");

  private ScuttlebuttMapper() {}

  static List<DomainEvent> events(FeedId author, MessageId id, JsObject content) {
    Ref self = ScuttlebuttNetwork.refOf(author);
    return switch (ContentReader.read(content)) {
      // A public content that names readers was meant for them alone; it is not spread further.
      case Content.Post post -> post.recps().isEmpty() ? said(self, id, post, content) : List.of();
      case Content.About about -> about(self, about, content);
      case Content.PostEdit edit ->
          edit.words().recps().isEmpty()
              ? List.of(edited(self, id, edit, content, Optional.empty()))
              : List.of();
      case Content.Tombstone(MessageId target) -> List.of(deleted(self, target, false));
      case Content.Contact contact ->
          List.of(
              new DomainEvent.Related(
                  self, ScuttlebuttNetwork.refOf(contact.contact()), state(contact), true));
      case Content.Vote vote ->
          List.of(
              new DomainEvent.Reacted(
                  self,
                  ScuttlebuttNetwork.refOf(vote.link()),
                  vote.expression().orElse("Like"),
                  vote.value() > 0));
      case Content.Boost boost ->
          List.of(
              new DomainEvent.Boosted(
                  self, ScuttlebuttNetwork.refOf(boost.link()), boost.value() > 0));
      case Content.Unknown _ ->
          Card.of(content).map(card -> card(self, id, card, content)).stream().toList();
    };
  }

  /**
   * What a sealed content says to those who can open it: a letter; or whom the author follows or
   * blocks, which is nobody else's business.
   */
  static List<DomainEvent> sealedEvents(FeedId author, MessageId id, JsObject content) {
    Ref self = ScuttlebuttNetwork.refOf(author);
    return switch (ContentReader.read(content)) {
      case Content.Post post ->
          List.of(post(self, id, post, content, Optional.of(readers(self, post))));
      case Content.PostEdit edit ->
          List.of(edited(self, id, edit, content, Optional.of(readers(self, edit.words()))));
      case Content.Tombstone(MessageId target) -> List.of(deleted(self, target, true));
      case Content.Contact contact ->
          List.of(
              new DomainEvent.Related(
                  self, ScuttlebuttNetwork.refOf(contact.contact()), state(contact), false));
      // A like that only some may see would be counted before everybody on this computer.
      case Content.Vote _, Content.Boost _, Content.About _, Content.Unknown _ -> List.of();
    };
  }

  /**
   * A post that is nothing but another one's address passes that one on. It is a post all the same,
   * which others may have answered.
   */
  private static List<DomainEvent> said(
      Ref self, MessageId id, Content.Post post, JsObject content) {
    List<DomainEvent> events = new ArrayList<>();
    events.add(post(self, id, post, content, Optional.empty()));
    LoneLink.of(post)
        .ifPresent(link ->
            events.add(new DomainEvent.Boosted(self, ScuttlebuttNetwork.refOf(link), true)));
    return events;
  }

  private static List<Ref> readers(Ref author, Content.Post post) {
    Stream<Ref> named =
        post.recps().stream()
            .flatMap(reader -> FeedId.parse(reader).stream())
            .map(ScuttlebuttNetwork::refOf);
    return Stream.concat(Stream.of(author), named).distinct().toList();
  }

  private static DomainEvent edited(
      Ref self,
      MessageId id,
      Content.PostEdit edit,
      JsObject content,
      Optional<List<Ref>> readers) {
    Content.Post words = edit.words();
    return new DomainEvent.Edited(
        self,
        ScuttlebuttNetwork.refOf(id),
        ScuttlebuttNetwork.refOf(edit.original()),
        home(content, OPERATION),
        words.text(),
        warning(words.contentWarning()),
        mentioned(Naming.people(words.mentions(), words.text())),
        BlobLinks.of(words).stream().map(ScuttlebuttMapper::attachment).toList(),
        Naming.tags(words.channel(), words.mentions(), words.text()),
        readers);
  }

  private static DomainEvent deleted(Ref self, MessageId target, boolean sealed) {
    return new DomainEvent.Deleted(self, ScuttlebuttNetwork.refOf(target), sealed);
  }

  private static DomainEvent card(Ref self, MessageId id, Card card, JsObject content) {
    return new DomainEvent.PostPublished(
        self,
        ScuttlebuttNetwork.refOf(id),
        home(content, OPERATION),
        card.text(),
        card.root().map(ScuttlebuttNetwork::refOf),
        card.root().map(root -> parents(root, card.branch(), content)).orElse(List.of()),
        warning(card.contentWarning()),
        mentioned(Naming.people(card.people(), "")),
        card.blobs().stream().map(ScuttlebuttMapper::attachment).toList(),
        card.tags(),
        Optional.of(card.kind()),
        Optional.empty());
  }

  private static Attachment attachment(BlobLinks.BlobLink link) {
    return new Attachment(
        link.blob().hash(), link.mediaType().orElse(""), link.words(), link.sizeBytes().orElse(0L));
  }

  private static DomainEvent post(
      Ref self, MessageId id, Content.Post post, JsObject content, Optional<List<Ref>> readers) {
    return new DomainEvent.PostPublished(
        self,
        ScuttlebuttNetwork.refOf(id),
        home(content, OPERATION),
        post.text(),
        root(post).map(ScuttlebuttNetwork::refOf),
        root(post).map(root -> parents(root, post.branch(), content)).orElse(List.of()),
        warning(post.contentWarning()),
        mentioned(Naming.people(post.mentions(), post.text())),
        BlobLinks.of(post).stream().map(ScuttlebuttMapper::attachment).toList(),
        Naming.tags(post.channel(), post.mentions(), post.text()),
        Optional.empty(),
        readers);
  }

  private static List<DomainEvent.Mentioned> mentioned(Map<FeedId, String> people) {
    return people.entrySet().stream()
        .map(one ->
            new DomainEvent.Mentioned(ScuttlebuttNetwork.refOf(one.getKey()), one.getValue()))
        .toList();
  }

  /** A warning that says nothing is still one. */
  private static String warning(Optional<String> words) {
    return words.map(said -> said.isBlank() ? WORDLESS_WARNING : said).orElse("");
  }

  /**
   * The beginning of the thread. Who names only what she answers, or what the thread grew out of,
   * answers that.
   */
  private static Optional<MessageId> root(Content.Post post) {
    return post.root().or(() -> post.branch().stream().findFirst()).or(post::fork);
  }

  /** What is answered: what the author says, else the one end she saw, else the beginning. */
  private static List<Ref> parents(MessageId root, List<MessageId> branch, JsObject content) {
    Stream<MessageId> said =
        content.get(REPLY).stream()
            .flatMap(value ->
                value instanceof JsObject reply ? reply.members().keySet().stream() : Stream.of())
            .flatMap(key -> MessageId.ofSigil(key).stream())
            .limit(1);
    Stream<MessageId> seen = branch.size() == 1 ? branch.stream() : Stream.of(root);
    return Stream.of(said, seen, branch.stream(), Stream.of(root))
        .flatMap(part -> part)
        .distinct()
        .map(ScuttlebuttNetwork::refOf)
        .toList();
  }

  private static Optional<Ref> home(JsObject content, String field) {
    return content
        .string(field)
        .filter(hex -> HEX_32_BYTES.matcher(hex).matches())
        .map(hex -> new Ref(NetworkId.HOME, hex));
  }

  private static List<DomainEvent> about(Ref self, Content.About about, JsObject content) {
    Optional<Ref> subject = FeedId.parse(about.about()).map(ScuttlebuttNetwork::refOf);
    if (subject.isEmpty()) {
      return redacted(content)
          ? MessageId.parse(about.about()).map(id -> deleted(self, id, false)).stream().toList()
          : List.of();
    }
    List<DomainEvent> events = new ArrayList<>();
    about
        .name()
        .ifPresent(name ->
            events.add(
                new DomainEvent.PersonDescribed(self, subject.get(), ProfileField.NAME, name)));
    about
        .description()
        .ifPresent(text ->
            events.add(
                new DomainEvent.PersonDescribed(
                    self, subject.get(), ProfileField.DESCRIPTION, text)));
    about
        .image()
        .ifPresent(image ->
            events.add(
                new DomainEvent.PersonDescribed(
                    self, subject.get(), ProfileField.PICTURE, picture(image))));
    if (subject.get().equals(self)) {
      home(content, HOME).ifPresent(key -> events.add(new DomainEvent.FaceDeclared(self, key)));
    }
    return events;
  }

  /** An older way to take a message back, proposed for Patchwork in 2017. */
  private static boolean redacted(JsObject content) {
    return content.get("redacted").orElse(JsNull.NULL) instanceof JsBool(boolean redacted)
        && redacted;
  }

  private static String picture(Content.Image image) {
    return switch (image) {
      case Content.Picture(BlobId blob) -> blob.hash().toString();
      case Content.NoPicture() -> "";
    };
  }

  private static FollowState state(Content.Contact contact) {
    if (contact.blocking().orElse(false)) {
      return FollowState.BLOCKING;
    }
    return contact.following().orElse(false) ? FollowState.FOLLOWING : FollowState.NONE;
  }
}
