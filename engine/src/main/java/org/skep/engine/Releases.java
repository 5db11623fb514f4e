package org.skep.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
   * Looks at every log once and drops those whose time is over; the views are then marked stale.
   *
   * @throws InterruptedException when the thread is interrupted between two slices
   */
  void run() throws InterruptedException {
    for (Log log : due()) {
      while (drop(log) > 0) {
        if (Thread.interrupted()) {
          throw new InterruptedException("the node stops");
        }
      }
    }
  }

  private int drop(Log log) {
    return store.write(
        Lane.REBUILD,
        tx -> {
          // Somebody may have come to want it since.
          Ref author = aliases.name(tx, log.author());
          int dropped =
              reach.asking(tx).isWanted(author)
                  ? 0
                  : feeds.release(tx, author, log.name(), SLICE_ENTRIES_MAX);
          if (dropped > 0) {
            Projections.markStale(tx);
          }
          return dropped;
        });
  }

  /**
   * What is to be done about the logs.
   *
   * @param begins not wanted since now
   * @param over wanted again
   * @param due to be dropped
   */
  private record Look(List<Log> begins, List<Log> over, List<Log> due) {}

  private List<Log> due() {
    long now = clock.wallMillis();
    Look look = store.read(tx -> look(tx, now));
    if (!look.begins().isEmpty() || !look.over().isEmpty()) {
      store.write(Lane.REBUILD, tx -> write(tx, look, now));
    }
    return look.due();
  }

  private Look look(Tx tx, long now) {
    Set<Long> wanted = new HashSet<>();
    Set<Long> blocked = new HashSet<>();
    List<Vault.Account> accounts = vault.accounts(tx);
    for (Vault.Account account : accounts) {
      Set<Long> own = Circle.own(tx, account.id());
      wanted.addAll(own);
      wanted.addAll(reach.of(tx, account.id()));
      // Without her log nobody would know any more that she does not want to be asked for.
      wanted.addAll(Reach.blockers(tx, own));
      blocked.addAll(Circle.blocked(tx, account.id()));
    }
    Map<Log, Long> since = since(tx);
    Look look = new Look(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (Log log : logs(tx)) {
      Long unwanted = since.get(log);
      if (wanted.contains(log.author())) {
        if (unwanted != null) {
          look.over().add(log);
        }
      } else if (accounts.size() == 1 && blocked.contains(log.author())) {
        look.due().add(log);
      } else if (unwanted == null || unwanted > now) {
        // Also where the clock was set back: a week is counted from a time that is over.
        look.begins().add(log);
      } else if (now - unwanted >= KEPT.toMillis()) {
        look.due().add(log);
      }
    }
    return look;
  }

  private static int write(Tx tx, Look look, long now) {
    for (Log log : look.over()) {
      tx.run("DELETE FROM unwanted WHERE author = ? AND log = ?", log.author(), log.name());
    }
    for (Log log : look.begins()) {
      tx.run(
          "INSERT INTO unwanted (author, log, since_ms) VALUES (?, ?, ?)"
              + " ON CONFLICT (author, log) DO UPDATE SET since_ms = excluded.since_ms",
          log.author(),
          log.name(),
          now);
    }
    return look.begins().size();
  }

  private static Map<Log, Long> since(Tx tx) {
    record Since(Log log, long millis) {}
    return tx
        .all(
            row -> new Since(new Log(row.number(0), row.text(1)), row.number(2)),
            "SELECT author, log, since_ms FROM unwanted")
        .stream()
        .collect(Collectors.toMap(Since::log, Since::millis));
  }

  private static List<Log> logs(Tx tx) {
    return tx.all(
        row -> new Log(row.number(0), row.text(1)),
        "SELECT author, log FROM feed WHERE head IS NOT NULL ORDER BY author, log");
  }
}
