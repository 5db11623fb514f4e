package org.skep.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.skep.kernel.Aliases;
import org.skep.kernel.Attachment;
import org.skep.kernel.DomainEvent.PostPublished;
import org.skep.kernel.Hash;
import org.skep.kernel.PersonId;
import org.skep.kernel.PostId;
import org.skep.kernel.Ref;
import org.skep.kernel.Tx;

/** Puts posts together from the views as one account sees them, within one transaction. */
final class PostLoader {
  private final Tx tx;
  private final PostLoaders from;
  private final Aliases aliases;
  private final Circle circle;
  private final PersonLoader people;

  PostLoader(Tx tx, PostLoaders from, Circle circle) {
    this.tx = tx;
    this.from = from;
    this.aliases = from.aliases();
    this.circle = circle;
    this.people = new PersonLoader(tx, aliases);
  }

  private record Stored(
      Optional<PostLoaders.Said> said,
      long author,
      long effectiveMillis,
      Optional<Long> root,
      Optional<Long> parent,
      Optional<String> kind,
      boolean sealed) {
    long receivedMillis() {
      return said.map(known -> known.fact().receivedMillis()).orElse(effectiveMillis);
    }
  }

  /**
   * Stands for words that the disk did not keep, or that were let go of and still stand in a view:
   * a post that left its list would take all those with it that come after it.
   */
  private static final String GONE = "(These words are not here any more.)";

  /** The post; empty when it is not here, or is a letter that this account can't open. */
  Optional<PostView> load(long post) {
    return stored(post).map(stored -> view(post, stored));
  }

  private Optional<Stored> stored(long post) {
    return tx.first(
        row ->
            new Stored(
                from.said(tx, post, row.number(0)),
                row.number(1),
                row.number(2),
                row.numberIfAny(3),
                row.numberIfAny(4),
                row.textIfAny(5),
                row.flag(6)),
        "SELECT seq, author, effective_ms, root, parent, kind, sealed FROM {posts.post} p"
            + " WHERE post = ? AND "
            + Posts.READABLE,
        post,
        circle.account().value());
  }

  /** The post of a boost, as it stands in a list for it. */
  Optional<PostView> load(Boosts.Entry boost) {
    return load(boost.post())
        .map(post ->
            post.boostedBy(
                new PostView.Boost(
                    new PostId(boost.id()),
                    people.load(people.personOf(boost.author())),
                    boost.effectiveMillis())));
  }

  private PostView view(long post, Stored stored) {
    List<Long> faces =
        tx.all(
            row -> row.number(0),
            "SELECT alias FROM {posts.face} WHERE post = ? ORDER BY alias",
            post);
    Words words = later(post, 1).stream().findFirst().orElseGet(() -> first(post, stored));
    Set<PersonId> likes = people(faces, LIKES);
    Set<PersonId> boosts = people(faces, BOOSTS);
    Set<PersonId> selves = circle.own().stream().map(people::personOf).collect(Collectors.toSet());
    boolean own = circle.own().contains(stored.author());
    // Nothing answers itself, whatever it says; clients would go round in a circle.
    Optional<Long> above = stored.parent().filter(name -> !faces.contains(name));
    return new PostView(
        new PostId(post),
        people.load(people.personOf(stored.author())),
        faces.stream().map(face -> aliases.name(tx, face)).toList(),
        words.text(),
        words.warning(),
        stored.said().isEmpty() && words.id() == post,
        stored.effectiveMillis(),
        words.id() == post ? Optional.empty() : Optional.of(words.millis()),
        stored.receivedMillis(),
        above.flatMap(this::postOf),
        above.flatMap(this::authorOf),
        stored.root().filter(name -> !faces.contains(name)).flatMap(this::postOf),
        stored.root().isPresent(),
        mentions(words.id()),
        attachments(words.id()),
        tags(words.id()),
        stored.kind(),
        Optional.empty(),
        boosts.size(),
        boosts.stream().anyMatch(selves::contains),
        near(faces).filter(boosts::contains).map(people::load).toList(),
        likes.size(),
        replies(post),
        likes.stream().anyMatch(selves::contains),
        isBookmarked(faces),
        own ? held(faces) : Optional.empty(),
        own,
        own ? holders(faces) : PostView.Holders.NONE,
        stored.sealed() ? Optional.of(readers(post)) : Optional.empty());
  }

