package org.skep.engine.views;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skep.kernel.Aliases;
import org.skep.kernel.Announcement;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.DomainEvent.PostPublished;
import org.skep.kernel.Fact;
import org.skep.kernel.PostId;
import org.skep.kernel.Projection;
import org.skep.kernel.Ref;
import org.skep.kernel.Tx;

/**
 * Posts and their faces. An operation and its faces on other networks are one post, whichever comes
 * first, when both authors are one person; the post keeps the id of the fact that came first. A
 * face that names somebody else's operation is a post of its own.
 */
public final class PostsView implements Projection {
  private final Aliases aliases;
  private final Bonds bonds = new Bonds("posts");

  public PostsView(Aliases aliases) {
    this.aliases = aliases;
  }

  @Override
  public String name() {
    return "posts";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public List<String> schema() {
    List<String> statements = new ArrayList<>(bonds.schema());
    statements.addAll(
        List.of(
            "CREATE TABLE {posts.post} (post INTEGER PRIMARY KEY, author INTEGER NOT NULL,"
                + " text TEXT NOT NULL, warning TEXT NOT NULL, effective_ms INTEGER NOT NULL,"
                + " received_ms INTEGER NOT NULL, root INTEGER, parent INTEGER) STRICT",
            "CREATE INDEX {posts.post_by_author} ON {posts.post} (author, post)",
            "CREATE INDEX {posts.post_by_root} ON {posts.post} (root) WHERE root IS NOT NULL",
            "CREATE TABLE {posts.face} (alias INTEGER PRIMARY KEY, post INTEGER NOT NULL,"
                + " author INTEGER NOT NULL, operation INTEGER) STRICT",
            "CREATE INDEX {posts.face_by_post} ON {posts.face} (post)",
            "CREATE INDEX {posts.face_by_operation} ON {posts.face} (operation)"
                + " WHERE operation IS NOT NULL",
            "CREATE TABLE {posts.mention} (post INTEGER NOT NULL, person INTEGER NOT NULL,"
                + " name TEXT NOT NULL, PRIMARY KEY (post, person)) STRICT, WITHOUT ROWID"));
    return statements;
  }

  @Override
  public void apply(Tx tx, Fact cause, DomainEvent event) {
    switch (event) {
      case PostPublished published -> publish(tx, cause, published);
      case DomainEvent.FaceDeclared declared -> {
        long author = aliases.number(tx, declared.author());
        long identity = aliases.number(tx, declared.identity());
        if (bonds.declare(tx, author, identity)) {
          joinWaiting(tx, author, identity);
          joinWaiting(tx, identity, author);
        }
      }
      case DomainEvent.PersonDescribed described -> {}
      case DomainEvent.Related related -> {}
      case DomainEvent.Reacted reacted -> {}
      case DomainEvent.ReadUpTo readUpTo -> {}
      case DomainEvent.Bookmarked bookmarked -> {}
    }
  }

  private void publish(Tx tx, Fact cause, PostPublished published) {
    long alias = aliases.number(tx, published.post());
    long author = aliases.number(tx, published.author());
    Optional<Long> operation = published.operation().map(name -> aliases.number(tx, name));
    Optional<Long> known = otherFace(tx, alias, author, operation);
    long post = known.orElse(cause.localId());
    tx.run(
        "INSERT INTO {posts.face} (alias, post, author, operation) VALUES (?, ?, ?, ?)",
        alias,
        post,
        author,
        operation);
    if (known.isPresent()) {
      tx.announce(new Announcement.PostChanged(new PostId(post)));
      return;
    }
    insert(tx, cause, published, post, author);
    tx.announce(new Announcement.PostShown(new PostId(post), cause.news()));
  }

  /** The post that this is another face of. */
  private Optional<Long> otherFace(Tx tx, long alias, long author, Optional<Long> operation) {
    Optional<Long> named =
        operation
            .flatMap(number ->
                tx.first(
                    row -> new long[] {row.number(0), row.number(1)},
                    "SELECT post, author FROM {posts.face} WHERE alias = ?",
                    number))
            .filter(face -> bonds.samePerson(tx, face[1], author))
            .map(face -> face[0]);
    return named.or(() ->
        tx
            .all(
                row -> new long[] {row.number(0), row.number(1)},
                "SELECT post, author FROM {posts.face} WHERE operation = ? ORDER BY post",
                alias)
            .stream()
            .filter(face -> bonds.samePerson(tx, face[1], author))
            .map(face -> face[0])
            .findFirst());
  }

  private void insert(Tx tx, Fact cause, PostPublished published, long post, long author) {
    tx.run(
        "INSERT INTO {posts.post} (post, author, text, warning, effective_ms, received_ms, root,"
            + " parent) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        post,
        author,
        published.text(),
        published.contentWarning(),
        cause.effectiveMillis(),
        cause.receivedMillis(),
        published.root().map(name -> aliases.number(tx, name)),
        published.parents().stream().findFirst().map((Ref name) -> aliases.number(tx, name)));
    for (DomainEvent.Mentioned mentioned : published.mentions()) {
      tx.run(
          "INSERT OR IGNORE INTO {posts.mention} (post, person, name) VALUES (?, ?, ?)",
          post,
          aliases.number(tx, mentioned.person()),
          mentioned.name());
    }
  }

  /** Joins posts that were two only because their authors were not yet known as one person. */
  private static void joinWaiting(Tx tx, long faceAuthor, long operationAuthor) {
    record Pair(long face, long operation) {}
    for (Pair pair :
        tx.all(
            row -> new Pair(row.number(0), row.number(1)),
            "SELECT f.post, o.post FROM {posts.face} f JOIN {posts.face} o ON o.alias = f.operation"
                + " WHERE f.author = ? AND o.author = ? AND f.post <> o.post ORDER BY f.post",
            faceAuthor,
            operationAuthor)) {
      long kept = Math.min(pair.face(), pair.operation());
      long dropped = Math.max(pair.face(), pair.operation());
      tx.run("UPDATE {posts.face} SET post = ? WHERE post = ?", kept, dropped);
      tx.run("DELETE FROM {posts.post} WHERE post = ?", dropped);
      tx.run("DELETE FROM {posts.mention} WHERE post = ?", dropped);
      tx.announce(new Announcement.PostChanged(new PostId(kept)));
    }
  }

  @Override
  public List<String> dump() {
    return List.of(
        bonds.dump(),
        "SELECT post || '|' || author || '|' || text || '|' || warning || '|' || effective_ms"
            + " || '|' || received_ms || '|' || ifnull(root, '') || '|' || ifnull(parent, '')"
            + " FROM {posts.post} ORDER BY post",
        "SELECT alias || '|' || post || '|' || author || '|' || ifnull(operation, '')"
            + " FROM {posts.face} ORDER BY alias",
        "SELECT post || '|' || person || '|' || name FROM {posts.mention} ORDER BY post, person");
  }
}
