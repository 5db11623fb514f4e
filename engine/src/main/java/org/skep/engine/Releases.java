package org.skep.engine;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skep.kernel.Aliases;
import org.skep.kernel.Clock;
import org.skep.kernel.Feeds;
import org.skep.kernel.Lane;
import org.skep.kernel.Ref;
import org.skep.kernel.Store;
import org.skep.kernel.Tx;
import org.skep.kernel.Vault;

/**
 * Lets go of logs that no account wants any more: at once when somebody here blocks the author, and
 * else after a week, in which one may change one's mind. What is let go of is fetched anew should
 * it be wanted again.
 */
final class Releases {
  /** How long a log is kept that nobody wants. */
  static final Duration KEPT = Duration.ofDays(7);

  /** Dropped in one transaction, so that nobody waits for long. */
  private static final int SLICE_ENTRIES_MAX = 200;

  private final Store store;
  private final Feeds feeds;
  private final Aliases aliases;
  private final Vault vault;
  private final Reach reach;
  private final Clock clock;

  Releases(Store store, Feeds feeds, Aliases aliases, Vault vault, Reach reach, Clock clock) {
    this.store = store;
    this.feeds = feeds;
    this.aliases = aliases;
    this.vault = vault;
    this.reach = reach;
    this.clock = clock;
  }

  /** One author's log, by number. */
  private record Log(long author, String name) {}

  /**
   * Looks at every log once and drops those whose time is over.
   *
   * @return how many entries were dropped; the views still show them
   * @throws InterruptedException when the thread is interrupted between two slices
   */
  long run() throws InterruptedException {
    List<Log> due = store.write(Lane.REBUILD, this::due);
    long dropped = 0;
    for (Log log : due) {
      int now = drop(log);
      while (now > 0) {
        dropped += now;
        if (Thread.interrupted()) {
          throw new InterruptedException("the node stops");
        }
        now = drop(log);
      }
    }
    return dropped;
  }

  private int drop(Log log) {
    return store.write(
        Lane.REBUILD,
        tx -> {
          // Somebody may have come to want it since.
          Ref author = aliases.name(tx, log.author());
          return reach.asking(tx).isWanted(author)
              ? 0
              : feeds.release(tx, author, log.name(), SLICE_ENTRIES_MAX);
        });
  }

  /** Writes down what is not wanted since now, forgets what is wanted again. */
  private List<Log> due(Tx tx) {
    Set<Long> wanted = new HashSet<>();
    Set<Long> blocked = new HashSet<>();
    for (Vault.Account account : vault.accounts(tx)) {
      wanted.addAll(reach.of(tx, account.id()));
      wanted.addAll(Circle.own(tx, account.id()));
      blocked.addAll(Circle.blocked(tx, account.id()));
    }
    long now = clock.wallMillis();
    return logs(tx).stream()
        .filter(log ->
            isOver(tx, log, wanted.contains(log.author()), now)
                || (blocked.contains(log.author()) && !wanted.contains(log.author())))
        .toList();
  }

  private static List<Log> logs(Tx tx) {
    return tx.all(
        row -> new Log(row.number(0), row.text(1)),
        "SELECT author, log FROM feed WHERE head IS NOT NULL ORDER BY author, log");
  }

  private static boolean isOver(Tx tx, Log log, boolean wanted, long now) {
    if (wanted) {
      tx.run("DELETE FROM unwanted WHERE author = ? AND log = ?", log.author(), log.name());
      return false;
    }
    Optional<Long> since =
        tx.number(
            "SELECT since_ms FROM unwanted WHERE author = ? AND log = ?", log.author(), log.name());
    if (since.isEmpty() || since.get() > now) {
      // Also where the clock was set back: a week is counted from a time that is over.
      tx.run(
          "INSERT INTO unwanted (author, log, since_ms) VALUES (?, ?, ?)"
              + " ON CONFLICT (author, log) DO UPDATE SET since_ms = excluded.since_ms",
          log.author(),
          log.name(),
          now);
      return false;
    }
    return now - since.get() >= KEPT.toMillis();
  }
}
