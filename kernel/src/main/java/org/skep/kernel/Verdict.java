package org.skep.kernel;

/** What became of one offered item. */
public sealed interface Verdict {
  /** It is on disk and in the views. */
  record Accepted(long localId) implements Verdict {}

  /** It was here before. */
  record Duplicate() implements Verdict {}

  /**
   * It waits on disk for something else, and is tried again when that comes.
   *
   * @param missing what it waits for, in words
   */
  record Deferred(String missing) implements Verdict {}

  /** Nobody at home here wants its author's log; it was not kept, and may be offered again. */
  record Unwanted() implements Verdict {}

  /**
   * @param reason one plain sentence
   */
  record Rejected(String reason) implements Verdict {}
}
