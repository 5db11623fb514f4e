package org.skep.engine;

import java.util.List;
import org.skep.kernel.AccountId;
import org.skep.kernel.Aliases;
import org.skep.kernel.Ref;
import org.skep.kernel.Tx;

/**
 * What peers say they have of own logs beyond the end that is here: a number that nobody signed, so
 * it is told to the owner and stops nothing. The latest word of each peer counts, of so many peers
 * a log, for a month.
 */
final class Claims {
  static final int PEERS_PER_LOG_MAX = 64;
  static final long LIFE_MILLIS = 30L * 24 * 3600 * 1000;

  private final Aliases aliases;

  Claims(Aliases aliases) {
    this.aliases = aliases;
  }

  /**
   * A peer says that it has an own log up to this place.
   *
   * @param author the own log's
   * @param end the place at which the log ends here; 0 when nothing of it is here
   */
  void said(Tx tx, Ref peer, long author, String log, long sequence, long end, long nowMillis) {
    if (sequence <= end) {
      aliases
          .find(tx, peer)
          .ifPresent(known ->
              tx.run(
                  "DELETE FROM claimed WHERE author = ? AND log = ? AND peer = ?",
                  author,
                  log,
                  known));
      return;
    }
    tx.run(
        "INSERT INTO claimed (author, log, peer, sequence, said_ms) VALUES (?, ?, ?, ?, ?)"
            + " ON CONFLICT (author, log, peer) DO UPDATE SET"
            + " sequence = excluded.sequence, said_ms = excluded.said_ms",
        author,
        log,
        aliases.number(tx, peer),
        sequence,
        nowMillis);
    tx.run(
        "DELETE FROM claimed WHERE author = ? AND log = ? AND peer NOT IN (SELECT peer FROM claimed"
            // What a clock gone wrong dated into the future must not outlast what is said now.
            + " WHERE author = ? AND log = ? ORDER BY abs(said_ms - ?), peer LIMIT ?)",
        author,
        log,
        author,
        log,
        nowMillis,
        PEERS_PER_LOG_MAX);
  }

  /**
   * @param author whose log
   * @param peer who says it
   * @param sequence up to which place it says that it has the log
   */
  record Claim(long author, String log, long peer, long sequence) {}

  /** What is claimed of an account's logs and not forgotten yet, the farthest first. */
  static List<Claim> about(Tx tx, AccountId account, long nowMillis) {
    return tx.all(
        row -> new Claim(row.number(0), row.text(1), row.number(2), row.number(3)),
        "SELECT c.author, c.log, c.peer, c.sequence FROM claimed c"
            + " JOIN account_identity i ON i.identity = c.author"
            // A clock gone wrong may have dated it into the future.
            + " WHERE i.account = ? AND abs(c.said_ms - ?) < ?"
            + " ORDER BY c.sequence DESC, c.peer",
        account.value(),
        nowMillis,
        LIFE_MILLIS);
  }

  /** The owner has heard what was claimed of a log, and decided. */
  static void forget(Tx tx, long author) {
    tx.run("DELETE FROM claimed WHERE author = ?", author);
  }
}
