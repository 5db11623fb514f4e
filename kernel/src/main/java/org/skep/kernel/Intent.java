package org.skep.kernel;

import java.util.List;
import java.util.Optional;

/** Something the owner wants done, in the program's own words. */
public sealed interface Intent {
  /** Longest text of a post or of a field of a profile, in UTF-8: the own log holds no more. */
  int TEXT_BYTES_MAX = 1 << 16;

  /** Longest name of a person and longest content warning, in UTF-8. */
  int NAME_BYTES_MAX = 1024;

  /** Longest reaction and longest name of a list, in UTF-8. */
  int LABEL_BYTES_MAX = 128;

  /** Who may know of it. */
  Audience audience();

  /**
   * Says that two identities are one person; believed when each has said it of the other.
   *
   * @param author her own-log key
   * @param identity hers on another network
   */
  record DeclareFace(Ref author, Ref identity) implements Intent {
    @Override
    public Audience audience() {
      return Audience.ANYBODY;
    }
  }

  record Describe(ProfileField field, String value) implements Intent {
    @Override
    public Audience audience() {
      return Audience.ANYBODY;
    }
  }

  /**
   * @param text Markdown
   * @param reply what it answers, if anything
   * @param contentWarning empty text for none
   * @param attachments at most {@link Attachment#PER_POST_MAX}, each blob here and leased by the
   *     caller
   */
  record Post(
      Audience audience,
      String text,
      Optional<Reply> reply,
      String contentWarning,
      List<Mention> mentions,
      List<Attachment> attachments)
      implements Intent {}

  /**
   * A post that is sealed for some, and that nobody else can read.
   *
   * @param readers to whom, the author not counted; with none it is for herself alone
   * @param text Markdown
   * @param reply what it answers, if anything; its own readers are not looked at here
   * @param contentWarning empty text for none
   */
  record Letter(
      List<Target> readers,
      String text,
      Optional<Reply> reply,
      String contentWarning,
      List<Mention> mentions)
      implements Intent {
    public Letter {
      readers = List.copyOf(readers);
    }

    @Override
    public Audience audience() {
      return Audience.READERS;
    }
  }

  /**
   * @param root the first post of the thread
   * @param parent the post that is answered
   * @param parentAuthor who wrote that
   * @param tips the thread's newest posts that nobody has answered
   */
  record Reply(Target root, Target parent, Target parentAuthor, List<Target> tips) {}

  /**
   * @param name as it stands in the text, without the sign before it
   */
  record Mention(Target person, String name) {}

  /**
   * @param audience follows are public where the network makes them so; a block is nobody's
   *     business
   */
  record Relate(Target person, FollowState state, Audience audience) implements Intent {}

  /**
   * @param expression an emoji or a word such as {@code Like}; at most 32 code points
   * @param on false takes it back
   */
  record React(Target post, Target author, String expression, boolean on) implements Intent {
    @Override
    public Audience audience() {
      return Audience.ANYBODY;
    }
  }

  /**
   * Says a post of one's own anew. What it answers, and whom it is for, stays as it was.
   *
   * @param root the first post of the thread, when it is not this one
   * @param latest the newest words so far, by their own names; the post itself where there are none
   * @param readers for whom the post was sealed, the author not counted; empty when anybody may
   *     read it
   * @param text Markdown
   * @param contentWarning empty text for none
   * @param attachments all that stand with it from now on
   */
  record Edit(
      Target post,
      Optional<Target> root,
      Target latest,
      Optional<List<Target>> readers,
      String text,
      String contentWarning,
      List<Mention> mentions,
      List<Attachment> attachments)
      implements Intent {
    @Override
    public Audience audience() {
      return readers.isPresent() ? Audience.READERS : Audience.ANYBODY;
    }
  }

  /**
   * Takes a post of one's own back: whoever understands it shows it no longer.
   *
   * @param readers for whom the post was sealed, the author not counted; empty when anybody may
   *     read it
   */
  record Delete(Target post, Optional<List<Target>> readers) implements Intent {
    @Override
    public Audience audience() {
      return readers.isPresent() ? Audience.READERS : Audience.ANYBODY;
    }
  }

  /**
   * Passes a post on to whoever follows the account; its words stay where they were said.
   *
   * @param places where the post stands in its author's log, so that others can look for it there
   * @param on false takes it back
   */
  record Boost(Target post, Target author, List<Place> places, boolean on) implements Intent {
    public Boost {
      places = List.copyOf(places);
    }

    @Override
    public Audience audience() {
      return Audience.ANYBODY;
    }
  }

  /**
   * @param name what a network calls an entry
   * @param sequence its place in its author's log there
   */
  record Place(Ref name, long sequence) {}

  /**
   * @param timeline which list was read
   * @param post the newest post that was seen
   */
  record ReadUpTo(String timeline, PostId post) implements Intent {
    @Override
    public Audience audience() {
      return Audience.MYSELF;
    }
  }

  record Bookmark(Target post, boolean on) implements Intent {
    @Override
    public Audience audience() {
      return Audience.MYSELF;
    }
  }
}
