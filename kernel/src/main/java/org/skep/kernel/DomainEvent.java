package org.skep.kernel;

import java.util.List;
import java.util.Optional;

/** What a fact says, in the program's own words: the only input of projections. */
public sealed interface DomainEvent {
  /**
   * A post, or one face of it.
   *
   * @param post its name on its network
   * @param operation the home-log operation it says it is a face of
   * @param text Markdown
   * @param root the thread's first post, when it is a reply
   * @param parents what it answers, the likeliest first; never empty when there is a root
   * @param contentWarning empty text for none
   * @param attachments in the order in which they are shown
   * @param tags what it is about, each as {@link Tags} normalises it
   * @param kind what its author calls this kind of thing, when it is none that this program knows
   *     by more than its parts; the text then lists them
   * @param readers for whom alone it was sealed, as its author names them; empty when anybody may
   *     read it. Who could open it is another matter, which the kept content keys tell.
   */
  record PostPublished(
      Ref author,
      Ref post,
      Optional<Ref> operation,
      String text,
      Optional<Ref> root,
      List<Ref> parents,
      String contentWarning,
      List<Mentioned> mentions,
      List<Attachment> attachments,
      List<String> tags,
      Optional<String> kind,
      Optional<List<Ref>> readers)
      implements DomainEvent {}

  /**
   * Other words for a post, or one face of them; count when the post's author says so.
   *
   * @param edit what its network calls them
   * @param post the post, or earlier words for it
   * @param operation the home-log operation they say they are a face of
   * @param text Markdown
   * @param contentWarning empty text for none
   * @param attachments all that stand with the post from now on
   * @param tags each as {@link Tags} normalises it
   * @param readers for whom alone they were sealed; empty when anybody may read them. They count
   *     where that is so of the post, too.
   */
  record Edited(
      Ref author,
      Ref edit,
      Ref post,
      Optional<Ref> operation,
      String text,
      String contentWarning,
      List<Mentioned> mentions,
      List<Attachment> attachments,
      List<String> tags,
      Optional<List<Ref>> readers)
      implements DomainEvent {}

  /**
   * A post is taken back; counts when its author says so.
   *
   * @param sealed whether only some can read that; then it counts for what was sealed
   */
  record Deleted(Ref author, Ref post, boolean sealed) implements DomainEvent {}

  /**
   * @param name as the author calls the person; may be empty
   */
  record Mentioned(Ref person, String name) {}

  /** Something that only those can read who have a key to it, whether or not anybody here has. */
  record Sealed(Ref author) implements DomainEvent {}

  /** What somebody says about a person; counts only when she says it herself. */
  record PersonDescribed(Ref author, Ref subject, ProfileField field, String value)
      implements DomainEvent {}

  /**
   * How somebody stands to a person from now on.
   *
   * @param isPublic whether it was said to anybody, and not to herself alone
   */
  record Related(Ref author, Ref person, FollowState state, boolean isPublic)
      implements DomainEvent {}

  record Reacted(Ref author, Ref post, String expression, boolean on) implements DomainEvent {}

  /** Somebody passes a post on to those who follow her, or no longer does. */
  record Boosted(Ref author, Ref post, boolean on) implements DomainEvent {}

  /** The author says that another identity is also hers; one person when both say so. */
  record FaceDeclared(Ref author, Ref identity) implements DomainEvent {}

  record ReadUpTo(Ref author, String timeline, PostId post) implements DomainEvent {}

  record Bookmarked(Ref author, Ref post, boolean on) implements DomainEvent {}
}
