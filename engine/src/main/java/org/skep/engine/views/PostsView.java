package org.skep.engine.views;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.skep.kernel.Aliases;
import org.skep.kernel.Announcement;
import org.skep.kernel.Attachment;
import org.skep.kernel.DomainEvent;
import org.skep.kernel.DomainEvent.PostPublished;
import org.skep.kernel.Fact;
import org.skep.kernel.PostId;
import org.skep.kernel.Projection;
import org.skep.kernel.Ref;
import org.skep.kernel.Tx;

/**
 * Posts and their faces. An operation and its faces on other networks are one post, whichever comes
 * first, when both authors are one person; the post keeps the id of the fact that came first, and
 * an id it had besides still leads to it. A face that names somebody else's operation is a post of
 * its own. Its author's later words for it are kept beside its first ones ({@link Edits}), and what
 * she took back is no post any more ({@link Tombstones}). First words have no row of their own:
 * whoever shows a post reads them from the fact that says them, {@code seq}.
 */
public final class PostsView implements Projection {
  private final Aliases aliases;
  private final Bonds bonds = new Bonds("posts");
  private final Edits edits = new Edits(bonds);
  private final Tombstones tombstones = new Tombstones(bonds);

  public PostsView(Aliases aliases) {
    this.aliases = aliases;
  }

  @Override
  public String name() {
    return "posts";
  }

  @Override
  public int version() {
    return 8;
  }

