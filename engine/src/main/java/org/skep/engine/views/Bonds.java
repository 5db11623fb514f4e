package org.skep.engine.views;

import java.util.List;
import org.skep.kernel.Tx;

/**
 * Which identities are one person. An identity may claim any other; it counts when the other claims
 * it back. Kept by each view that needs it, in its own tables.
 */
final class Bonds {
  private final String view;

  Bonds(String view) {
    this.view = view;
  }

  List<String> schema() {
    return List.of(
        "CREATE TABLE {"
            + view
            + ".declared} (author INTEGER NOT NULL, identity INTEGER NOT NULL,"
            + " PRIMARY KEY (author, identity)) STRICT, WITHOUT ROWID");
  }

  String dump() {
    return "SELECT author || '|' || identity FROM {"
        + view
        + ".declared} ORDER BY author, identity";
  }

  /**
   * Keeps the claim.
   *
   * @return whether both now claim each other
   */
  boolean declare(Tx tx, long author, long identity) {
    tx.run(
        "INSERT OR IGNORE INTO {" + view + ".declared} (author, identity) VALUES (?, ?)",
        author,
        identity);
    return samePerson(tx, author, identity);
  }

  boolean samePerson(Tx tx, long one, long other) {
    return one == other || (declared(tx, one, other) && declared(tx, other, one));
  }

  /**
   * A query: those that another yields as {@code author}, and whoever is one person with any of
   * them. It asks twice for what that one asks for.
   */
  String persons(String query) {
    return query
        + " UNION SELECT d.identity FROM {%1$s.declared} d JOIN {%1$s.declared} b".formatted(view)
        + " ON b.author = d.identity AND b.identity = d.author WHERE d.author IN ("
        + query
        + ")";
  }

  private boolean declared(Tx tx, long author, long identity) {
    return tx.number(
            "SELECT 1 FROM {" + view + ".declared} WHERE author = ? AND identity = ?",
            author,
            identity)
        .isPresent();
  }
}
