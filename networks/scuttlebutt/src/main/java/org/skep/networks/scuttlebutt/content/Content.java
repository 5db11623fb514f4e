package org.skep.networks.scuttlebutt.content;

import java.util.List;
import java.util.Optional;
import org.skep.networks.scuttlebutt.message.BlobId;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.MessageId;

/**
 * The public content of a message, or the private one once opened, as its type defines it. Lists
 * are copied and never change.
 */
public sealed interface Content {

  /** The {@code type} under which it is written. */
  String type();

  /**
   * Something said, {@code post}.
   *
   * @param text Markdown
   * @param root the message that began the thread; empty when this one begins it
   * @param branch the posts of the thread that the author had seen last, the ones answered; empty
   *     in a first post
   * @param fork where a thread grew out of another: the root of the other one
   * @param mentions who and what the text names
   * @param recps to whom a private post is written; empty when it is public
   * @param channel the channel's name as the author wrote it
   * @param contentWarning what to say before the text is shown; an empty text when it warns and
   *     says nothing
   */
  record Post(
      String text,
      Optional<MessageId> root,
      List<MessageId> branch,
      Optional<MessageId> fork,
      List<Mention> mentions,
      List<String> recps,
      Optional<String> channel,
      Optional<String> contentWarning)
      implements Content {
    public Post {
      branch = List.copyOf(branch);
      mentions = List.copyOf(mentions);
      recps = List.copyOf(recps);
    }

    /** The same at a place in a thread. */
    public Post within(MessageId thread, List<MessageId> answered) {
      return new Post(
          text, Optional.of(thread), answered, fork, mentions, recps, channel, contentWarning);
    }

    @Override
    public String type() {
      return "post";
    }
  }

  /**
   * What a text names.
   *
   * @param link a name of a feed, message or blob as the author wrote it, query included; or a
   *     channel, {@code #name}
   * @param name what the author calls it
   * @param mediaType of a blob
   * @param sizeBytes of a blob
   */
  record Mention(
      String link, Optional<String> name, Optional<String> mediaType, Optional<Long> sizeBytes) {

    /** Of something that is no blob. */
    public Mention(String link, Optional<String> name) {
      this(link, name, Optional.empty(), Optional.empty());
    }

    /** The link without its query. */
    public String bare() {
      return bare(link);
    }

    /** What a link names; some carry more behind a question mark. */
    static String bare(String link) {
      int query = link.indexOf('?');
      return query < 0 ? link : link.substring(0, query);
    }
  }

  /**
   * What somebody says about herself or about something else, {@code about}. Only what is there is
   * said; the rest stays as it was.
   *
   * @param about whom or what: a feed, a message or a blob
   * @param name empty when nothing is said of it
   * @param image empty when nothing is said of it
   * @param description Markdown
   */
  record About(
      String about, Optional<String> name, Optional<Image> image, Optional<String> description)
      implements Content {
    @Override
    public String type() {
      return "about";
    }
  }

  /** What is said of a picture. */
  sealed interface Image {}

  /** This is the picture from now on. */
  record Picture(BlobId blob) implements Image {}

  /** There is none any more. */
  record NoPicture() implements Image {}

  /**
   * How the author stands to somebody, {@code contact}. The last one counts whole: for ssb-friends
   * a missing switch is off, and {@code blocking} outranks {@code following}.
   *
   * @param contact whom
   * @param following empty when nothing is said of it
   * @param blocking empty when nothing is said of it; true also where an old program wrote {@code
   *     flagged}
   */
  record Contact(FeedId contact, Optional<Boolean> following, Optional<Boolean> blocking)
      implements Content {
    @Override
    public String type() {
      return "contact";
    }
  }

  /**
   * A like or another sign about a message, {@code vote}. A later one by the same author replaces
   * it.
   *
   * @param link on what
   * @param value 1 for it, 0 for taken back, -1 against
   * @param expression the word or emoji shown
   */
  record Vote(MessageId link, int value, Optional<String> expression) implements Content {
    @Override
    public String type() {
      return "vote";
    }
  }

  /**
   * Other words for a message of the author's own, {@code post-edit}, whole.
   *
   * @param words with the thread's beginning as their root, as the first ones had it
   * @param original the message as it was first
   * @param latest the newest words that the author had seen, by their own names
   */
  record PostEdit(Post words, MessageId original, List<MessageId> latest) implements Content {
    public PostEdit {
      latest = List.copyOf(latest);
    }

    @Override
    public String type() {
      return "post-edit";
    }
  }

  /**
   * That a message of the author's own is taken back, {@code tombstone}.
   *
   * @param target which
   */
  record Tombstone(MessageId target) implements Content {
    @Override
    public String type() {
      return "tombstone";
    }
  }

  /**
   * That the author passes a message on to her followers, {@code boost}. A later one by the same
   * author about the same message replaces it.
   *
   * @param link what
   * @param value 1 for it, 0 for taken back
   * @param author who wrote it, so that it can be looked for
   * @param sequence where it stands in that feed
   */
  record Boost(MessageId link, int value, Optional<FeedId> author, Optional<Long> sequence)
      implements Content {
    @Override
    public String type() {
      return "boost";
    }
  }

  /**
   * Anything else: another type, or one of the above without what makes it useful.
   *
   * @param type as written; the message's form bounds it to 3 to 52 characters
   */
  record Unknown(String type) implements Content {}
}