  @Override
  public List<String> schema() {
    List<String> statements = new ArrayList<>(bonds.schema());
    statements.addAll(edits.schema());
    statements.addAll(tombstones.schema());
    statements.addAll(
        List.of(
            "CREATE TABLE {posts.post} (post INTEGER PRIMARY KEY, author INTEGER NOT NULL,"
                + " effective_ms INTEGER NOT NULL, root INTEGER, parent INTEGER, kind TEXT,"
                + " sealed INTEGER NOT NULL, seq INTEGER NOT NULL) STRICT",
            "CREATE INDEX {posts.post_by_author} ON {posts.post} (author, post)",
            "CREATE INDEX {posts.post_by_root} ON {posts.post} (root) WHERE root IS NOT NULL",
            "CREATE INDEX {posts.post_by_parent} ON {posts.post} (parent)"
                + " WHERE parent IS NOT NULL",
            "CREATE INDEX {posts.post_sealed} ON {posts.post} (post) WHERE sealed = 1",
            "CREATE TABLE {posts.face} (alias INTEGER PRIMARY KEY, post INTEGER NOT NULL,"
                + " author INTEGER NOT NULL, operation INTEGER) STRICT",
            "CREATE INDEX {posts.face_by_post} ON {posts.face} (post)",
            "CREATE INDEX {posts.face_by_operation} ON {posts.face} (operation)"
                + " WHERE operation IS NOT NULL",
            "CREATE TABLE {posts.former} (former INTEGER PRIMARY KEY, post INTEGER NOT NULL)"
                + " STRICT",
            "CREATE INDEX {posts.former_by_post} ON {posts.former} (post)",
            "CREATE TABLE {posts.mention} (post INTEGER NOT NULL, person INTEGER NOT NULL,"
                + " name TEXT NOT NULL, PRIMARY KEY (post, person)) STRICT, WITHOUT ROWID",
            "CREATE TABLE {posts.reader} (post INTEGER NOT NULL, person INTEGER NOT NULL,"
                + " PRIMARY KEY (post, person)) STRICT, WITHOUT ROWID",
            "CREATE TABLE {posts.tag} (tag TEXT NOT NULL, post INTEGER NOT NULL,"
                + " PRIMARY KEY (tag, post)) STRICT, WITHOUT ROWID",
            "CREATE INDEX {posts.tag_by_post} ON {posts.tag} (post)",
            "CREATE TABLE {posts.attachment} (post INTEGER NOT NULL, place INTEGER NOT NULL,"
                + " author INTEGER NOT NULL, blob BLOB NOT NULL, media_type TEXT NOT NULL,"
                + " description TEXT NOT NULL, length_bytes INTEGER NOT NULL,"
                + " PRIMARY KEY (post, place)) STRICT, WITHOUT ROWID",
            "CREATE INDEX {posts.attachment_by_blob} ON {posts.attachment} (blob)",
            "CREATE INDEX {posts.attachment_by_author} ON {posts.attachment} (author, post)"));
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
          settleWaiting(tx, author, identity);
        }
      }
      case DomainEvent.Edited edited -> edit(tx, cause, edited);
      case DomainEvent.Deleted deleted -> {
        long target = aliases.number(tx, deleted.post());
        tombstones.keep(tx, target, aliases.number(tx, deleted.author()), deleted.sealed());
        postIfAny(tx, target).ifPresent(post -> settle(tx, post));
      }
      case DomainEvent.Sealed sealed -> {}
      case DomainEvent.PersonDescribed described -> {}
      case DomainEvent.Related related -> {}
      case DomainEvent.Reacted reacted -> {}
      case DomainEvent.Boosted boosted -> {}
      case DomainEvent.ReadUpTo readUpTo -> {}
      case DomainEvent.Bookmarked bookmarked -> {}
    }
  }

  private void publish(Tx tx, Fact cause, PostPublished published) {
    long alias = aliases.number(tx, published.post());
    long author = aliases.number(tx, published.author());
    Optional<Long> operation = published.operation().map(name -> aliases.number(tx, name));
    Face face = new Face(alias, author, operation, published.readers().isPresent());
    if (isUnheardOf(tx, face)) {
      show(tx, cause, published, face);
      return;
    }
    if (postIfAny(tx, alias).isPresent() || tombstones.isGone(tx, alias)) {
      return;
    }
    List<Long> known = otherFaces(tx, face);
    if (known.isEmpty()) {
      show(tx, cause, published, face);
      settle(tx, cause.localId());
      return;
    }
    long post = known.getFirst();
    insertFace(tx, face, post);
    // An operation may join faces that did not know of each other.
    known.stream().skip(1).forEach(other -> join(tx, post, other));
    tx.announce(new Announcement.PostChanged(new PostId(post)));
    settle(tx, post);
  }

  /** A post of its own. */
  private void show(Tx tx, Fact cause, PostPublished published, Face face) {
    long post = cause.localId();
    insertFace(tx, face, post);
    insert(tx, cause, published, post, face.author());
    tx.announce(new Announcement.PostShown(new PostId(post), cause.news()));
  }

  private static void insertFace(Tx tx, Face face, long post) {
    tx.run(
        "INSERT INTO {posts.face} (alias, post, author, operation) VALUES (?, ?, ?, ?)",
        face.alias(),
        post,
        face.author(),
        face.operation());
  }

  /** Lets what is known of a post come to bear on it, in whichever order it came. */
  private void settle(Tx tx, long post) {
    if (tombstones.applyTo(tx, post)) {
      forget(tx, post);
      tx.announce(new Announcement.EntryGone(new PostId(post)));
    } else if (edits.applyTo(tx, post)) {
      tx.announce(new Announcement.PostChanged(new PostId(post)));
    }
  }

  /** Two identities turned out to be one person: what one said of the other's posts counts now. */
  private void settleWaiting(Tx tx, long one, long other) {
    Set<Long> posts = new TreeSet<>(edits.targets(tx, one, other));
    posts.addAll(tombstones.targets(tx, one, other));
    posts.forEach(post -> settle(tx, post));
  }

  private void edit(Tx tx, Fact cause, DomainEvent.Edited edited) {
    long author = aliases.number(tx, edited.author());
    boolean isNew =
        edits.keep(
            tx,
            cause,
            edited,
            new Edits.Names(
                aliases.number(tx, edited.edit()),
                aliases.number(tx, edited.post()),
                author,
                edited.operation().map(name -> aliases.number(tx, name))));
    if (isNew) {
      insertMentions(tx, cause.localId(), edited.mentions());
      insertTags(tx, cause.localId(), edited.tags());
      insertAttachments(tx, cause.localId(), author, edited.attachments());
      edits.post(tx, aliases.number(tx, edited.edit())).ifPresent(post -> settle(tx, post));
    }
  }

  private record Face(long alias, long author, Optional<Long> operation, boolean sealed) {}

  /**
   * Whether nothing of what came before means this or is a face of it, as is so for nearly all of a
   * long past: one question instead of one for each way in which something could.
   */
  private static boolean isUnheardOf(Tx tx, Face face) {
    long alias = face.alias();
    Optional<Long> operation = face.operation();
    return tx.number(
            "SELECT 1 WHERE EXISTS (SELECT 1 FROM {posts.face} WHERE alias IN (?, ?))"
                + " OR EXISTS (SELECT 1 FROM {posts.face} WHERE operation = ?)"
                + " OR EXISTS (SELECT 1 FROM {posts.edit} WHERE head = ?)"
                + " OR EXISTS (SELECT 1 FROM {posts.tombstone} WHERE target = ?)"
                + " OR EXISTS (SELECT 1 FROM {posts.gone} WHERE alias IN (?, ?))"
                + " OR EXISTS (SELECT 1 FROM {posts.gone} WHERE operation IN (?, ?))",
            alias,
            operation,
            alias,
            alias,
            alias,
            alias,
            operation,
            alias,
            operation)
        .isEmpty();
  }

  /**
   * The posts that this is another face of, the first that came first. What anybody may read and
   * what was sealed are two, whatever they say of each other.
   */
  private List<Long> otherFaces(Tx tx, Face face) {
    return tx
        .all(
            row -> new long[] {row.number(0), row.number(1)},
            "SELECT f.post, f.author FROM {posts.face} f JOIN {posts.post} p ON p.post = f.post"
                + " WHERE (f.alias = ? OR f.operation = ?) AND p.sealed = ? ORDER BY p.seq",
            face.operation(),
            face.alias(),
            face.sealed())
        .stream()
        .filter(other -> bonds.samePerson(tx, other[1], face.author()))
        .map(other -> other[0])
        .distinct()
        .toList();
  }

  private void insert(Tx tx, Fact cause, PostPublished published, long post, long author) {
    tx.run(
        "INSERT INTO {posts.post} (post, author, effective_ms, root, parent, kind, sealed, seq)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        post,
        author,
        cause.effectiveMillis(),
        published.root().map(name -> aliases.number(tx, name)),
        published.parents().stream().findFirst().map((Ref name) -> aliases.number(tx, name)),
        published.kind(),
        published.readers().isPresent(),
        cause.localSeq());
    for (Ref reader : published.readers().orElse(List.of())) {
      tx.run(
          "INSERT OR IGNORE INTO {posts.reader} (post, person) VALUES (?, ?)",
          post,
          aliases.number(tx, reader));
    }
    insertTags(tx, post, published.tags());
    insertMentions(tx, post, published.mentions());
    insertAttachments(tx, post, author, published.attachments());
  }

  private static void insertTags(Tx tx, long post, List<String> tags) {
    for (String tag : tags) {
      tx.run("INSERT OR IGNORE INTO {posts.tag} (tag, post) VALUES (?, ?)", tag, post);
    }
  }

  private void insertMentions(Tx tx, long post, List<DomainEvent.Mentioned> mentions) {
    for (DomainEvent.Mentioned mentioned : mentions) {
      tx.run(
          "INSERT OR IGNORE INTO {posts.mention} (post, person, name) VALUES (?, ?, ?)",
          post,
          aliases.number(tx, mentioned.person()),
          mentioned.name());
    }
  }

  private static void insertAttachments(
      Tx tx, long post, long author, List<Attachment> attachments) {
    int place = 0;
    for (Attachment attachment : attachments) {
      tx.run(
          "INSERT INTO {posts.attachment} (post, place, author, blob, media_type, description,"
              + " length_bytes) VALUES (?, ?, ?, ?, ?, ?, ?)",
          post,
          place++,
          author,
          attachment.blob().bytes(),
          attachment.mediaType(),
          attachment.description(),
          attachment.lengthBytes());
    }
  }

  /** Joins posts that were two only because their authors were not yet known as one person. */
  private void joinWaiting(Tx tx, long faceAuthor, long operationAuthor) {
    record Pair(long face, long operation) {}
    for (Pair pair :
        tx.all(
            row -> new Pair(row.number(0), row.number(1)),
            "SELECT f.alias, o.alias FROM {posts.face} f JOIN {posts.face} o"
                + " ON o.alias = f.operation WHERE f.author = ? AND o.author = ?"
                + " AND f.post <> o.post AND (SELECT sealed FROM {posts.post} WHERE post = f.post)"
                + " = (SELECT sealed FROM {posts.post} WHERE post = o.post) ORDER BY f.alias",
            faceAuthor,
            operationAuthor)) {
      // Looked up anew, because an earlier pair may have moved them.
      long one = postOf(tx, pair.face());
      long other = postOf(tx, pair.operation());
      if (one != other) {
        boolean first = seq(tx, one) < seq(tx, other);
        long kept = first ? one : other;
        join(tx, kept, first ? other : one);
        tx.announce(new Announcement.PostChanged(new PostId(kept)));
        settle(tx, kept);
      }
    }
  }

  private static long postOf(Tx tx, long alias) {
    return postIfAny(tx, alias).orElseThrow();
  }

  private static Optional<Long> postIfAny(Tx tx, long alias) {
    return tx.number("SELECT post FROM {posts.face} WHERE alias = ?", alias);
  }

  private static long seq(Tx tx, long post) {
    return tx.number("SELECT seq FROM {posts.post} WHERE post = ?", post).orElseThrow();
  }

  private static void join(Tx tx, long kept, long dropped) {
    tx.run("UPDATE {posts.face} SET post = ? WHERE post = ?", kept, dropped);
    Edits.forget(tx, dropped);
    forget(tx, dropped);
    tx.run("UPDATE {posts.former} SET post = ? WHERE post = ?", kept, dropped);
    tx.run("INSERT INTO {posts.former} (former, post) VALUES (?, ?)", dropped, kept);
  }

  private static void forget(Tx tx, long post) {
    tx.run("DELETE FROM {posts.post} WHERE post = ?", post);
    for (String table : List.of("mention", "reader", "tag", "attachment")) {
      tx.run("DELETE FROM {posts." + table + "} WHERE post = ?", post);
    }
  }

  @Override
  public List<String> dump() {
    return List.of(
        bonds.dump(),
        edits.dump(),
        tombstones.dump(),
        tombstones.dumpGone(),
        "SELECT post || '|' || author || '|' || effective_ms || '|' || ifnull(root, '') || '|'"
            + " || ifnull(parent, '') || '|' || ifnull(kind, '') || '|' || sealed || '|' || seq"
            + " FROM {posts.post} ORDER BY post",
        "SELECT alias || '|' || post || '|' || author || '|' || ifnull(operation, '')"
            + " FROM {posts.face} ORDER BY alias",
        "SELECT former || '|' || post FROM {posts.former} ORDER BY former",
        "SELECT post || '|' || person || '|' || name FROM {posts.mention} ORDER BY post, person",
        "SELECT post || '|' || person FROM {posts.reader} ORDER BY post, person",
        "SELECT tag || '|' || post FROM {posts.tag} ORDER BY tag, post",
        "SELECT post || '|' || place || '|' || author || '|' || hex(blob) || '|' || media_type"
            + " || '|' || description || '|' || length_bytes FROM {posts.attachment}"
            + " ORDER BY post, place");
  }
}
