package org.skep.engine.views;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.Fact;
import org.skep.kernel.Row;
import org.skep.kernel.Tx;

/**
 * Later words for posts, all of them, whoever said them. Those count that a post's own author said
 * of it or of other words of hers for it. In one log the later are the newer, whatever the clock of
 * its computer said; where two of her computers said something at once, what was written later is.
 * Each stays readable, but of one log no more than the newest count: whoever says something anew
 * without end does not make each time dearer. The mentions, tags and attachments of words stand
 * beside those of posts, under the id of the fact that says them.
 */
final class Edits {
  /** How many of those that one identity says for one post in one log count. */
  private static final int COUNTING_MAX = 128;

  /** A query: what one identity said in one log that leads to one face. */
  private static final String NEWEST =
      "SELECT id, alias, author, log, sequence, operation, effective_ms, seq, post, version, rank"
          + " FROM {posts.edit} WHERE head = ? AND author = ? AND sealed = ? AND log = ?"
          + " ORDER BY sequence DESC LIMIT "
          + COUNTING_MAX;

  private final Bonds bonds;

  Edits(Bonds bonds) {
    this.bonds = bonds;
  }

  List<String> schema() {
    return List.of(
        // head is where the words lead to as far as is known: what is no other words any more.
        // post, version and rank are empty where the words do not count; faces of the same words
        // have one version, the id of the first, and one rank: the newest words have the greatest.
        "CREATE TABLE {posts.edit} (id INTEGER PRIMARY KEY, alias INTEGER NOT NULL UNIQUE,"
            + " target INTEGER NOT NULL, head INTEGER NOT NULL, author INTEGER NOT NULL,"
            + " log TEXT NOT NULL,"
            + " sequence INTEGER NOT NULL, operation INTEGER, effective_ms INTEGER NOT NULL,"
            + " name TEXT NOT NULL, sealed INTEGER NOT NULL, seq INTEGER NOT NULL,"
            + " post INTEGER, version INTEGER, rank INTEGER,"
            // At the end, so that they need not be read over.
            + " warning TEXT NOT NULL, text TEXT NOT NULL) STRICT",
        "CREATE INDEX {posts.edit_by_head} ON {posts.edit} (head, author, sealed, log, sequence)",
        "CREATE INDEX {posts.edit_by_author} ON {posts.edit} (author)",
        "CREATE INDEX {posts.edit_by_post} ON {posts.edit} (post) WHERE post IS NOT NULL",
        "CREATE INDEX {posts.edit_newest} ON {posts.edit} (post, rank DESC, name DESC)"
            + " WHERE version = id",
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
    long head =
        tx.number("SELECT head FROM {posts.edit} WHERE alias = ?", names.target())
            .orElse(names.target());
    boolean isNew =
        tx.run(
                "INSERT OR IGNORE INTO {posts.edit} (id, alias, target, head, author, log, sequence,"
                    + " operation, text, warning, effective_ms, name, sealed, seq)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                cause.localId(),
                names.alias(),
                names.target(),
                head,
                names.author(),
                cause.content().position().log(),
                cause.content().position().sequence(),
                names.operation(),
                edited.text(),
                edited.contentWarning(),
                cause.effectiveMillis(),
                edited.edit().id(),
                edited.readers().isPresent(),
                cause.localSeq())
            > 0;
    if (isNew) {
      // Later words may have come before these.
      tx.run("UPDATE {posts.edit} SET head = ? WHERE head = ?", head, names.alias());
    }
    return isNew;
  }

  /** Words, and what they were found to be last. */
  private record Words(
      long id,
      long alias,
      long author,
      String log,
      long sequence,
      Optional<Long> operation,
      long effectiveMillis,
      long seq,
      Optional<Long> post,
      Optional<Long> version,
      Optional<Long> rank) {

    boolean isIn(Words other) {
      return author == other.author && log.equals(other.log);
    }
  }

  /**
   * Finds out which words count for a post.
   *
   * @return whether others do than before
   */
  boolean applyTo(Tx tx, long post) {
    List<Words> counting = counting(tx, post);
    if (counting.isEmpty()) {
      return false;
    }
    forgetOthers(tx, post, counting);
    Map<Long, Long> versions = versions(counting);
    Map<Long, Long> ranks = ranks(counting, versions);
    for (Words words : counting) {
      long version = versions.getOrDefault(words.id(), words.id());
      long rank = ranks.getOrDefault(version, words.effectiveMillis());
      // Whoever says something anew without end shall not have all of it written each time.
      if (!words.post().equals(Optional.of(post))
          || !words.version().equals(Optional.of(version))
          || !words.rank().equals(Optional.of(rank))) {
        tx.run(
            "UPDATE {posts.edit} SET post = ?, version = ?, rank = ? WHERE id = ?",
            post,
            version,
            rank,
            words.id());
      }
    }
    listUnderNewestTags(tx, post);
    return counting.stream().anyMatch(words -> !words.post().equals(Optional.of(post)));
  }

  /** Lets no words count for a post that is none any more. */
  static void forget(Tx tx, long post) {
    tx.run("UPDATE {posts.edit} SET post = NULL, version = NULL, rank = NULL WHERE post = ?", post);
  }

  /** Takes those out that newer ones of the same log have pushed out. */
  private static void forgetOthers(Tx tx, long post, List<Words> counting) {
    Set<Long> ids = counting.stream().map(Words::id).collect(Collectors.toSet());
    tx.all(row -> row.number(0), "SELECT id FROM {posts.edit} WHERE post = ?", post).stream()
        .filter(id -> !ids.contains(id))
        .forEach(id ->
            tx.run(
                "UPDATE {posts.edit} SET post = NULL, version = NULL, rank = NULL WHERE id = ?",
                id));
  }

  /** Those that count, in the order in which they came. What strangers say is not looked at. */
  private List<Words> counting(Tx tx, long post) {
    record Said(long head, long author, boolean sealed) {}
    record Log(long author, String name) {}
    List<Words> newest = new ArrayList<>();
    for (Said said :
        tx.all(
            row -> new Said(row.number(0), row.number(1), row.flag(2)),
            "SELECT f.alias, a.author, p.sealed FROM {posts.post} p"
                + " JOIN {posts.face} f ON f.post = p.post JOIN ("
                + bonds.persons("SELECT author FROM {posts.face} WHERE post = ?")
                + ") a WHERE p.post = ? AND p.kind IS NULL AND EXISTS (SELECT 1 FROM {posts.edit} e"
                + " WHERE e.head = f.alias AND e.author = a.author AND e.sealed = p.sealed)",
            post,
            post,
            post)) {
      Optional<String> log = Optional.of("");
      while (log.isPresent()) {
        newest.addAll(
            tx.all(Edits::words, NEWEST, said.head(), said.author(), said.sealed(), log.get()));
        log =
            tx.first(
                row -> row.text(0),
                "SELECT log FROM {posts.edit} WHERE head = ? AND author = ? AND sealed = ?"
                    + " AND log > ? ORDER BY log LIMIT 1",
                said.head(),
                said.author(),
                said.sealed(),
                log.get());
      }
    }
    // Of one log's words some may lead to one face and some to another.
    Map<Log, Integer> newer = new HashMap<>();
    newest.sort(Comparator.comparingLong(Words::sequence).reversed());
    return newest.stream()
        .filter(words ->
            newer.merge(new Log(words.author(), words.log()), 1, Integer::sum) <= COUNTING_MAX)
        .sorted(Comparator.comparingLong(Words::seq))
        .toList();
  }

  private static Words words(Row row) {
    return new Words(
        row.number(0),
        row.number(1),
        row.number(2),
        row.text(3),
        row.number(4),
        row.numberIfAny(5),
        row.number(6),
        row.number(7),
        row.numberIfAny(8),
        row.numberIfAny(9),
        row.numberIfAny(10));
  }

  /**
   * For each words' id the id of the first face of the same: a face names its operation, and two
   * faces of one name the same.
   */
  private static Map<Long, Long> versions(List<Words> counting) {
    Map<Long, Long> named = new HashMap<>();
    Map<Long, Long> versions = new HashMap<>();
    for (Words words : counting) {
      Optional<Long> known =
          Optional.ofNullable(named.get(words.alias())).or(() -> words.operation().map(named::get));
      long version = known.orElse(words.id());
      named.putIfAbsent(words.alias(), version);
      words.operation().ifPresent(operation -> named.putIfAbsent(operation, version));
      versions.put(words.id(), version);
    }
    return versions;
  }

  /** Logs of one person may contradict each other; then that is how often they are heard. */
  private static final int PASSES_MAX = 8;

  /**
   * For each version when it was said, as the latest of its faces claims, but always later than
   * what stands before it in the log of any.
   */
  private static Map<Long, Long> ranks(List<Words> counting, Map<Long, Long> versions) {
    Map<Long, Long> ranks = new HashMap<>();
    counting.forEach(words ->
        ranks.merge(
            versions.getOrDefault(words.id(), words.id()), words.effectiveMillis(), Math::max));
    List<Words> byLog =
        counting.stream()
            .sorted(
                Comparator.comparingLong(Words::author)
                    .thenComparing(Words::log)
                    .thenComparingLong(Words::sequence))
            .toList();
    boolean settled = false;
    for (int pass = 0; pass < PASSES_MAX && !settled; pass++) {
      settled = true;
      for (int i = 1; i < byLog.size(); i++) {
        long before = versions.getOrDefault(byLog.get(i - 1).id(), 0L);
        long version = versions.getOrDefault(byLog.get(i).id(), 0L);
        long least = ranks.getOrDefault(before, 0L) + 1;
        if (byLog.get(i).isIn(byLog.get(i - 1))
            && before != version
            && ranks.getOrDefault(version, 0L) < least) {
          ranks.put(version, least);
          settled = false;
        }
      }
    }
    return ranks;
  }

  /** Lists of what is said about something know posts alone. */
  private static void listUnderNewestTags(Tx tx, long post) {
    tx.number(
            "SELECT id FROM {posts.edit} WHERE post = ? AND version = id AND sealed = 0"
                + " ORDER BY rank DESC, name DESC LIMIT 1",
            post)
        .ifPresent(newest -> {
          tx.run("DELETE FROM {posts.tag} WHERE post = ?", post);
          tx.run(
              "INSERT INTO {posts.tag} (tag, post) SELECT tag, ? FROM {posts.tag} WHERE post = ?",
              post,
              newest);
        });
  }

  /** The post that words lead to. */
  Optional<Long> post(Tx tx, long alias) {
    return tx.number(
        "SELECT f.post FROM {posts.edit} e JOIN {posts.face} f ON f.alias = e.head"
            + " WHERE e.alias = ?",
        alias);
  }

  /** Posts of which one of the two said something. */
  List<Long> targets(Tx tx, long one, long other) {
    return tx.all(
        row -> row.number(0),
        "SELECT DISTINCT f.post FROM {posts.edit} e JOIN {posts.face} f ON f.alias = e.head"
            + " WHERE e.author IN (?, ?)",
        one,
        other);
  }

  String dump() {
    return "SELECT id || '|' || alias || '|' || target || '|' || head || '|' || author || '|'"
        + " || log || '|' || sequence || '|' || ifnull(operation, '') || '|' || text || '|' || warning || '|' || effective_ms"
        + " || '|' || sealed || '|' || seq || '|' || ifnull(post, '') || '|'"
        + " || ifnull(version, '') || '|' || ifnull(rank, '') FROM {posts.edit} ORDER BY id";
  }
}
