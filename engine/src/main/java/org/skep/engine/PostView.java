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
 * @param wordsGone whether the text is a sentence that stands for words that are not here any more
 * @param writtenMillis the time it is shown under
 * @param editedMillis when its words were said anew; empty where they are the first
 * @param arrivedMillis when it reached this node
 * @param parent what it answers, when that is here
 * @param root the thread's first post, when that is here
 * @param attachments in their order
 * @param tags what it is about, normalised, in the order of their letters
 * @param kind what its author calls this kind of thing, when only its parts are known here
 * @param boost the boost that this stands in a list for; empty when it stands there by itself
 * @param boosts how many people passed it on, blocked ones not counted
 * @param boosted whether the account did
 * @param boosters who did of those whom the account follows, and itself, the first who did first
 * @param likes how many people like it, blocked ones not counted
 * @param replies how many answers are here, blocked people's not counted
 * @param holders whose computers are known to have it, when it is the account's own
 * @param held what of the account's own waits to go out; empty for what is out
 * @param own whether the account wrote it
 * @param readers for whom it was sealed, its author among them; empty when anybody may read it
 */
public record PostView(
    PostId id,
    PersonView author,
    List<Ref> names,
    String text,
    String contentWarning,
    boolean wordsGone,
    long writtenMillis,
    Optional<Long> editedMillis,
    long arrivedMillis,
    Optional<PostId> parent,
    Optional<PersonId> parentAuthor,
    Optional<PostId> root,
    boolean isReply,
    List<PersonMention> mentions,
    List<Shown> attachments,
    List<String> tags,
    Optional<String> kind,
    Optional<Boost> boost,
    int boosts,
    boolean boosted,
    List<PersonView> boosters,
    int likes,
    int replies,
    boolean liked,
    boolean bookmarked,
    Optional<Held> held,
    boolean own,
    Holders holders,
    Optional<List<PersonView>> readers) {

  /**
   * Whose computers have it.
   *
   * @param first one of them, a friend where there is one
   * @param people how many in all, as far as that is kept
   */
  public record Holders(Optional<PersonView> first, int people) {
    static final Holders NONE = new Holders(Optional.empty(), 0);
  }

  /**
   * That others get it later.
   *
   * @param trouble why nobody got it when it was due first, in words; empty text where it was not
   */
  public record Held(long dueMillis, String trouble) {}

  /** What was said at one time; a post of which the words were changed has several. */
  public record Version(
      String text, String contentWarning, long writtenMillis, List<Shown> attachments) {}

  /**
   * That somebody passed a post on.
   *
   * @param id under which that stands in lists
   */
  public record Boost(PostId id, PersonView by, long writtenMillis) {}

  /** The text where it is the author's; else none. */
  public String ownWords() {
    return wordsGone ? "" : text;
  }

  /** The id under which this stands in lists. */
  public PostId entry() {
    return boost.map(Boost::id).orElse(id);
  }

  /** The same where it stands in a list because somebody passed it on. */
  PostView boostedBy(Boost somebody) {
    return new PostView(
        id,
        author,
        names,
        text,
        contentWarning,
        wordsGone,
        writtenMillis,
        editedMillis,
        arrivedMillis,
        parent,
        parentAuthor,
        root,
        isReply,
        mentions,
        attachments,
        tags,
        kind,
        Optional.of(somebody),
        boosts,
        boosted,
        boosters,
        likes,
        replies,
        liked,
        bookmarked,
        held,
        own,
        holders,
        readers);
  }

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
