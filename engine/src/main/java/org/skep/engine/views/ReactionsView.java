package org.skep.engine.views;

import java.util.List;
import org.skep.kernel.Aliases;
import org.skep.kernel.Announcement;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.Fact;
import org.skep.kernel.Projection;
import org.skep.kernel.Tx;

/** Who likes which post; the latest word of each identity about each name of a post. */
public final class ReactionsView implements Projection {
  private final Aliases aliases;

  public ReactionsView(Aliases aliases) {
    this.aliases = aliases;
  }

  @Override
  public String name() {
    return "reactions";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<String> schema() {
    return List.of(
        "CREATE TABLE {reactions.reaction} (target INTEGER NOT NULL, author INTEGER NOT NULL,"
            + " expression TEXT NOT NULL, is_on INTEGER NOT NULL, seq INTEGER NOT NULL,"
            + " PRIMARY KEY (target, author)) STRICT, WITHOUT ROWID");
  }

  @Override
  public void apply(Tx tx, Fact cause, DomainEvent event) {
    if (event instanceof DomainEvent.Reacted reacted) {
      tx.run(
          "INSERT INTO {reactions.reaction} (target, author, expression, is_on, seq)"
              + " VALUES (?, ?, ?, ?, ?) ON CONFLICT (target, author) DO UPDATE SET"
              + " expression = excluded.expression, is_on = excluded.is_on, seq = excluded.seq",
          aliases.number(tx, reacted.post()),
          aliases.number(tx, reacted.author()),
          reacted.expression(),
          reacted.on(),
          cause.localSeq());
      tx.announce(new Announcement.Reacted(reacted.post()));
    }
  }

  @Override
  public List<String> dump() {
    return List.of(
        "SELECT target || '|' || author || '|' || expression || '|' || is_on || '|' || seq"
            + " FROM {reactions.reaction} ORDER BY target, author");
  }
}
