package org.skep.networks.home;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.FollowState;
import org.skep.kernel.Hash;
import org.skep.kernel.Hashtags;
import org.skep.kernel.Intent;
import org.skep.kernel.NetworkId;
import org.skep.kernel.PostId;
import org.skep.kernel.ProfileField;
import org.skep.kernel.Ref;
import org.skep.kernel.Tags;
import org.skep.kernel.Target;
import org.skep.networks.home.words.Word;
import org.skep.networks.home.words.Word.BookmarkWord;
import org.skep.networks.home.words.Word.BoostWord;
import org.skep.networks.home.words.Word.DeleteWord;
import org.skep.networks.home.words.Word.DescribeWord;
import org.skep.networks.home.words.Word.EditWord;
import org.skep.networks.home.words.Word.FaceWord;
import org.skep.networks.home.words.Word.LetterWord;
import org.skep.networks.home.words.Word.MentionOf;
import org.skep.networks.home.words.Word.PostWord;
import org.skep.networks.home.words.Word.ReactWord;
import org.skep.networks.home.words.Word.ReadMarkerWord;
import org.skep.networks.home.words.Word.RelateWord;
import org.skep.networks.home.words.Word.Relation;
import org.skep.networks.home.words.Word.ReplyTo;
import org.skep.networks.home.words.Word.UnknownWord;

/** Intents to words, words to events. Pure. */
final class HomeMapper {
  private static final String NAME = "name";
  private static final String DESCRIPTION = "description";
  private static final String PICTURE = "picture";

  private HomeMapper() {}

  static Word word(Intent intent) {
    return switch (intent) {
      case Intent.Post post ->
          new PostWord(
              post.text(),
              post.reply().map(HomeMapper::replyTo),
              post.contentWarning(),
              "",
              mentions(post.mentions()),
              post.attachments());
      case Intent.Letter letter ->
          new LetterWord(
              new PostWord(
                  letter.text(),
                  letter.reply().map(HomeMapper::replyTo),
                  letter.contentWarning(),
                  "",
                  mentions(letter.mentions()),
                  List.of()),
              letter.readers());
      case Intent.React react ->
          new ReactWord(react.post(), Optional.of(react.author()), react.expression(), react.on());
      case Intent.Edit edit ->
          new EditWord(
              edit.post(),
              new PostWord(
                  edit.text(),
                  Optional.empty(),
                  edit.contentWarning(),
                  "",
                  mentions(edit.mentions()),
                  edit.attachments()),
              edit.readers());
      case Intent.Delete delete -> new DeleteWord(delete.post());
      case Intent.Boost boost ->
          new BoostWord(boost.post(), Optional.of(boost.author()), boost.on());
      case Intent.Describe describe ->
          new DescribeWord(fieldName(describe.field()), describe.value());
      case Intent.DeclareFace face -> new FaceWord(face.identity());
      case Intent.Relate relate -> new RelateWord(relate.person(), relation(relate.state()));
      case Intent.ReadUpTo read -> new ReadMarkerWord(read.timeline(), read.post().value());
      case Intent.Bookmark bookmark -> new BookmarkWord(bookmark.post(), bookmark.on());
    };
  }

  private static ReplyTo replyTo(Intent.Reply reply) {
    return new ReplyTo(reply.root(), reply.parent(), reply.parentAuthor());
  }

  private static List<MentionOf> mentions(List<Intent.Mention> mentions) {
    return mentions.stream()
        .map(mention -> new MentionOf(mention.person(), mention.name()))
        .toList();
  }

  /**
   * @param isPublic whether the word stood open in its operation
   */
  static List<DomainEvent> events(Ref author, Ref operation, Word word, boolean isPublic) {
    return switch (word) {
      case PostWord post -> List.of(published(author, operation, post, Optional.empty()));
      // A letter that stood open would be no letter.
      case LetterWord letter ->
          isPublic
              ? List.of()
              : List.of(
                  published(
                      author,
                      operation,
                      letter.post(),
                      Optional.of(readers(author, letter.readers()))));
      case ReactWord react ->
          List.of(
              new DomainEvent.Reacted(
                  author, nearest(react.post()), react.expression(), react.on()));
      case EditWord edit -> edited(author, operation, edit, isPublic);
      case DeleteWord delete ->
          List.of(new DomainEvent.Deleted(author, nearest(delete.post()), !isPublic));
      case BoostWord boost ->
          List.of(new DomainEvent.Boosted(author, nearest(boost.post()), boost.on()));
      case DescribeWord describe -> described(author, describe);
      case FaceWord face -> List.of(new DomainEvent.FaceDeclared(author, face.identity()));
      case RelateWord relate -> related(author, relate, isPublic);
      case ReadMarkerWord read ->
          List.of(new DomainEvent.ReadUpTo(author, read.timeline(), new PostId(read.lastId())));
      case BookmarkWord bookmark ->
          List.of(new DomainEvent.Bookmarked(author, nearest(bookmark.post()), bookmark.on()));
      case UnknownWord unknown -> List.of();
    };
  }

