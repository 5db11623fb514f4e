package org.skep.engine;

import java.util.List;
import java.util.Optional;
import org.skep.kernel.Attachment;
import org.skep.kernel.PersonId;
import org.skep.kernel.PostId;
import org.skep.kernel.Ref;

/**
 * A post as one account sees it.
 *
 * @param names what networks call it, the first seen first
 * @param writtenMillis the time it is shown under
 * @param arrivedMillis when it reached this node
 * @param parent what it answers, when that is here
 * @param root the thread's first post, when that is here
 * @param attachments in their order
 * @param tags what it is about, normalised, in the order of their letters
 * @param kind what its author calls this kind of thing, when only its parts are known here
 * @param likes how many people like it, blocked ones not counted
 * @param replies how many answers are here, blocked people's not counted
 * @param holders whose computers are known to have it, when it is the account's own
 * @param own whether the account wrote it
 * @param readers for whom it was sealed, its author among them; empty when anybody may read it
 */
public record PostView(
    PostId id,
    PersonView author,
    List<Ref> names,
    String text,
    String contentWarning,
    long writtenMillis,
    long arrivedMillis,
    Optional<PostId> parent,
    Optional<PersonId> parentAuthor,
    Optional<PostId> root,
    boolean isReply,
    List<PersonMention> mentions,
    List<Shown> attachments,
    List<String> tags,
    Optional<String> kind,
    int likes,
    int replies,
    boolean liked,
    boolean bookmarked,
    boolean own,
    List<PersonView> holders,
    Optional<List<PersonView>> readers) {

  /**
   * @param isHere whether its content is here
   */
  public record Shown(Attachment attachment, boolean isHere) {}

  /**
   * @param name as the author called the person
   * @param ref the identity that was named
   */
  public record PersonMention(PersonView person, Ref ref, String name) {}
}
