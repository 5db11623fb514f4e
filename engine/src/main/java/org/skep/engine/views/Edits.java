package org.skep.engine.views;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.Fact;
import org.skep.kernel.Tx;

/**
 * Later words for posts, all of them, whoever said them. Those count that a post's own author said
 * of it or of other words of hers for it. Where two of her computers said something at once, what
 * was written later is the newer; each stays readable. The mentions, tags and attachments of words
 * stand beside those of posts, under the id of the fact that says them.
 */
final class Edits {
  /** A name for the rows in which everything stands that leads to a post, asked for once. */
  private static final String CHAIN =
      "WITH RECURSIVE chain(id, alias) AS (SELECT e.id, e.alias FROM {posts.edit} e"
          + " JOIN {posts.face} f ON f.alias = e.target WHERE f.post = ?"
          + " UNION SELECT e.id, e.alias FROM {posts.edit} e JOIN chain c ON e.target = c.alias) ";

  private final Bonds bonds;

  Edits(Bonds bonds) {
    this.bonds = bonds;
  }

  List<String> schema() {
    return List.of(
        // post and version are empty where the words do not count; faces of the same words have one
        // version, the id of the first.
        "CREATE TABLE {posts.edit} (id INTEGER PRIMARY KEY, alias INTEGER NOT NULL UNIQUE,"
            + " target INTEGER NOT NULL, author INTEGER NOT NULL, operation INTEGER,"
            + " text TEXT NOT NULL, warning TEXT NOT NULL, effective_ms INTEGER NOT NULL,"
            + " name TEXT NOT NULL, sealed INTEGER NOT NULL, seq INTEGER NOT NULL,"
            + " post INTEGER, version INTEGER) STRICT",
        "CREATE INDEX {posts.edit_by_target} ON {posts.edit} (target)",
        "CREATE INDEX {posts.edit_by_author} ON {posts.edit} (author)",
        "CREATE INDEX {posts.edit_by_post} ON {posts.edit} (post) WHERE post IS NOT NULL",
        "CREATE INDEX {posts.edit_by_version} ON {posts.edit} (version)"
            + " WHERE version IS NOT NULL");
  }

  /**
   * @param target the post, or earlier words for it
   */
  record Names(long alias, long target, long author, Optional<Long> operation) {}

  /**
   * Keeps words.
   *
   * @return false when they are here already
   */
  boolean keep(Tx tx, Fact cause, DomainEvent.Edited edited, Names names) {
    return tx.run(
            "INSERT OR IGNORE INTO {posts.edit} (id, alias, target, author, operation, text,"
                + " warning, effective_ms, name, sealed, seq) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
                + " ?)",
            cause.localId(),
            names.alias(),
            names.target(),
            names.author(),
            names.operation(),
            edited.text(),
            edited.contentWarning(),
            cause.effectiveMillis(),
            edited.edit().id(),
            edited.readers().isPresent(),
            cause.localSeq())
        > 0;
  }

  private record Words(
      long id, long alias, long author, Optional<Long> operation, boolean counted) {}

  /**
   * Finds out which words count for a post.
   *
   * @return whether others do than before
   */
  boolean applyTo(Tx tx, long post) {
    List<Words> all =
        tx.all(
            row ->
                new Words(
                    row.number(0), row.number(1), row.number(2), row.numberIfAny(3), row.flag(4)),
            CHAIN
                + "SELECT e.id, e.alias, e.author, e.operation, e.post IS p.post FROM chain c"
                + " JOIN {posts.edit} e ON e.id = c.id JOIN {posts.post} p ON p.post = ?"
                + " WHERE e.sealed = p.sealed AND p.kind IS NULL ORDER BY e.seq",
            post,
            post);
    if (all.isEmpty()) {
      return false;
    }
    List<Long> authors =
        tx.all(
            row -> row.number(0), "SELECT DISTINCT author FROM {posts.face} WHERE post = ?", post);
    List<Words> counting =
        all.stream()
            .filter(words ->
                authors.stream().anyMatch(author -> bonds.samePerson(tx, author, words.author())))
            .toList();
    List<Words> first = new ArrayList<>();
    for (Words words : counting) {
      Optional<Words> same = first.stream().filter(other -> areSame(words, other)).findFirst();
      if (same.isEmpty()) {
        first.add(words);
      }
      tx.run(
          "UPDATE {posts.edit} SET post = ?, version = ? WHERE id = ?",
          post,
          same.orElse(words).id(),
          words.id());
    }
    if (!counting.isEmpty()) {
      listUnderNewestTags(tx, post);
    }
    return counting.stream().anyMatch(words -> !words.counted());
  }

  /** A face of words names their operation, and two faces of one name the same. */
  private static boolean areSame(Words one, Words other) {
    return one.operation().filter(operation -> operation == other.alias()).isPresent()
        || other.operation().filter(operation -> operation == one.alias()).isPresent()
        || (one.operation().isPresent() && one.operation().equals(other.operation()));
  }

  /** Lists of what is said about something know posts alone. */
  private static void listUnderNewestTags(Tx tx, long post) {
    tx.number(
            "SELECT id FROM {posts.edit} WHERE post = ? AND version = id AND sealed = 0"
                + " ORDER BY effective_ms DESC, name DESC LIMIT 1",
            post)
        .ifPresent(newest -> {
          tx.run("DELETE FROM {posts.tag} WHERE post = ?", post);
          tx.run(
              "INSERT INTO {posts.tag} (tag, post) SELECT tag, ? FROM {posts.tag} WHERE post = ?",
              post,
              newest);
        });
  }

  /** The post that a name leads to, from words to earlier words and on. */
  Optional<Long> post(Tx tx, long alias) {
    return tx.number(
        "WITH RECURSIVE back(alias) AS (SELECT ? UNION SELECT e.target FROM {posts.edit} e"
            + " JOIN back b ON b.alias = e.alias) SELECT f.post FROM {posts.face} f"
            + " JOIN back b ON b.alias = f.alias LIMIT 1",
        alias);
  }

  /** Posts of which one of the two said something. */
  List<Long> targets(Tx tx, long one, long other) {
    return tx
        .all(
            row -> row.number(0),
            "SELECT target FROM {posts.edit} WHERE author IN (?, ?)",
            one,
            other)
        .stream()
        .flatMap(target -> post(tx, target).stream())
        .distinct()
        .toList();
  }

  String dump() {
    return "SELECT id || '|' || alias || '|' || target || '|' || author || '|'"
        + " || ifnull(operation, '') || '|' || text || '|' || warning || '|' || effective_ms"
        + " || '|' || sealed || '|' || seq || '|' || ifnull(post, '') || '|'"
        + " || ifnull(version, '') FROM {posts.edit} ORDER BY id";
  }
}
