package org.skep.engine.views;

import java.util.List;
import org.skep.kernel.Aliases;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.Fact;
import org.skep.kernel.Projection;
import org.skep.kernel.Ref;
import org.skep.kernel.Tx;

/**
 * The words of every face of every post, and those said anew, for searching; a row's number is the
 * alias of whichever it is.
 */
public final class SearchView implements Projection {
  private final Aliases aliases;

  public SearchView(Aliases aliases) {
    this.aliases = aliases;
  }

  @Override
  public String name() {
    return "search";
  }

  @Override
  public int version() {
    return 3;
  }

  @Override
  public List<String> schema() {
    return List.of(
        "CREATE VIRTUAL TABLE {search.words} USING fts5(text,"
            + " tokenize = 'unicode61 remove_diacritics 2', content = '', contentless_delete = 1)",
        "CREATE TABLE {search.face} (alias INTEGER PRIMARY KEY) STRICT");
  }

  @Override
  public void apply(Tx tx, Fact cause, DomainEvent event) {
    if (event instanceof DomainEvent.PostPublished published) {
      index(tx, published.post(), published.contentWarning() + "\n" + published.text());
    } else if (event instanceof DomainEvent.Edited edited && edited.readers().isEmpty()) {
      // Which words of a letter count is another matter for each account; it is found by its first.
      index(tx, edited.edit(), edited.contentWarning() + "\n" + edited.text());
    }
  }

  private void index(Tx tx, Ref name, String words) {
    long alias = aliases.number(tx, name);
    if (tx.run("INSERT OR IGNORE INTO {search.face} (alias) VALUES (?)", alias) == 0) {
      return;
    }
    tx.run("INSERT INTO {search.words} (rowid, text) VALUES (?, ?)", alias, words);
  }

  /** An index of words has no canonical rows, so it is asked for a few frequent beginnings. */
  @Override
  public List<String> dump() {
    return List.of(
        "SELECT CAST(alias AS TEXT) FROM {search.face} ORDER BY alias",
        found("a*"),
        found("h*"),
        found("s*"),
        found("t*"));
  }

  private static String found(String words) {
    return "SELECT CAST(rowid AS TEXT) FROM {search.words} WHERE {search.words} MATCH '"
        + words
        + "' ORDER BY rowid";
  }
}
