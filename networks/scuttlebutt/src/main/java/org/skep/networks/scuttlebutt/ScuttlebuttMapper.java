package org.skep.networks.scuttlebutt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.skep.kernel.Attachment;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.FollowState;
import org.skep.kernel.Hash;
import org.skep.kernel.Hashtags;
import org.skep.kernel.Intent;
import org.skep.kernel.NetworkId;
import org.skep.kernel.ProfileField;
import org.skep.kernel.Ref;
import org.skep.kernel.Target;
import org.skep.networks.scuttlebutt.content.BlobLinks;
import org.skep.networks.scuttlebutt.content.Card;
import org.skep.networks.scuttlebutt.content.Content;
import org.skep.networks.scuttlebutt.content.ContentReader;
import org.skep.networks.scuttlebutt.content.ContentWriter;
import org.skep.networks.scuttlebutt.content.LoneLink;
import org.skep.networks.scuttlebutt.content.Naming;
import org.skep.networks.scuttlebutt.message.BlobId;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.MessageId;
import org.skep.networks.scuttlebutt.privatebox.PrivateBox;
import org.skep.wire.json.JsArray;
import org.skep.wire.json.JsBool;
import org.skep.wire.json.JsNull;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;
import org.skep.wire.json.JsValue;

/**
 * Scuttlebutt's contents in the program's own words, and back. Beside what every program writes, a
 * message carries {@code operation}, the home-log operation it is a face of; a reply carries {@code
 * reply}, {@code {"%parent": "@author"}}, because {@code branch} names the thread's ends and not
 * what is answered; and an {@code about} of oneself may carry {@code home}, one's own-log key.
 */
final class ScuttlebuttMapper {
  private static final String OPERATION = "operation";
  private static final String REPLY = "reply";
  private static final String HOME = "home";
  private static final String WORDLESS_WARNING = "Sensitive";
  private static final Pattern HEX_32_BYTES = Pattern.compile("[0-9a-f]{64}");

  private ScuttlebuttMapper() {}

  /** What became of an intent. */
  sealed interface Saying {}

  record Said(JsObject content) implements Saying {}

  /**
   * What is to be sealed.
   *
   * @param readers the author among them, at most {@link PrivateBox#READERS_MAX}
   */
  record SaidTo(List<FeedId> readers, JsObject content) implements Saying {}

  /**
   * @param reason one plain sentence for the owner
   */
  record Unsayable(String reason) implements Saying, Addressed {}

  /** For whom something is sealed, or why it can't be. */
  sealed interface Addressed {}

  record Readers(List<FeedId> feeds) implements Addressed {}

