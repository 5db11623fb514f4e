package org.skep.kernel;

/** What stands at one place of what is kept: a fact, or one that can't be read any more. */
public sealed interface Kept permits Fact, Kept.Damaged {
  /** See {@link Fact}. */
  long localSeq();

  /**
   * A record that the disk did not keep as it was.
   *
   * @param author whose entry it is, as her network names her
   * @param sequence its place in her log
   * @param reason as a part of a sentence
   */
  record Damaged(long localSeq, String author, long sequence, String reason) implements Kept {
    /** Which one it is, as a part of a sentence. */
    public String name() {
      return "entry " + sequence + " of " + author;
    }
  }
}
