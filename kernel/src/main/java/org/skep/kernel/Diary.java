package org.skep.kernel;

/**
 * What networks write down of how they ask for people's logs, so that an account can be told why it
 * does not see what somebody wrote. Kept by account: what is asked for one says nothing to another.
 * To lose it costs an explanation and nothing else. Never waits; any thread.
 */
public interface Diary {
  /** What happened between this node and one peer about one author's log. */
  sealed interface Happening {
    /** The peer is asked for what comes after this entry. */
    record Asked(long after) implements Happening {}

    /** The peer is asked to send nothing, because another is asked. */
    record Spared() implements Happening {}

    /** The peer says that it has the log up to and including this entry; 0 for nothing of it. */
    record Has(long sequence) implements Happening {}

    /** The peer says that it does not want to have the log. */
    record Declined() implements Happening {}

    /**
     * Entries came that are kept now.
     *
     * @param upTo the last one's number
     */
    record Came(int entries, long upTo) implements Happening {}

    /**
     * What came was of no use, or what was promised did not come.
     *
     * @param reason a part of a sentence; may hold the peer's own words
     */
    record Failed(String reason) implements Happening {}
  }

  /**
   * Writes it down.
   *
   * @param account for which the peer is spoken to, and which wants the log
   */
  void happened(AccountId account, Ref author, Ref peer, Happening what);
}