  /**
   * What the author said at one time.
   *
   * @param id under which its mentions, attachments and tags stand
   */
  record Words(long id, String text, String warning, long millis) {}

  private static Words first(long post, Stored stored) {
    Optional<PostPublished> said = stored.said().map(PostLoaders.Said::post);
    return new Words(
        post,
        said.map(PostPublished::text).orElse(GONE),
        said.map(PostPublished::contentWarning).orElse(""),
        stored.effectiveMillis());
  }

  /**
   * What was said anew for a post, the newest first. Of a letter these are sealed one by one, and
   * for the account only those count that it has a key to.
   */
  private List<Words> later(long post, int max) {
    return tx.all(
        row -> new Words(row.number(0), row.text(1), row.text(2), row.number(3)),
        "SELECT e.id, e.text, e.warning, e.effective_ms FROM {posts.edit} e"
            + " WHERE e.post = ? AND e.version = e.id AND (e.sealed = 0 OR EXISTS"
            + " (SELECT 1 FROM {posts.edit} r JOIN fact t ON t.alias = r.alias"
            + " JOIN content_key k ON k.local_seq = t.local_seq"
            + " WHERE r.version = e.id AND k.account = ?))"
            + " ORDER BY e.rank DESC, e.name DESC LIMIT ?",
        post,
        circle.account().value(),
        max);
  }

  /** How many of the words that were said anew are shown: the newest. */
  private static final int HISTORY_MAX = 100;

  /**
   * What a post said, the first words first and then the newest hundred; none when it is not here
   * or can't be read.
   */
  List<PostView.Version> history(long post) {
    return stored(post).stream()
        .flatMap(stored ->
            Stream.concat(
                Stream.of(first(post, stored)), later(post, HISTORY_MAX).reversed().stream()))
        .map(words ->
            new PostView.Version(
                words.text(), words.warning(), words.millis(), attachments(words.id())))
        .toList();
  }

  private List<PersonView> readers(long post) {
    return tx
        .all(
            row -> row.number(0),
            "SELECT person FROM {posts.reader} WHERE post = ? ORDER BY person",
            post)
        .stream()
        .filter(this::isShown)
        .map(people::personOf)
        .distinct()
        .map(people::load)
        .toList();
  }

  private Optional<PostId> postOf(long alias) {
    return Posts.named(tx, circle.account(), alias).map(PostId::new);
  }

  private Optional<PersonId> authorOf(long alias) {
    return Posts.named(tx, circle.account(), alias)
        .flatMap(post -> tx.number("SELECT author FROM {posts.post} WHERE post = ?", post))
        .filter(this::isShown)
        .map(people::personOf);
  }

  private List<PostView.PersonMention> mentions(long post) {
    record Named(long identity, String name) {}
    return tx
        .all(
            row -> new Named(row.number(0), row.text(1)),
            "SELECT person, name FROM {posts.mention} WHERE post = ? ORDER BY person",
            post)
        .stream()
        .filter(named -> isShown(named.identity()))
        .map(named -> {
          Ref ref = aliases.name(tx, named.identity());
          return new PostView.PersonMention(
              people.load(people.personOf(named.identity())), ref, named.name());
        })
        .toList();
  }

  private List<String> tags(long post) {
    return tx.all(
        row -> row.text(0), "SELECT tag FROM {posts.tag} WHERE post = ? ORDER BY tag", post);
  }

  private List<PostView.Shown> attachments(long post) {
    return tx.all(
        row ->
            new PostView.Shown(
                new Attachment(new Hash(row.bytes(0)), row.text(1), row.text(2), row.number(3)),
                row.flag(4)),
        "SELECT a.blob, a.media_type, a.description, a.length_bytes,"
            + " EXISTS (SELECT 1 FROM blob b WHERE b.hash = a.blob)"
            + " FROM {posts.attachment} a WHERE a.post = ? ORDER BY a.place",
        post);
  }

