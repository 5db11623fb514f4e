package org.skep.engine.views;

import java.util.List;
import org.skep.kernel.Tx;

/**
 * What was taken back: by its own author it counts, by anybody else it says nothing, whichever came
 * first. The faces of such a post are remembered, so that a further one is not shown either.
 */
final class Tombstones {
  /** A condition: of a gone face {@code g} and another {@code f} one names the other. */
  private static final String LINKED =
      "(g.alias = f.operation OR g.operation = f.alias OR g.operation = f.operation)";

  private final Bonds bonds;

  Tombstones(Bonds bonds) {
    this.bonds = bonds;
  }

  List<String> schema() {
    return List.of(
        "CREATE TABLE {posts.tombstone} (target INTEGER NOT NULL, author INTEGER NOT NULL,"
            + " sealed INTEGER NOT NULL, PRIMARY KEY (target, author, sealed))"
            + " STRICT, WITHOUT ROWID",
        "CREATE INDEX {posts.tombstone_by_author} ON {posts.tombstone} (author)",
        "CREATE TABLE {posts.gone} (alias INTEGER PRIMARY KEY, post INTEGER NOT NULL,"
            + " author INTEGER NOT NULL, operation INTEGER, sealed INTEGER NOT NULL) STRICT",
        "CREATE INDEX {posts.gone_by_operation} ON {posts.gone} (operation)"
            + " WHERE operation IS NOT NULL",
        "CREATE INDEX {posts.gone_by_author} ON {posts.gone} (author)",
        // What stood with such posts. A list of what is to be cleared, and no part of the dump.
        "CREATE TABLE {posts.gone_blob} (blob BLOB PRIMARY KEY) STRICT, WITHOUT ROWID");
  }

  void keep(Tx tx, long target, long author, boolean sealed) {
    tx.run(
        "INSERT OR IGNORE INTO {posts.tombstone} (target, author, sealed) VALUES (?, ?, ?)",
        target,
        author,
        sealed);
  }

  boolean isGone(Tx tx, long alias) {
    return tx.number("SELECT 1 FROM {posts.gone} WHERE alias = ?", alias).isPresent();
  }

  /**
   * Puts the faces of a post away if it was taken back.
   *
   * @return whether it was; its rows elsewhere are then to be deleted
   */
  boolean applyTo(Tx tx, long post) {
    if (!isTakenBack(tx, post)) {
      return false;
    }
    tx.run(
        "INSERT INTO {posts.gone} (alias, post, author, operation, sealed)"
            + " SELECT f.alias, f.post, f.author, f.operation, p.sealed FROM {posts.face} f"
            + " JOIN {posts.post} p ON p.post = f.post WHERE f.post = ?",
        post);
    tx.run("DELETE FROM {posts.face} WHERE post = ?", post);
    tx.run(
        "INSERT OR IGNORE INTO {posts.gone_blob} (blob)"
            + " SELECT blob FROM {posts.attachment} WHERE post = ?"
            + " UNION SELECT a.blob FROM {posts.edit} e JOIN {posts.attachment} a ON a.post = e.id"
            + " WHERE e.post = ?",
        post,
        post);
    Edits.forget(tx, post);
    return true;
  }

  private boolean isTakenBack(Tx tx, long post) {
    return tx
        .all(
            row -> new long[] {row.number(0), row.number(1)},
            // What was sealed may be taken back in the open, but not the other way round.
            "SELECT t.author, o.author FROM {posts.face} f"
                + " JOIN {posts.post} p ON p.post = f.post"
                + " JOIN {posts.tombstone} t ON t.target = f.alias AND t.sealed <= p.sealed"
                + " JOIN {posts.face} o ON o.post = f.post WHERE f.post = ?"
                + " UNION SELECT g.author, f.author FROM {posts.face} f"
                + " JOIN {posts.post} p ON p.post = f.post"
                + " JOIN {posts.gone} g ON g.sealed = p.sealed AND "
                + LINKED
                + " WHERE f.post = ?",
            post,
            post)
        .stream()
        .anyMatch(pair -> bonds.samePerson(tx, pair[0], pair[1]));
  }

  /** Posts of which one of the two said something, or that belong to what is gone of theirs. */
  List<Long> targets(Tx tx, long one, long other) {
    return tx.all(
        row -> row.number(0),
        "SELECT f.post FROM {posts.tombstone} t JOIN {posts.face} f ON f.alias = t.target"
            + " WHERE t.author IN (?, ?)"
            + " UNION SELECT f.post FROM {posts.gone} g JOIN {posts.face} f ON "
            + LINKED
            + " WHERE g.author IN (?, ?)",
        one,
        other,
        one,
        other);
  }

  String dump() {
    return "SELECT target || '|' || author || '|' || sealed FROM {posts.tombstone}"
        + " ORDER BY target, author, sealed";
  }

  String dumpGone() {
    return "SELECT alias || '|' || post || '|' || author || '|' || ifnull(operation, '') || '|'"
        + " || sealed FROM {posts.gone} ORDER BY alias";
  }
}
