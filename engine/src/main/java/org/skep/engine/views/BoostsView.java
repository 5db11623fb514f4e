package org.skep.engine.views;

import java.util.List;
import java.util.Optional;
import org.skep.kernel.Aliases;
import org.skep.kernel.Announcement;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.Fact;
import org.skep.kernel.PostId;
import org.skep.kernel.Projection;
import org.skep.kernel.Tx;

/**
 * Who passes which post on; the latest word of each identity about each name of a post. A boost
 * stands in lists by itself, under the id of the fact that says it.
 */
public final class BoostsView implements Projection {
  private final Aliases aliases;

  public BoostsView(Aliases aliases) {
    this.aliases = aliases;
  }

  @Override
  public String name() {
    return "boosts";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public List<String> schema() {
    return List.of(
        "CREATE TABLE {boosts.boost} (target INTEGER NOT NULL, author INTEGER NOT NULL,"
            + " id INTEGER NOT NULL, said INTEGER NOT NULL, is_on INTEGER NOT NULL,"
            + " effective_ms INTEGER NOT NULL,"
            + " seq INTEGER NOT NULL, PRIMARY KEY (target, author)) STRICT, WITHOUT ROWID",
        "CREATE UNIQUE INDEX {boosts.boost_by_id} ON {boosts.boost} (id)",
        "CREATE INDEX {boosts.boost_by_author} ON {boosts.boost} (author, id) WHERE is_on = 1",
        "CREATE INDEX {boosts.boost_by_said} ON {boosts.boost} (said)");
  }

  @Override
  public void apply(Tx tx, Fact cause, DomainEvent event) {
    if (event instanceof DomainEvent.Deleted deleted) {
      takeBack(tx, deleted);
    } else if (event instanceof DomainEvent.Boosted boosted) {
      long target = aliases.number(tx, boosted.post());
      long author = aliases.number(tx, boosted.author());
      Optional<Long> before =
          tx.number(
              "SELECT id FROM {boosts.boost} WHERE target = ? AND author = ? AND is_on = 1",
              target,
              author);
      if (boosted.on() && before.isPresent()) {
        // Said again it is no news.
        return;
      }
      tx.run(
          "INSERT INTO {boosts.boost} (target, author, id, said, is_on, effective_ms, seq)"
              + " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (target, author) DO UPDATE SET"
              + " id = excluded.id, said = excluded.said, is_on = excluded.is_on,"
              + " effective_ms = excluded.effective_ms, seq = excluded.seq",
          target,
          author,
          cause.localId(),
          aliases.number(tx, cause.content().id()),
          boosted.on(),
          cause.effectiveMillis(),
          cause.localSeq());
      before.ifPresent(id -> tx.announce(new Announcement.EntryGone(new PostId(id))));
      if (boosted.on()) {
        tx.announce(new Announcement.PostShown(new PostId(cause.localId()), cause.news()));
      }
      tx.announce(new Announcement.Reacted(boosted.post()));
    }
  }

  /** Some pass on by a post, and take that post back. */
  private void takeBack(Tx tx, DomainEvent.Deleted deleted) {
    if (deleted.sealed()) {
      // What is open is not taken back by what only some can read, nor at the time they read it.
      return;
    }
    long said = aliases.number(tx, deleted.post());
    long author = aliases.number(tx, deleted.author());
    tx.number(
            "SELECT id FROM {boosts.boost} WHERE said = ? AND author = ? AND is_on = 1",
            said,
            author)
        .ifPresent(id -> {
          tx.run("UPDATE {boosts.boost} SET is_on = 0 WHERE said = ? AND author = ?", said, author);
          tx.announce(new Announcement.EntryGone(new PostId(id)));
        });
  }

  @Override
  public List<String> dump() {
    return List.of(
        "SELECT target || '|' || author || '|' || id || '|' || said || '|' || is_on || '|' || effective_ms"
            + " || '|' || seq FROM {boosts.boost} ORDER BY target, author");
  }
}
