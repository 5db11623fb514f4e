package org.skep.networks.home.words;

import java.util.List;
import java.util.Optional;
import org.skep.kernel.Attachment;
import org.skep.kernel.Bytes;
import org.skep.kernel.Ref;
import org.skep.kernel.Target;

/** One thing said in the home log. Who says it is the operation's author. */
public sealed interface Word {
  /**
   * The type written in the body; a later meaning gets a new one.
   *
   * @return 1 to {@link WordCodec#LABEL_BYTES_MAX} bytes
   */
  String type();

  /**
   * Something to read.
   *
   * @param text Markdown, at most {@link WordCodec#TEXT_BYTES_MAX} bytes
   * @param reply what it answers
   * @param contentWarning empty text for none
   * @param language BCP 47, empty text when not said
   * @param mentions at most {@link WordCodec#MENTIONS_MAX}
   * @param attachments at most {@link Attachment#PER_POST_MAX}
   */
  record PostWord(
      String text,
      Optional<ReplyTo> reply,
      String contentWarning,
      String language,
      List<MentionOf> mentions,
      List<Attachment> attachments)
      implements Word {
    static final String TYPE = "post";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /**
   * A post for some; stands in sealed bodies only.
   *
   * @param post without attachments
   * @param readers the others, at most {@link WordCodec#READERS_MAX}
   */
  record LetterWord(PostWord post, List<Target> readers) implements Word {
    static final String TYPE = "letter";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /**
   * @param root the first post of the thread
   * @param parent the post that is answered
   * @param parentAuthor who wrote that
   */
  record ReplyTo(Target root, Target parent, Target parentAuthor) {}

  /**
   * @param name as it stands in the text; may be empty
   */
  record MentionOf(Target person, String name) {}

  /** How the author stands to a person from now on. */
  record RelateWord(Target person, Relation relation) implements Word {
    static final String TYPE = "relate";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** The states a relation can be in, as they are written in lower case. */
  enum Relation {
    NONE,
    FOLLOWING,
    BLOCKING
  }

  /**
   * One field of the author's own profile; an empty value clears it.
   *
   * @param field {@code name}, {@code description}, {@code picture}, or one that came later
   */
  record DescribeWord(String field, String value) implements Word {
    static final String TYPE = "describe";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /**
   * @param author who wrote the post, where known
   * @param expression an emoji or a word such as {@code Like}
   * @param on false takes it back
   */
  record ReactWord(Target post, Optional<Target> author, String expression, boolean on)
      implements Word {
    static final String TYPE = "react";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /**
   * Other words for a post of the author's own.
   *
   * @param words whole, and without what they answer: that stays
   * @param readers for whom it was sealed, the author not counted; stands in sealed bodies only
   */
  record EditWord(Target post, PostWord words, Optional<List<Target>> readers) implements Word {
    static final String TYPE = "edit";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** A post of the author's own is taken back. */
  record DeleteWord(Target post) implements Word {
    static final String TYPE = "delete";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /**
   * The author passes a post on.
   *
   * @param author who wrote the post, where known
   * @param on false takes it back
   */
  record BoostWord(Target post, Optional<Target> author, boolean on) implements Word {
    static final String TYPE = "boost";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /** Another network's identity is the author's too; believed when it says the same. */
  record FaceWord(Ref identity) implements Word {
    static final String TYPE = "face";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /**
   * The author has read a list up to here.
   *
   * @param timeline which list
   * @param lastId the newest post seen: the number of the node that wrote it, which holds its time
   */
  record ReadMarkerWord(String timeline, long lastId) implements Word {
    static final String TYPE = "read";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /**
   * @param on false takes it back
   */
  record BookmarkWord(Target post, boolean on) implements Word {
    static final String TYPE = "bookmark";

    @Override
    public String type() {
      return TYPE;
    }
  }

  /**
   * A word this program doesn't know.
   *
   * @param encoded the whole of it
   */
  record UnknownWord(String type, Bytes encoded) implements Word {}
}