  static List<DomainEvent> events(FeedId author, MessageId id, JsObject content) {
    Ref self = ScuttlebuttNetwork.refOf(author);
    return switch (ContentReader.read(content)) {
      // A public content that names readers was meant for them alone; it is not spread further.
      case Content.Post post ->
          post.recps().isEmpty() ? List.of(said(self, id, post, content)) : List.of();
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

  /** A post that is nothing but another one's address passes that one on. */
  private static DomainEvent said(Ref self, MessageId id, Content.Post post, JsObject content) {
    return LoneLink.of(post)
        .<DomainEvent>map(
            link -> new DomainEvent.Boosted(self, ScuttlebuttNetwork.refOf(link), true))
        .orElseGet(() -> post(self, id, post, content, Optional.empty()));
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

  /**
   * @param operation what the content is a face of
   */
  static Saying content(FeedId self, Intent intent, Ref operation) {
    return switch (intent) {
      case Intent.DeclareFace face ->
          face.identity().equals(ScuttlebuttNetwork.refOf(self))
              ? said(
                  new Content.About(
                      self.toString(), Optional.empty(), Optional.empty(), Optional.empty()),
                  operation,
                  content -> content.with(HOME, face.author().id()))
              : new Unsayable("this identity is on another network");
      case Intent.Describe describe ->
          describe(self, describe)
              .<Saying>map(about -> said(about, operation))
              .orElseGet(() -> new Unsayable("this is no picture"));
      case Intent.Post post -> post(post, operation);
      case Intent.Letter letter -> letter(self, letter, operation);
      case Intent.Relate relate ->
          relate
              .person()
              .on(ScuttlebuttNetwork.ID)
              .flatMap(person -> FeedId.ofSigil(person.id()))
              .<Saying>map(feed -> said(contact(feed, relate.state()), operation))
              .orElseGet(() -> new Unsayable("this person is not on Scuttlebutt"));
      case Intent.React react ->
          message(react.post())
              .<Saying>map(id ->
                  said(
                      new Content.Vote(
                          id,
                          react.on() ? 1 : 0,
                          Optional.of(react.on() ? react.expression() : "Unlike")),
                      operation))
              .orElseGet(() -> new Unsayable("this post is not on Scuttlebutt"));
      case Intent.Edit edit -> edit(self, edit, operation);
      case Intent.Delete delete -> delete(self, delete, operation);
      case Intent.Boost boost -> boost(boost, operation);
      case Intent.ReadUpTo _, Intent.Bookmark _ -> new Unsayable("this is nobody else's business");
    };
  }

  private static Saying boost(Intent.Boost boost, Ref operation) {
    Optional<Ref> name = boost.post().on(ScuttlebuttNetwork.ID);
    return message(boost.post())
        .<Saying>map(id ->
            said(
                new Content.Boost(
                    id,
                    boost.on() ? 1 : 0,
                    boost
                        .author()
                        .on(ScuttlebuttNetwork.ID)
                        .flatMap(author -> FeedId.ofSigil(author.id())),
                    boost.places().stream()
                        .filter(place -> name.equals(Optional.of(place.name())))
                        .map(Intent.Place::sequence)
                        .findFirst()),
                operation))
        .orElseGet(() -> new Unsayable("this post is not on Scuttlebutt"));
  }

  private static Optional<Content> describe(FeedId self, Intent.Describe describe) {
    String id = self.toString();
    Optional<String> value = Optional.of(describe.value());
    return switch (describe.field()) {
      case NAME -> Optional.of(new Content.About(id, value, Optional.empty(), Optional.empty()));
      case DESCRIPTION ->
          Optional.of(new Content.About(id, Optional.empty(), Optional.empty(), value));
      case PICTURE ->
          image(describe.value())
              .map(image ->
                  new Content.About(id, Optional.empty(), Optional.of(image), Optional.empty()));
    };
  }

  private static Optional<Content.Image> image(String picture) {
    return picture.isEmpty()
        ? Optional.of(new Content.NoPicture())
        : Hash.ofHex(picture).map(hash -> new Content.Picture(new BlobId(hash)));
  }

  /** Both switches are always written: programs differ over what a missing one means. */
  private static Content contact(FeedId person, FollowState state) {
    return new Content.Contact(
        person,
        Optional.of(state == FollowState.FOLLOWING),
        Optional.of(state == FollowState.BLOCKING));
  }

  private static Saying post(Intent.Post post, Ref operation) {
    Content.Post words =
        words(post.text(), post.contentWarning(), post.mentions(), post.attachments(), List.of());
    return post.reply().isEmpty()
        ? said(words, operation)
        : answer(words, post.reply().get(), operation);
  }

  private static Content.Post words(
      String text,
      String warning,
      List<Intent.Mention> people,
      List<Attachment> attachments,
      List<String> recps) {
    String shown = text;
    for (Attachment attachment : attachments) {
      shown = BlobLinks.shownBelow(shown, new BlobId(attachment.blob()), attachment.description());
    }
    return new Content.Post(
        shown,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        recps.isEmpty() ? mentions(text, people, attachments) : people(people).toList(),
        recps,
        Optional.empty(),
        Optional.of(warning).filter(words -> !words.isEmpty()));
  }

  private static Saying edit(FeedId self, Intent.Edit edit, Ref operation) {
    Optional<MessageId> original = message(edit.post());
    if (original.isEmpty()) {
      return new Unsayable("this post is not on Scuttlebutt");
    }
    return to(
        self,
        edit.readers(),
        recps -> {
          Content.Post words =
              words(edit.text(), edit.contentWarning(), edit.mentions(), edit.attachments(), recps);
          Content.Post placed =
              edit.root()
                  .flatMap(ScuttlebuttMapper::message)
                  .map(root -> words.within(root, List.of()))
                  .orElse(words);
          MessageId latest = message(edit.latest()).orElse(original.get());
          return said(new Content.PostEdit(placed, original.get(), List.of(latest)), operation);
        });
  }

  private static Saying delete(FeedId self, Intent.Delete delete, Ref operation) {
    return message(delete.post())
        .map(target ->
            to(
                self,
                delete.readers(),
                recps ->
                    recps.isEmpty()
                        ? said(new Content.Tombstone(target), operation)
                        : said(
                            new Content.Tombstone(target),
                            operation,
                            content -> content.with("recps", names(recps)))))
        .orElseGet(() -> new Unsayable("this post is not on Scuttlebutt"));
  }

  private static JsValue names(List<String> recps) {
    return new JsArray(recps.stream().<JsValue>map(JsString::new).toList());
  }

  /** Says something to anybody, or seals it for some. */
  private static Saying to(
      FeedId self, Optional<List<Target>> readers, Function<List<String>, Saying> saying) {
    if (readers.isEmpty()) {
      return saying.apply(List.of());
    }
    return switch (readersOf(self, readers.get())) {
      case Readers(List<FeedId> feeds) ->
          switch (saying.apply(feeds.stream().map(FeedId::toString).toList())) {
            case Said(JsObject content) -> new SaidTo(feeds, content);
            case SaidTo sealed -> sealed;
            case Unsayable unsayable -> unsayable;
          };
      case Unsayable unsayable -> unsayable;
    };
  }

  private static Saying letter(FeedId self, Intent.Letter letter, Ref operation) {
    return to(
        self,
        Optional.of(letter.readers()),
        recps -> {
          Content.Post words =
              words(letter.text(), letter.contentWarning(), letter.mentions(), List.of(), recps);
          return letter.reply().isEmpty()
              ? said(words, operation)
              : answer(words, letter.reply().get(), operation);
        });
  }

  private static Addressed readersOf(FeedId self, List<Target> named) {
    List<FeedId> others =
        named.stream()
            .flatMap(reader -> reader.on(ScuttlebuttNetwork.ID).stream())
            .flatMap(ref -> FeedId.ofSigil(ref.id()).stream())
            .toList();
    if (others.size() < named.size()) {
      return new Unsayable("one of those it is for is not on Scuttlebutt");
    }
    List<FeedId> readers = Stream.concat(Stream.of(self), others.stream()).distinct().toList();
    if (readers.size() > PrivateBox.READERS_MAX) {
      return new Unsayable(
          "on Scuttlebutt a letter is for at most " + (PrivateBox.READERS_MAX - 1) + " others");
    }
    return new Readers(readers);
  }

  /** The words with their place in the thread. */
  private static Saying answer(Content.Post words, Intent.Reply reply, Ref operation) {
    Optional<MessageId> root = message(reply.root());
    Optional<MessageId> parent = message(reply.parent());
    if (root.isEmpty() || parent.isEmpty()) {
      return new Unsayable("what this answers is not on Scuttlebutt");
    }
    List<MessageId> tips = reply.tips().stream().flatMap(tip -> message(tip).stream()).toList();
    Content.Post placed = words.within(root.get(), tips.isEmpty() ? List.of(parent.get()) : tips);
    return said(placed, operation, content -> content.with(REPLY, answered(reply, parent.get())));
  }

  private static Stream<Content.Mention> people(List<Intent.Mention> mentions) {
    return mentions.stream()
        .flatMap(mention ->
            mention.person().on(ScuttlebuttNetwork.ID).stream()
                .map(ref -> new Content.Mention(ref.id(), Optional.of(mention.name()))));
  }

  private static List<Content.Mention> mentions(
      String text, List<Intent.Mention> named, List<Attachment> attachments) {
    Stream<Content.Mention> people = people(named);
    Stream<Content.Mention> blobs =
        attachments.stream()
            .map(attachment ->
                new Content.Mention(
                    new BlobId(attachment.blob()).toString(),
                    Optional.of(attachment.description()).filter(words -> !words.isEmpty()),
                    Optional.of(attachment.mediaType()).filter(type -> !type.isEmpty()),
                    Optional.of(attachment.lengthBytes()).filter(length -> length > 0)));
    // As they were typed: each program makes its own of them.
    Stream<Content.Mention> tags =
        Hashtags.inMarkdown(text).stream()
            .map(written -> new Content.Mention(written, Optional.empty()));
    return Stream.of(people, blobs, tags).flatMap(part -> part).toList();
  }

  private static JsValue answered(Intent.Reply reply, MessageId parent) {
    String author = reply.parentAuthor().on(ScuttlebuttNetwork.ID).map(Ref::id).orElse("");
    return JsObject.EMPTY.with(parent.toString(), author);
  }

  private static Optional<MessageId> message(Target post) {
    return post.on(ScuttlebuttNetwork.ID).flatMap(ref -> MessageId.ofSigil(ref.id()));
  }

  /** Adds to a content what its shape has no word for. */
  private interface Addition {
    JsObject to(JsObject content);
  }

  private static Said said(Content content, Ref operation) {
    return said(content, operation, unchanged -> unchanged);
  }

  private static Said said(Content content, Ref operation, Addition addition) {
    return new Said(addition.to(ContentWriter.write(content)).with(OPERATION, operation.id()));
  }
}
