package org.skep.engine;

import org.skep.kernel.PostId;
import org.skep.kernel.Tx;

/** Finds the post that an id, which clients may have kept from before a merging, now stands for. */
final class Posts {
  /**
   * A condition: post {@code p} answers a post, whose number is asked for twice. An answer to
   * something that is not here stands below the beginning of its thread, or nobody would see it.
   */
  static final String ANSWERS =
      "(p.parent IN (SELECT alias FROM {posts.face} WHERE post = ?)"
          + " OR p.root IN (SELECT alias FROM {posts.face} WHERE post = ?)"
          + " AND NOT EXISTS (SELECT 1 FROM {posts.face} WHERE alias = p.parent))";

  /**
   * A condition: an account, whose number is asked for once, may read post {@code p}. What was
   * sealed it may where it has a key, whomever the words inside name.
   */
  static final String READABLE =
      "(p.sealed = 0 OR EXISTS (SELECT 1 FROM {posts.face} r JOIN fact t ON t.alias = r.alias"
          + " JOIN content_key k ON k.local_seq = t.local_seq"
          + " WHERE r.post = p.post AND k.account = ?))";

  /**
   * An expression: the post whose words of today stand in row {@code w} of the index. What was said
   * anew is no longer found by what it said before, unless it is a letter.
   */
  static final String SAYING =
      "ifnull((SELECT e.post FROM {posts.edit} e WHERE e.alias = w.rowid AND e.version = e.id"
          + " AND NOT EXISTS (SELECT 1 FROM {posts.edit} l WHERE l.post = e.post"
          + " AND l.version = l.id AND (l.rank, l.name) > (e.rank, e.name))),"
          + " (SELECT f.post FROM {posts.face} f WHERE f.alias = w.rowid AND NOT EXISTS"
          + " (SELECT 1 FROM {posts.edit} e WHERE e.post = f.post AND e.sealed = 0)))";

  private Posts() {}

  static long current(Tx tx, PostId id) {
    return tx.number("SELECT post FROM {posts.former} WHERE former = ?", id.value())
        .orElse(id.value());
  }
}