  private static List<Ref> readers(Ref author, List<Target> others) {
    return Stream.concat(Stream.of(author), others.stream().map(HomeMapper::nearest))
        .distinct()
        .toList();
  }

  /** Words for a letter stand sealed, and others open; anything else was not meant so. */
  private static List<DomainEvent> edited(
      Ref author, Ref operation, EditWord edit, boolean isPublic) {
    PostWord words = edit.words();
    return edit.readers().isPresent() == isPublic
        ? List.of()
        : List.of(
            new DomainEvent.Edited(
                author,
                operation,
                nearest(edit.post()),
                Optional.empty(),
                words.text(),
                words.contentWarning(),
                mentioned(words),
                words.attachments(),
                tags(words),
                edit.readers().map(others -> readers(author, others))));
  }

  private static DomainEvent published(
      Ref author, Ref operation, PostWord post, Optional<List<Ref>> readers) {
    return new DomainEvent.PostPublished(
        author,
        operation,
        Optional.empty(),
        post.text(),
        post.reply().map(reply -> nearest(reply.root())),
        post.reply().map(reply -> nearestFirst(reply.parent())).orElseGet(List::of),
        post.contentWarning(),
        mentioned(post),
        post.attachments(),
        tags(post),
        Optional.empty(),
        readers);
  }

  private static List<DomainEvent.Mentioned> mentioned(PostWord post) {
    return post.mentions().stream()
        .map(mention -> new DomainEvent.Mentioned(nearest(mention.person()), mention.name()))
        .toList();
  }

  private static List<String> tags(PostWord post) {
    return Hashtags.inMarkdown(post.text()).stream()
        .flatMap(written -> Tags.normalise(written).stream())
        .toList();
  }

  private static List<DomainEvent> described(Ref author, DescribeWord describe) {
    String value = describe.value();
    return switch (describe.field()) {
      case NAME -> described(author, ProfileField.NAME, value);
      case DESCRIPTION -> described(author, ProfileField.DESCRIPTION, value);
      case PICTURE ->
          value.isEmpty() || Hash.ofHex(value).isPresent()
              ? described(author, ProfileField.PICTURE, value)
              : List.of();
      default -> List.of();
    };
  }

  private static List<DomainEvent> described(Ref author, ProfileField field, String value) {
    return List.of(new DomainEvent.PersonDescribed(author, author, field, value));
  }

  /** One for each name, so that it still holds should two faces turn out to be two people. */
  private static List<DomainEvent> related(Ref author, RelateWord relate, boolean isPublic) {
    FollowState state =
        switch (relate.relation()) {
          case NONE -> FollowState.NONE;
          case FOLLOWING -> FollowState.FOLLOWING;
          case BLOCKING -> FollowState.BLOCKING;
        };
    return relate.person().names().stream()
        .<DomainEvent>map(person -> new DomainEvent.Related(author, person, state, isPublic))
        .toList();
  }

  private static Relation relation(FollowState state) {
    return switch (state) {
      case NONE -> Relation.NONE;
      case FOLLOWING -> Relation.FOLLOWING;
      case BLOCKING -> Relation.BLOCKING;
    };
  }

  private static String fieldName(ProfileField field) {
    return switch (field) {
      case NAME -> NAME;
      case DESCRIPTION -> DESCRIPTION;
      case PICTURE -> PICTURE;
    };
  }

  /** What this network calls it, or else the name it was first seen under. */
  private static Ref nearest(Target target) {
    return target.on(NetworkId.HOME).orElseGet(() -> target.names().getFirst());
  }

  private static List<Ref> nearestFirst(Target target) {
    List<Ref> names = new ArrayList<>(target.names());
    Ref nearest = nearest(target);
    names.remove(nearest);
    names.addFirst(nearest);
    return List.copyOf(names);
  }
}
