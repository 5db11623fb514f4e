package org.skep.networks.scuttlebutt;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.skep.kernel.Attachment;
import org.skep.kernel.FollowState;
import org.skep.kernel.Hash;
import org.skep.kernel.Hashtags;
import org.skep.kernel.Intent;
import org.skep.kernel.Ref;
import org.skep.kernel.Target;
import org.skep.networks.scuttlebutt.content.BlobLinks;
import org.skep.networks.scuttlebutt.content.Content;
import org.skep.networks.scuttlebutt.content.ContentWriter;
import org.skep.networks.scuttlebutt.message.BlobId;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.MessageId;
import org.skep.networks.scuttlebutt.privatebox.PrivateBox;
import org.skep.wire.json.JsArray;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;
import org.skep.wire.json.JsValue;

/** What the program wants said, as Scuttlebutt's contents. Pure. */
final class ScuttlebuttSayings {
  private ScuttlebuttSayings() {}

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

  /**
   * @param operation what the content is a face of
   */
  static Saying of(FeedId self, Intent intent, Ref operation) {
    return switch (intent) {
      case Intent.DeclareFace face ->
          face.identity().equals(ScuttlebuttNetwork.refOf(self))
              ? said(
                  new Content.About(
                      self.toString(), Optional.empty(), Optional.empty(), Optional.empty()),
                  operation,
                  content -> content.with(ScuttlebuttMapper.HOME, face.author().id()))
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
                  .flatMap(ScuttlebuttSayings::message)
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
    return said(
        placed,
        operation,
        content -> content.with(ScuttlebuttMapper.REPLY, answered(reply, parent.get())));
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
    return new Said(
        addition
            .to(ContentWriter.write(content))
            .with(ScuttlebuttMapper.OPERATION, operation.id()));
  }
}
