package org.skep.engine.views;

import java.util.List;
import org.skep.kernel.Aliases;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.Fact;
import org.skep.kernel.Projection;
import org.skep.kernel.Tx;

/** What a person keeps for herself: how far she has read, and her bookmarks. */
public final class MarksView implements Projection {
  private final Aliases aliases;

  public MarksView(Aliases aliases) {
    this.aliases = aliases;
  }

  @Override
  public String name() {
    return "marks";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<String> schema() {
    return List.of(
        "CREATE TABLE {marks.read} (author INTEGER NOT NULL, timeline TEXT NOT NULL,"
            + " post INTEGER NOT NULL, effective_ms INTEGER NOT NULL, changes INTEGER NOT NULL,"
            + " PRIMARY KEY (author, timeline)) STRICT, WITHOUT ROWID",
        "CREATE TABLE {marks.bookmark} (author INTEGER NOT NULL, target INTEGER NOT NULL,"
            + " seq INTEGER NOT NULL, PRIMARY KEY (author, target)) STRICT, WITHOUT ROWID");
  }

  @Override
  public void apply(Tx tx, Fact cause, DomainEvent event) {
    switch (event) {
      case DomainEvent.ReadUpTo read ->
          tx.run(
              "INSERT INTO {marks.read} (author, timeline, post, effective_ms, changes)"
                  + " VALUES (?, ?, ?, ?, 1) ON CONFLICT (author, timeline) DO UPDATE SET"
                  + " post = excluded.post, effective_ms = excluded.effective_ms,"
                  + " changes = changes + 1",
              aliases.number(tx, read.author()),
              read.timeline(),
              read.post().value(),
              cause.effectiveMillis());
      case DomainEvent.Bookmarked mark -> {
        long author = aliases.number(tx, mark.author());
        long target = aliases.number(tx, mark.post());
        if (mark.on()) {
          tx.run(
              "INSERT OR IGNORE INTO {marks.bookmark} (author, target, seq) VALUES (?, ?, ?)",
              author,
              target,
              cause.localSeq());
        } else {
          tx.run("DELETE FROM {marks.bookmark} WHERE author = ? AND target = ?", author, target);
        }
      }
      case DomainEvent.PostPublished published -> {}
      case DomainEvent.Sealed sealed -> {}
      case DomainEvent.PersonDescribed described -> {}
      case DomainEvent.Related related -> {}
      case DomainEvent.Reacted reacted -> {}
      case DomainEvent.Boosted boosted -> {}
      case DomainEvent.Edited edited -> {}
      case DomainEvent.Deleted deleted -> {}
      case DomainEvent.FaceDeclared declared -> {}
    }
  }

  @Override
  public List<String> dump() {
    return List.of(
        "SELECT author || '|' || timeline || '|' || post || '|' || effective_ms || '|' || changes"
            + " FROM {marks.read} ORDER BY author, timeline",
        "SELECT author || '|' || target || '|' || seq FROM {marks.bookmark}"
            + " ORDER BY author, target");
  }
}