  private static final String LIKES =
      "SELECT author, is_on FROM {reactions.reaction}"
          + " WHERE target IN (SELECT value FROM json_each(?)) ORDER BY seq";

  private static final String BOOSTS =
      "SELECT author, is_on FROM {boosts.boost}"
          + " WHERE target IN (SELECT value FROM json_each(?)) ORDER BY seq";

  /**
   * The people whose latest word about any name of the post is yes.
   *
   * @param words what everybody said, the latest last
   */
  private Set<PersonId> people(List<Long> faces, String words) {
    record Word(long author, boolean on) {}
    Map<PersonId, Boolean> latest = new HashMap<>();
    for (Word word :
        tx.all(row -> new Word(row.number(0), row.flag(1)), words, Numbers.json(faces))) {
      if (!circle.blocked().contains(word.author())) {
        latest.put(people.personOf(word.author()), word.on());
      }
    }
    return latest.entrySet().stream()
        .filter(Map.Entry::getValue)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** Those of the account's circle who ever passed it on, the first who did first. */
  private Stream<PersonId> near(List<Long> faces) {
    return tx
        .all(
            row -> row.number(0),
            "SELECT author FROM {boosts.boost} WHERE target IN (SELECT value FROM json_each(?))"
                + " ORDER BY id",
            Numbers.json(faces))
        .stream()
        .filter(author -> circle.own().contains(author) || circle.followed().contains(author))
        .map(people::personOf)
        .distinct()
        .limit(BOOSTERS_MAX);
  }

  private static final int BOOSTERS_MAX = 8;

  private int replies(long post) {
    return tx.number(
            "SELECT count(*) FROM {posts.post} p WHERE "
                + Posts.ANSWERS
                + " AND p.post <> ? AND p.author NOT IN (SELECT value FROM json_each(?)) AND "
                + Posts.READABLE,
            post,
            post,
            circle.account().value(),
            post,
            Numbers.json(circle.blocked()),
            circle.account().value())
        .orElse(0L)
        .intValue();
  }

  private boolean isBookmarked(List<Long> faces) {
    return tx.number(
            "SELECT 1 FROM {marks.bookmark} WHERE target IN (SELECT value FROM json_each(?))"
                + " AND author IN (SELECT value FROM json_each(?)) LIMIT 1",
            Numbers.json(faces),
            Numbers.json(circle.own()))
        .isPresent();
  }

  private Optional<PostView.Held> held(List<Long> faces) {
    return tx.first(
        row -> new PostView.Held(row.number(0), row.text(1)),
        "SELECT due_ms, trouble FROM held WHERE operation IN (SELECT value FROM json_each(?))",
        Numbers.json(faces));
  }

  /**
   * The people behind the peers that acknowledged the entry in which any face of the post stands; a
   * friend is named before others.
   */
  private PostView.Holders holders(List<Long> faces) {
    List<Long> people =
        tx.all(
            row -> row.number(0),
            "SELECT ifnull(p.person, k.peer) AS somebody FROM fact f"
                + " JOIN acknowledged k ON k.author = f.author"
                + " AND k.log = f.log AND k.sequence >= f.sequence"
                + " LEFT JOIN {people.person} p ON p.identity = k.peer"
                + " WHERE f.alias IN (SELECT value FROM json_each(?))"
                + " AND k.peer NOT IN (SELECT value FROM json_each(?)) GROUP BY somebody"
                + " ORDER BY max(k.peer IN (SELECT value FROM json_each(?))) DESC, somebody",
            Numbers.json(faces),
            Numbers.json(circle.blocked()),
            Numbers.json(circle.followed()));
    return new PostView.Holders(
        people.stream().findFirst().map(PersonId::new).map(this.people::load), people.size());
  }

  /** Whom the account blocks it does not meet in others' posts either. */
  private boolean isShown(long identity) {
    return !circle.blocked().contains(identity);
  }
}
