package org.skep.engine;

import java.util.Collection;
import java.util.Optional;
import org.skep.kernel.Aliases;
import org.skep.kernel.NewFact;
import org.skep.kernel.Tx;

/**
 * Keeps signed entries that can't stand in a log beside what is here, as evidence that the log was
 * forked: the first few of each log, so many and so many bytes in all, and no more. They are no
 * facts: nobody is served or shown them, and they go when the log is released.
 */
final class Forks {
  /** One proves it; some more show where the other log goes. */
  static final int PER_LOG_MAX = 4;

  static final int OTHERS_MAX = 1_000;
  static final long OTHERS_BYTES_MAX = 16L << 20;

  private final Aliases aliases;

  Forks(Aliases aliases) {
    this.aliases = aliases;
  }

  /**
   * Keeps an entry as evidence. Own logs always have room, so that nobody can hide what concerns
   * the owner behind the forks of others; there are few of them.
   *
   * @param place the place of the log at which two different entries are known
   * @param bringer see {@link org.skep.kernel.Origin#peer}
   * @return whether it is kept now and was not before
   */
  boolean keep(Tx tx, NewFact entry, long place, String bringer, long nowMillis) {
    long author = aliases.number(tx, entry.author());
    String log = entry.position().log();
    if (isKept(tx, author, log, entry.id().id())
        || count(tx, author, log) >= PER_LOG_MAX
        || !(isOwn(tx, author) || hasRoom(tx, entry.bytes().length()))) {
      return false;
    }
    tx.run(
        "INSERT INTO fork (author, log, place, foreign_id, origin, received_ms, bytes)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        author,
        log,
        place,
        entry.id().id(),
        Bringers.number(tx, bringer),
        nowMillis,
        entry.bytes());
    return true;
  }

  private static boolean isKept(Tx tx, long author, String log, String id) {
    return tx.number(
            "SELECT 1 FROM fork WHERE author = ? AND log = ? AND foreign_id = ?", author, log, id)
        .isPresent();
  }

  private static long count(Tx tx, long author, String log) {
    return tx.number("SELECT count(*) FROM fork WHERE author = ? AND log = ?", author, log)
        .orElse(0L);
  }

  private static boolean isOwn(Tx tx, long author) {
    return tx.number("SELECT 1 FROM account_identity WHERE identity = ?", author).isPresent();
  }

  private static boolean hasRoom(Tx tx, int bytes) {
    record Load(long items, long bytes) {}
    Load others =
        tx.first(
                row -> new Load(row.number(0), row.number(1)),
                "SELECT count(*), coalesce(sum(length(bytes)), 0) FROM fork"
                    + " WHERE author NOT IN (SELECT identity FROM account_identity)")
            .orElseThrow();
    return others.items() < OTHERS_MAX && others.bytes() + bytes <= OTHERS_BYTES_MAX;
  }

  /**
   * Where a log parts from what is here.
   *
   * @param place the first place at which two different entries are known
   * @param bringer who brought the other one, or one that follows it
   */
  record Parting(long place, String bringer) {}

  /** The first place at which somebody's logs part; empty when none does. */
  static Optional<Parting> parting(Tx tx, Collection<Long> authors) {
    return tx.first(
        row -> new Parting(row.number(0), row.text(1)),
        "SELECT f.place, o.words FROM fork f JOIN origin o ON o.number = f.origin"
            + " WHERE f.author IN (SELECT value FROM json_each(?)) ORDER BY f.place, f.number",
        Numbers.json(authors));
  }
}
