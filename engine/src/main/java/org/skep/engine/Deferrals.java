package org.skep.engine;

import java.util.List;
import java.util.Optional;
import org.skep.kernel.Aliases;
import org.skep.kernel.Bytes;
import org.skep.kernel.Lane;
import org.skep.kernel.LogPosition;
import org.skep.kernel.NetworkId;
import org.skep.kernel.NewFact;
import org.skep.kernel.Origin;
import org.skep.kernel.Ref;
import org.skep.kernel.Tx;

/**
 * Items that wait on disk for the entries before them: so many for each bringer, so many in all,
 * and so long, and no more.
 */
final class Deferrals {
  static final int WAITING_PER_ORIGIN_MAX = 1_000;
  static final int WAITING_MAX = 20_000;
  static final long LIFE_MILLIS = 7L * 24 * 3600 * 1000;

  private static final long EXPIRY_EVERY_MILLIS = 3600 * 1000L;

  private final Aliases aliases;

  /** Looked at by the store's one writer only. */
  private long expiredAtMillis;

  Deferrals(Aliases aliases) {
    this.aliases = aliases;
  }

  /**
   * An item that waits.
   *
   * @param origin who brought it
   */
  record Waiting(long number, NetworkId network, Bytes bytes, Origin origin) {}

  /**
   * Keeps the item for later.
   *
   * @return false when too many wait already
   */
  boolean defer(Tx tx, NewFact item, Origin origin, long nowMillis) {
    if (Math.abs(nowMillis - expiredAtMillis) > EXPIRY_EVERY_MILLIS) {
      expire(tx, nowMillis);
      expiredAtMillis = nowMillis;
    }
    long bringer = origin(tx, origin.peer());
    if (!hasRoom(tx, bringer)) {
      return false;
    }
    tx.run(
        "INSERT OR IGNORE INTO deferred (network, author, log, sequence, alias, origin, lane,"
            + " received_ms, bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        item.id().network().name(),
        aliases.number(tx, item.author()),
        item.position().log(),
        item.position().sequence(),
        aliases.number(tx, item.id()),
        bringer,
        origin.lane().name(),
        nowMillis,
        item.bytes());
    return true;
  }

  private static boolean hasRoom(Tx tx, long bringer) {
    return tx.number("SELECT count(*) FROM deferred WHERE origin = ?", bringer).orElse(0L)
            < WAITING_PER_ORIGIN_MAX
        && tx.number("SELECT count(*) FROM deferred").orElse(0L) < WAITING_MAX;
  }

  /** Drops what waited too long; also what a clock gone wrong dated into the future. */
  private static void expire(Tx tx, long nowMillis) {
    tx.run(
        "DELETE FROM deferred WHERE received_ms < ? OR received_ms > ?",
        nowMillis - LIFE_MILLIS,
        nowMillis + LIFE_MILLIS);
  }

  private static long origin(Tx tx, String words) {
    return tx.number("SELECT number FROM origin WHERE words = ?", words)
        .orElseGet(() ->
            tx.number("INSERT INTO origin (words) VALUES (?) RETURNING number", words)
                .orElseThrow());
  }

  /** Whether something waits for just this place to be taken. */
  boolean isNext(Tx tx, Ref author, LogPosition taken) {
    return aliases
        .find(tx, author)
        .flatMap(number ->
            tx.number(
                "SELECT 1 FROM deferred WHERE author = ? AND log = ? AND sequence = ? LIMIT 1",
                number,
                taken.log(),
                taken.sequence() + 1))
        .isPresent();
  }

  /** One item that stands next after the end of a log; what stands before it is dropped. */
  Optional<Waiting> next(Tx tx, Judge.Log log, long end) {
    long author = aliases.number(tx, log.author());
    tx.run(
        "DELETE FROM deferred WHERE author = ? AND log = ? AND sequence <= ?",
        author,
        log.log(),
        end);
    return tx.first(
        row ->
            new Waiting(
                row.number(0),
                new NetworkId(row.text(1)),
                row.bytes(2),
                new Origin(row.text(3), Lane.valueOf(row.text(4)))),
        "SELECT d.number, d.network, d.bytes, o.words, d.lane FROM deferred d"
            + " JOIN origin o ON o.number = d.origin"
            + " WHERE d.author = ? AND d.log = ? AND d.sequence = ? ORDER BY d.number LIMIT 1",
        author,
        log.log(),
        end + 1);
  }

  void forget(Tx tx, Waiting waiting) {
    tx.run("DELETE FROM deferred WHERE number = ?", waiting.number());
  }

  /** The logs in which anything waits. */
  List<Judge.Log> logs(Tx tx) {
    record Named(long author, String log) {}
    return tx
        .all(
            row -> new Named(row.number(0), row.text(1)),
            "SELECT DISTINCT author, log FROM deferred ORDER BY author, log")
        .stream()
        .map(named -> new Judge.Log(aliases.name(tx, named.author()), named.log()))
        .toList();
  }
}
