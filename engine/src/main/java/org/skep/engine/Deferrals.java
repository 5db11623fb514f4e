package org.skep.engine;

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
 * Items that wait on disk for the entries before them: so many for each bringer, and so long, and
 * no more.
 */
final class Deferrals {
  static final int WAITING_PER_ORIGIN_MAX = 1_000;
  static final long LIFE_MILLIS = 7L * 24 * 3600 * 1000;

  private final Aliases aliases;

  Deferrals(Aliases aliases) {
    this.aliases = aliases;
  }

  /**
   * An item whose turn has come.
   *
   * @param origin who brought it
   */
  record Waiting(NetworkId network, Bytes bytes, Origin origin) {}

  /**
   * Keeps the item for later.
   *
   * @return false when this bringer has too many waiting
   */
  boolean defer(Tx tx, NewFact item, Origin origin, long nowMillis) {
    tx.run("DELETE FROM deferred WHERE received_ms < ?", nowMillis - LIFE_MILLIS);
    long bringer = origin(tx, origin.peer());
    long waiting = tx.number("SELECT count(*) FROM deferred WHERE origin = ?", bringer).orElse(0L);
    if (waiting >= WAITING_PER_ORIGIN_MAX) {
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

  private static long origin(Tx tx, String words) {
    return tx.number("SELECT number FROM origin WHERE words = ?", words)
        .orElseGet(() ->
            tx.number("INSERT INTO origin (words) VALUES (?) RETURNING number", words)
                .orElseThrow());
  }

  /** Takes out one item that stands at a place. */
  Optional<Waiting> take(Tx tx, Ref author, LogPosition after) {
    return aliases
        .find(tx, author)
        .flatMap(number ->
            tx.first(
                row ->
                    new Numbered(
                        row.number(0),
                        new Waiting(
                            new NetworkId(row.text(1)),
                            row.bytes(2),
                            new Origin(row.text(3), Lane.valueOf(row.text(4))))),
                "SELECT d.number, d.network, d.bytes, o.words, d.lane FROM deferred d"
                    + " JOIN origin o ON o.number = d.origin"
                    + " WHERE d.author = ? AND d.log = ? AND d.sequence = ? LIMIT 1",
                number,
                after.log(),
                after.sequence() + 1))
        .map(found -> {
          tx.run("DELETE FROM deferred WHERE number = ?", found.number());
          return found.item();
        });
  }

  private record Numbered(long number, Waiting item) {}
}
