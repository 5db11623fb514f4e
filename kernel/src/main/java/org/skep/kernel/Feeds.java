package org.skep.kernel;

import java.util.List;
import java.util.Optional;

/**
 * An index over the facts of networks that have logs: for each author and log the entries from its
 * beginning on, checked one by one against the entry before. Nothing else is ever served as
 * verified.
 */
public interface Feeds {
  /**
   * The end of a verified prefix.
   *
   * @param effectiveMillis the time its last entry is shown under
   */
  record Head(long sequence, String id, long effectiveMillis) {}

  Optional<Head> head(Tx tx, Ref author, String log);

  /** When the first entry of a verified prefix came to this node, milliseconds since 1970. */
  default Optional<Long> metMillis(Tx tx, Ref author, String log) {
    return range(tx, author, log, 0, 1).stream().findFirst().map(Fact::receivedMillis);
  }

  /**
   * Moves the prefix forward by one fact.
   *
   * @throws StoreException when the fact does not follow the head
   */
  void append(Tx tx, Fact fact);

  /**
   * Entries of the verified prefix after a sequence number, ascending, without a gap: they end
   * before one that is damaged.
   */
  List<Fact> range(Tx tx, Ref author, String log, long afterSequence, int max);

  /**
   * Drops entries from the end of a log that nobody wants, so that what is left is still a
   * beginning. The views still show what they said. The very newest fact of the node stays for now,
   * because facts are counted from it. With the last entry goes whatever else was kept of the log:
   * what waits for it, and what shows that it was forked.
   *
   * @return how many were dropped; 0 when nothing may go any more
   */
  int release(Tx tx, Ref author, String log, int max);

  /**
   * Everything after this sequence number is news. Kept once: a later call for the same log changes
   * nothing.
   */
  void checkpoint(Tx tx, Ref author, String log, long sequence);

  Optional<Long> checkpoint(Tx tx, Ref author, String log);
}
