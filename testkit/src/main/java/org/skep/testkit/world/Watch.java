package org.skep.testkit.world;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.skep.app.Node;
import org.skep.kernel.Announcement;
import org.skep.kernel.Feeds;
import org.skep.kernel.Ref;
import org.skep.kernel.StoreException;
import org.skep.kernel.Tx;
import org.skep.store.SqliteAliases;
import org.skep.store.SqliteFacts;

/**
 * Looks on while a world goes by: what a node announced it has, the ends of logs only grow, and no
 * view is behind.
 */
final class Watch {
  private static final String LOG = "";
  private static final long WAITING_PER_ORIGIN_MAX = 1_000;

  private final World world;

  /** The last entry that each machine announced of each log, over all its starts. */
  private final Map<Machine, Map<Ref, Long>> announced = new HashMap<>();

  private boolean mayLetGo;

  Watch(World world) {
    this.world = world;
  }

  /** Somebody follows somebody no longer: logs that nobody wants may go, and come again. */
  void mayLetGo() {
    mayLetGo = true;
  }

  /** A node runs; nothing that it announced before may be gone. */
  void begun(Machine machine, Node node) {
    Map<Ref, Long> heads = announced.computeIfAbsent(machine, _ -> new LinkedHashMap<>());
    Look look = new Look(machine, node, heads);
    node.store().subscribe(look::hear);
    look.at(Map.copyOf(heads));
  }

  /** From one start of a node to its end. */
  private final class Look {
    private final Machine machine;
    private final Node node;
    private final Feeds feeds;
    private final Map<Ref, Long> heads;
    private final Map<Ref, Long> fresh = new LinkedHashMap<>();

    Look(Machine machine, Node node, Map<Ref, Long> heads) {
      this.machine = machine;
      this.node = node;
      this.feeds = new SqliteFacts(node.store(), new SqliteAliases());
      this.heads = heads;
    }

    private boolean runs() {
      return machine.node().filter(node::equals).isPresent();
    }

    void hear(Announcement announcement) {
      if (!(announcement instanceof Announcement.EntryKept kept)
          || !kept.log().equals(LOG)
          || !runs()) {
        return;
      }
      Long before = heads.put(kept.author(), kept.sequence());
      if (before != null && kept.sequence() <= before && isKept(machine, kept.author())) {
        fail(
            "announced entry %d of %s after entry %d"
                .formatted(kept.sequence(), kept.author(), before));
      }
      if (fresh.isEmpty()) {
        world.fork("watch", this::lookAtWhatIsFresh);
      }
      fresh.put(kept.author(), kept.sequence());
    }

    private void lookAtWhatIsFresh() {
      Map<Ref, Long> now = new LinkedHashMap<>(fresh);
      fresh.clear();
      at(now);
    }

    /** Looks at logs whose last entries were announced, and at the views, at one moment. */
    void at(Map<Ref, Long> sequences) {
      try {
        node.store()
            .read(tx -> {
              sequences.forEach((author, sequence) -> check(tx, author, sequence));
              checkViews(tx);
              checkWhatWaits(tx);
              return true;
            });
      } catch (StoreException e) {
        if (runs()) {
          throw e;
        }
      }
    }

    private void check(Tx tx, Ref author, long sequence) {
      long head = feeds.head(tx, author, LOG).map(Feeds.Head::sequence).orElse(0L);
      if (head < sequence && isKept(machine, author)) {
        fail("announced entry %d of %s and has %d".formatted(sequence, author, head));
      }
    }

    /** Rows and offset stand in one transaction: at no moment is one of them further. */
    private void checkViews(Tx tx) {
      boolean behind =
          tx.number(
                  "SELECT 1 FROM projection WHERE offset >= 0"
                      + " AND offset < (SELECT max(local_seq) FROM fact) LIMIT 1")
              .isPresent();
      if (behind) {
        fail("has a view that is not where its rows are");
      }
    }

    /** The bounds of docs/abuse.md. */
    private void checkWhatWaits(Tx tx) {
      long most =
          tx.number(
                  "SELECT max(waiting) FROM (SELECT count(*) AS waiting FROM deferred GROUP BY origin)")
              .orElse(0L);
      if (most > WAITING_PER_ORIGIN_MAX) {
        fail("keeps %d entries waiting for one who brought them".formatted(most));
      }
    }

    private void fail(String what) {
      world.fail(new WorldException(machine.name() + " " + what));
    }
  }

  /** Whether a log is one that can't have been let go of. */
  private boolean isKept(Machine machine, Ref author) {
    return !mayLetGo
        || world.people().stream()
            .anyMatch(person -> person.machine().equals(machine) && person.feed().equals(author));
  }
}
