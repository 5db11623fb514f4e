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
 * Items that wait on disk for the entries before them: so many and so many bytes for each bringer,
 * so many and so many bytes in all, and so long, and no more. Nobody is served or shown them.
 */
final class Deferrals {
  static final int WAITING_PER_ORIGIN_MAX = 1_000;
  static final int WAITING_MAX = 20_000;

  /** Room for 1,000 of Scuttlebutt's longest messages, as long as they are in plain letters. */
  static final long WAITING_BYTES_PER_ORIGIN_MAX = 8L << 20;

  static final long WAITING_BYTES_MAX = 64L << 20;
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
   * Keeps the item for later. One that waits already needs no more room, whoever brings it again.
   *
   * @return false when too much waits already
   */
  boolean defer(Tx tx, NewFact item, Origin origin, long nowMillis) {
    if (Math.abs(nowMillis - expiredAtMillis) > EXPIRY_EVERY_MILLIS) {
      expire(tx, nowMillis);
      expiredAtMillis = nowMillis;
    }
    if (waits(tx, item.id())) {
      return true;
    }
    if (!hasRoom(tx, origin, item.bytes().length())) {
      return false;
    }
    tx.forget(new NothingWaits(item.author(), item.position().log()));
    tx.run(
        "INSERT INTO deferred (network, author, log, sequence, alias, origin, lane, received_ms,"
            + " bytes, length_bytes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        item.id().network().name(),
        aliases.number(tx, item.author()),
        item.position().log(),
        item.position().sequence(),
        aliases.number(tx, item.id()),
        Bringers.number(tx, origin.peer()),
        origin.lane().name(),
        nowMillis,
        item.bytes(),
        item.bytes().length());
    return true;
  }

  private boolean waits(Tx tx, Ref id) {
    return aliases
        .find(tx, id)
        .flatMap(number -> tx.number("SELECT 1 FROM deferred WHERE alias = ?", number))
        .isPresent();
  }

  private record Load(long items, long bytes) {}

  /** For whom there is none leaves no name here either. */
  private static boolean hasRoom(Tx tx, Origin origin, int bytes) {
    String load = "SELECT count(*), coalesce(sum(length_bytes), 0) FROM deferred";
    Load his =
        load(
            tx,
            load + " WHERE origin = (SELECT number FROM origin WHERE words = ?)",
            origin.peer());
    if (his.items() >= WAITING_PER_ORIGIN_MAX
        || his.bytes() + bytes > WAITING_BYTES_PER_ORIGIN_MAX) {
      return false;
    }
    Load all = load(tx, load);
    return all.items() < WAITING_MAX && all.bytes() + bytes <= WAITING_BYTES_MAX;
  }

  private static Load load(Tx tx, String sql, Object... arguments) {
    return tx.first(row -> new Load(row.number(0), row.number(1)), sql, arguments).orElseThrow();
  }

  /** Drops what waited too long; also what a clock gone wrong dated into the future. */
  private static void expire(Tx tx, long nowMillis) {
    tx.run(
        "DELETE FROM deferred WHERE received_ms < ? OR received_ms > ?",
        nowMillis - LIFE_MILLIS,
        nowMillis + LIFE_MILLIS);
  }

  /** Whether something need not wait any longer once this place is taken. */
  boolean isDue(Tx tx, Ref author, LogPosition taken) {
    NothingWaits key = new NothingWaits(author, taken.log());
    Optional<Long> number = aliases.find(tx, author);
    boolean nothing =
        tx.once(
                key,
                () ->
                    number
                            .flatMap(known ->
                                tx.number(
                                    "SELECT 1 FROM deferred WHERE author = ? AND log = ? LIMIT 1",
                                    known,
                                    taken.log()))
                            .isEmpty()
                        ? Optional.of(true)
                        : Optional.empty())
            .isPresent();
    return !nothing && isDue(tx, number, taken);
  }

  /** For a log for which nothing waits, until something does. */
  private record NothingWaits(Ref author, String log) {}

  private static boolean isDue(Tx tx, Optional<Long> author, LogPosition taken) {
    return author
        .flatMap(number ->
            tx.number(
                "SELECT 1 FROM deferred WHERE author = ? AND log = ? AND sequence <= ? LIMIT 1",
                number,
                taken.log(),
                taken.sequence() + 1))
        .isPresent();
  }

  /**
   * The lowest item that need not wait any longer: it stands next after the end of the log, or at a
   * place that was taken by another meanwhile. What came by another road is dropped.
   */
  Optional<Waiting> next(Tx tx, Judge.Log log, long end) {
    long author = aliases.number(tx, log.author());
    tx.run(
        "DELETE FROM deferred WHERE author = ? AND log = ? AND sequence <= ?"
            + " AND EXISTS (SELECT 1 FROM fact WHERE fact.alias = deferred.alias)",
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
            + " WHERE d.author = ? AND d.log = ? AND d.sequence <= ?"
            + " ORDER BY d.sequence, d.number LIMIT 1",
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
