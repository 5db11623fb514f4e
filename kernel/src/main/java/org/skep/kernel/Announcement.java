package org.skep.kernel;

/** What is said after a commit to whoever waits for news. */
public sealed interface Announcement {
  /** An entry was added to somebody's log; protocols pass it on. */
  record EntryKept(Ref author, String log, long sequence) implements Announcement {}

  /**
   * A post is now in the views, or that somebody passed one on, which has an id of its own.
   *
   * @param news true when it just arrived, false when it is history
   */
  record PostShown(PostId post, boolean news) implements Announcement {}

  /** Something shown with a post is different, for instance it has a second face. */
  record PostChanged(PostId post) implements Announcement {}

  /** Something sealed was kept; one of our accounts may have a key to it. */
  record SealedKept() implements Announcement {}

  /** Somebody reacted to something or passed it on; it may be a post that is not here. */
  record Reacted(Ref post) implements Announcement {}

  /**
   * What stood in lists does not any more: a post, or that somebody passed one on.
   *
   * @param entry what it stood under
   */
  record EntryGone(PostId entry) implements Announcement {}

  /** What of own posts waits for the time from which others get it is different now. */
  record HeldChanged() implements Announcement {}

  /** Somebody shows pictures or files that were not spoken of before. */
  record MediaShown(Ref author) implements Announcement {}

  /** A picture or file has come, is kept for somebody, or may be fetched again. */
  record BlobChanged(Hash blob) implements Announcement {}

  /** Whom an account follows or blocks is different. */
  record InterestsChanged(AccountId account) implements Announcement {}
}
