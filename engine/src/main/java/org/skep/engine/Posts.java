package org.skep.engine;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.skep.kernel.AccountId;
import org.skep.kernel.PersonId;
import org.skep.kernel.PostId;
import org.skep.kernel.Tx;

/** Finds the post that an id, which clients may have kept from before a merging, now stands for. */
final class Posts {
  /**
   * A condition: an account, whose number is asked for once, may read post {@code p}. What was
   * sealed it may where it has a key, whomever the words inside name.
   */
  static final String READABLE = readable("p");

  /**
   * A condition: post {@code p} answers a post, whose number is asked for twice, and then that of
   * an account. An answer to something that is not here, or that the account can't read, stands
   * below the beginning of its thread, or nobody would see it.
   */
  static final String ANSWERS =
      "(p.parent IN (SELECT alias FROM {posts.face} WHERE post = ?)"
          + " OR p.root IN (SELECT alias FROM {posts.face} WHERE post = ?)"
          + " AND NOT EXISTS (SELECT 1 FROM {posts.face} g JOIN {posts.post} q ON q.post = g.post"
          + " WHERE g.alias = p.parent AND "
          + readable("q")
          + "))";

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

  private static String readable(String post) {
    return "(%1$s.sealed = 0 OR EXISTS (SELECT 1 FROM {posts.face} r JOIN fact t".formatted(post)
        + " ON t.alias = r.alias JOIN content_key k ON k.local_seq = t.local_seq"
        + " WHERE r.post = %1$s.post AND k.account = ?))".formatted(post);
  }

  /** The post that a network calls so, whoever may read it. */
  static Optional<Long> named(Tx tx, long alias) {
    return tx.number("SELECT post FROM {posts.face} WHERE alias = ?", alias);
  }

  /** The post that a network calls so, when the account may read it. */
  static Optional<Long> named(Tx tx, AccountId account, long alias) {
    return tx.number(
        "SELECT p.post FROM {posts.face} f JOIN {posts.post} p ON p.post = f.post"
            + " WHERE f.alias = ? AND "
            + READABLE,
        alias,
        account.value());
  }

  /** For whom a letter is: whom it names, and its author. */
  static Set<PersonId> readers(Tx tx, PersonLoader people, long letter) {
    return tx
        .all(
            row -> people.personOf(row.number(0)),
            "SELECT author FROM {posts.post} WHERE post = ?"
                + " UNION SELECT person FROM {posts.reader} WHERE post = ? ORDER BY 1",
            letter,
            letter)
        .stream()
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  static long current(Tx tx, PostId id) {
    return tx.number("SELECT post FROM {posts.former} WHERE former = ?", id.value())
        .orElse(id.value());
  }
}
