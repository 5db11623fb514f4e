package org.skep.engine;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skep.kernel.AccountId;
import org.skep.kernel.Aliases;
import org.skep.kernel.Ref;
import org.skep.kernel.Tx;

/**
 * What peers say they have of own logs beyond the end that is here: a number that nobody signed, so
 * it is told to the owner and stops nothing. The latest word of each peer counts, of so many peers
 * a log, friends before strangers, who come at no cost; for a month.
 */
final class Claims {
  static final int PEERS_PER_LOG_MAX = 64;
  static final long LIFE_MILLIS = 30L * 24 * 3600 * 1000;

  /** The same number is written down anew after so long, to show that it is still said. */
  private static final long SAID_AGAIN_MILLIS = 24L * 3600 * 1000;

  private final Aliases aliases;

  Claims(Aliases aliases) {
    this.aliases = aliases;
  }

  /** Whether {@link #said} would change anything. */
  boolean isNews(
      Tx tx, Ref peer, long author, String log, long sequence, long end, long nowMillis) {
    Optional<Long> known = aliases.find(tx, peer);
    if (sequence <= end) {
      return known
          .flatMap(number ->
              tx.number(
                  "SELECT 1 FROM claimed WHERE author = ? AND log = ? AND peer = ?",
                  author,
                  log,
                  number))
          .isPresent();
    }
    return known
        .flatMap(number ->
            tx.number(
                "SELECT 1 FROM claimed WHERE author = ? AND log = ? AND peer = ?"
                    + " AND sequence = ? AND abs(said_ms - ?) < ?",
                author,
                log,
                number,
                sequence,
                nowMillis,
                SAID_AGAIN_MILLIS))
        .isEmpty();
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
    forgetTooMany(tx, author, log, nowMillis);
  }

  /** Of too many the oldest word goes, a stranger's before a friend's. */
  private static void forgetTooMany(Tx tx, long author, String log, long nowMillis) {
    List<Long> latestFirst =
        tx.all(
            row -> row.number(0),
            // What a clock gone wrong dated into the future must not outlast what is said now.
            "SELECT peer FROM claimed WHERE author = ? AND log = ? ORDER BY abs(said_ms - ?), peer",
            author,
            log,
            nowMillis);
    if (latestFirst.size() <= PEERS_PER_LOG_MAX) {
      return;
    }
    Set<Long> friends = friends(tx, author);
    latestFirst.stream()
        .sorted(Comparator.comparing(peer -> !friends.contains(peer)))
        .skip(PEERS_PER_LOG_MAX)
        .forEach(peer ->
            tx.run(
                "DELETE FROM claimed WHERE author = ? AND log = ? AND peer = ?",
                author,
                log,
                peer));
  }

  /** Whom they follow whose log it is. */
  static Set<Long> friends(Tx tx, long author) {
    Set<Long> friends = new HashSet<>();
    tx.all(
            row -> new AccountId(row.number(0)),
            "SELECT account FROM account_identity WHERE identity = ?",
            author)
        .forEach(account -> friends.addAll(Circle.of(tx, account).followed()));
    return friends;
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
