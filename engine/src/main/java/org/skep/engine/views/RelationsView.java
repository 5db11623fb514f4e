package org.skep.engine.views;

import java.util.List;
import org.skep.kernel.Aliases;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.Fact;
import org.skep.kernel.Projection;
import org.skep.kernel.Tx;

/**
 * Who follows and blocks whom; the latest word of each identity about each other, what was said to
 * anybody and what was said to nobody else each by itself.
 *
 * <p>Each word keeps whether it was news: a person has several logs, and the past of one that is
 * fetched late must not overrule what she said since in another.
 */
public final class RelationsView implements Projection {
  private final Aliases aliases;

  public RelationsView(Aliases aliases) {
    this.aliases = aliases;
  }

  @Override
  public String name() {
    return "relations";
  }

  @Override
  public int version() {
    return 2;
  }

  @Override
  public List<String> schema() {
    return List.of(
        "CREATE TABLE {relations.relation} (author INTEGER NOT NULL, person INTEGER NOT NULL,"
            + " public INTEGER NOT NULL, state TEXT NOT NULL, news INTEGER NOT NULL,"
            + " seq INTEGER NOT NULL, PRIMARY KEY (author, person, public)) STRICT, WITHOUT ROWID",
        "CREATE INDEX {relations.relation_by_person} ON {relations.relation} (person)");
  }

  @Override
  public void apply(Tx tx, Fact cause, DomainEvent event) {
    if (event instanceof DomainEvent.Related related) {
      tx.run(
          "INSERT INTO {relations.relation} (author, person, public, state, news, seq)"
              + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (author, person, public) DO UPDATE"
              + " SET state = excluded.state, news = excluded.news, seq = excluded.seq"
              // What was sealed is read later than what came after it.
              + " WHERE excluded.seq > seq",
          aliases.number(tx, related.author()),
          aliases.number(tx, related.person()),
          related.isPublic(),
          related.state().name(),
          cause.news() ? 1 : 0,
          cause.localSeq());
    }
  }

  @Override
  public List<String> dump() {
    return List.of(
        "SELECT author || '|' || person || '|' || public || '|' || state || '|' || news || '|' || seq"
            + " FROM {relations.relation} ORDER BY author, person, public");
  }
}
