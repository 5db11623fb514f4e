package org.skep.engine;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.skep.kernel.PostId;
import org.skep.kernel.Row;
import org.skep.kernel.Tx;

/**
 * Finds what people passed on, where the post is here and anybody may read it. A person who says it
 * on several networks said it once: the first counts.
 */
final class Boosts {
  private static final String ENTRIES =
      "SELECT b.id, p.post, b.author, b.effective_ms FROM {boosts.boost} b"
          + " JOIN {posts.face} f ON f.alias = b.target JOIN {posts.post} p ON p.post = f.post"
          + " WHERE b.is_on = 1 AND p.sealed = 0"
          + asFirstSaid("b")
          + " AND p.author NOT IN (SELECT value FROM json_each(?))"
          + " AND NOT EXISTS (SELECT 1 FROM {posts.face} g"
          + " JOIN {boosts.boost} c ON c.target = g.alias AND c.is_on = 1 AND c.id < b.id"
          + " LEFT JOIN {people.person} d ON d.identity = c.author"
          + " LEFT JOIN {people.person} e ON e.identity = b.author"
          + " WHERE g.post = f.post"
          + asFirstSaid("c")
          + " AND ifnull(d.person, c.author) = ifnull(e.person, b.author))";

  /** A condition: no other of some authors, asked for once, passed the same on before. */
  private static final String FIRST =
      " AND NOT EXISTS (SELECT 1 FROM {posts.face} g JOIN {boosts.boost} c ON c.target = g.alias"
          + " AND c.is_on = 1 AND c.id < b.id WHERE g.post = f.post"
          + asFirstSaid("c")
          + " AND c.author IN (SELECT value FROM json_each(?)))";

  private static final String PAGE =
      ENTRIES
          + FIRST
          + " AND b.author IN (SELECT value FROM json_each(?)) AND b.id < ? AND b.id > ?"
          + " ORDER BY b.id ";

  /**
   * A condition: the row of table {@code post} is no post that only passes on another which is
   * here. With other words it is a post like any.
   */
  static final String SAYS_MORE =
      " AND NOT EXISTS (SELECT 1 FROM {posts.face} s JOIN {boosts.boost} b ON b.said = s.alias"
          + " AND b.is_on = 1 JOIN {posts.face} t ON t.alias = b.target"
          + " JOIN {posts.post} q ON q.post = t.post WHERE s.post = post.post AND q.sealed = 0"
          + asFirstSaid("b")
          + ")";

  private Boosts() {}

  /** A condition: the post by which a boost was said, if any, has no other words since. */
  private static String asFirstSaid(String boost) {
    return " AND NOT EXISTS (SELECT 1 FROM {posts.face} w JOIN {posts.edit} n ON n.post = w.post"
        + " WHERE w.alias = %s.said)".formatted(boost);
  }

  private static Entry entry(Row row) {
    return new Entry(row.number(0), row.number(1), row.number(2), row.number(3));
  }

  /**
   * @param id under which it stands in lists
   * @param author which identity said it
   */
  record Entry(long id, long post, long author, long effectiveMillis) {}

  /**
   * Part of what some identities passed on, in the order of the page. What several of them did
   * stands there once, for the first.
   */
  static List<Entry> of(Tx tx, Circle circle, Collection<Long> authors, Page page) {
    return tx.all(
        Boosts::entry,
        page.oldestFirst() ? oldestFirst() : newestFirst(),
        Numbers.json(circle.blocked()),
        Numbers.json(authors),
        Numbers.json(authors),
        page.below().map(PostId::value).orElse(Long.MAX_VALUE),
        page.above().map(PostId::value).orElse(0L),
        page.limit());
  }

  private static String oldestFirst() {
    return PAGE + "ASC LIMIT ?";
  }

  static String newestFirst() {
    return PAGE + "DESC LIMIT ?";
  }

  /** The boost of this id. */
  static Optional<Entry> find(Tx tx, Circle circle, PostId id) {
    return tx.first(
            Boosts::entry, ENTRIES + " AND b.id = ?", Numbers.json(circle.blocked()), id.value())
        .filter(entry -> !circle.blocked().contains(entry.author()));
  }

  /** The account's own boost of a post. */
  static Optional<Entry> own(Tx tx, Circle circle, long post) {
    return tx.first(
        Boosts::entry,
        ENTRIES + " AND p.post = ? AND b.author IN (SELECT value FROM json_each(?)) LIMIT 1",
        Numbers.json(circle.blocked()),
        post,
        Numbers.json(circle.own()));
  }
}
