package org.skep.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.skep.kernel.AccountId;
import org.skep.kernel.Aliases;
import org.skep.kernel.FollowState;
import org.skep.kernel.Hash;
import org.skep.kernel.Lane;
import org.skep.kernel.Network;
import org.skep.kernel.PersonId;
import org.skep.kernel.PostId;
import org.skep.kernel.Ref;
import org.skep.kernel.Store;
import org.skep.kernel.Tx;

/** Answers what an account may see, from the views. Blocks are the account's own affair. */
public final class Reader {
  private final Store store;
  private final Aliases aliases;
  private final PostLoaders loaders;
  private final Reach reach;
  private final HoldBack holdBack;
  private final List<Network> networks;

  Reader(Store store, PostLoaders loaders, Reach reach, HoldBack holdBack, List<Network> networks) {
    this.store = store;
    this.aliases = loaders.aliases();
    this.loaders = loaders;
    this.reach = reach;
    this.holdBack = holdBack;
    this.networks = List.copyOf(networks);
  }

  /** Posts of the account and of those it follows, and what they pass on. */
  public List<PostView> home(AccountId account, Page page) {
    return store.read(tx -> {
      Circle circle = Circle.of(tx, account);
      Set<Long> authors = circle.near();
      authors.removeAll(circle.blocked());
      return withBoosts(tx, circle, page, authors, NO_MOVES);
    });
  }

  /** Posts of everybody whose log the account wants, friends' friends too. */
  public List<PostView> around(AccountId account, Page page) {
    return store.read(
        tx -> posts(tx, Circle.of(tx, account), page, reach.of(tx, account), NO_MOVES));
  }

  /** How many steps away people may be whose logs the account wants. */
  public int hops(AccountId account) {
    return store.read(tx -> reach.hops(tx, account));
  }

  /** For how many seconds what the account writes waits before others get it. */
  public int holdBackSeconds(AccountId account) {
    return store.read(tx -> holdBack.seconds(tx, account));
  }

  /** One person's posts and what she passes on; none when the account blocks her. */
  public List<PostView> byPerson(AccountId account, PersonId person, Page page) {
    return store.read(tx -> {
      Circle circle = Circle.of(tx, account);
      Set<Long> authors = new HashSet<>(identities(tx, person));
      authors.removeAll(circle.blocked());
      return withBoosts(tx, circle, page, authors, "");
    });
  }

  /** One person's posts alone, as {@link #byPerson}; not what only passes on others'. */
  public List<PostView> sayings(AccountId account, PersonId person, Page page) {
    return store.read(tx -> {
      Circle circle = Circle.of(tx, account);
      Set<Long> authors = new HashSet<>(identities(tx, person));
      authors.removeAll(circle.blocked());
      return posts(tx, circle, page, authors, Boosts.SAYS_MORE);
    });
  }

  /**
   * A condition: what is no step within a thing of another kind. A game has eighty moves; they
   * stand in its thread alone.
   */
  private static final String NO_MOVES = " AND (kind IS NULL OR root IS NULL)";

  private List<PostView> posts(
      Tx tx, Circle circle, Page page, Set<Long> authors, String condition) {
    List<PostView> posts = show(tx, circle, ids(tx, page, authors, condition));
    return page.oldestFirst() ? posts.reversed() : posts;
  }

  private List<PostView> withBoosts(
      Tx tx, Circle circle, Page page, Set<Long> authors, String condition) {
    PostLoader loader = loaders.in(tx, circle);
    Map<Long, Supplier<Optional<PostView>>> entries = new TreeMap<>();
    ids(tx, page, authors, condition + Boosts.SAYS_MORE)
        .forEach(id -> entries.put(id, () -> loader.load(id)));
    Boosts.of(tx, circle, authors, page)
        .forEach(boost -> entries.put(boost.id(), () -> loader.load(boost)));
    List<Supplier<Optional<PostView>>> sorted = List.copyOf(entries.values());
    return (page.oldestFirst() ? sorted : sorted.reversed())
        .stream()
            .limit(page.limit())
            .map(Supplier::get)
            .flatMap(Optional::stream)
            .sorted(Comparator.comparing(PostView::entry).reversed())
            .toList();
  }

  private static List<Long> ids(Tx tx, Page page, Set<Long> authors, String condition) {
    return tx.all(
        row -> row.number(0),
        "SELECT post FROM {posts.post} AS post WHERE author IN (SELECT value FROM json_each(?))"
            + " AND sealed = 0 AND post < ? AND post > ?"
            + condition
            + " ORDER BY post "
            + order(page)
            + " LIMIT ?",
        Numbers.json(authors),
        page.below().map(PostId::value).orElse(Long.MAX_VALUE),
        page.above().map(PostId::value).orElse(0L),
        page.limit());
  }

  private List<PostView> show(Tx tx, Circle circle, List<Long> ids) {
    PostLoader loader = loaders.in(tx, circle);
    return ids.stream().map(loader::load).flatMap(Optional::stream).toList();
  }

  /**
   * The post of this id, or what somebody passed on under it. A post that only passes on is itself
   * here, whatever stands for it in lists.
   */
  public Optional<PostView> post(AccountId account, PostId id) {
    return store.read(tx -> {
      Circle circle = Circle.of(tx, account);
      List<PostView> here = show(tx, circle, List.of(Posts.current(tx, id)));
      return here.isEmpty()
          ? Boosts.find(tx, circle, id).flatMap(loaders.in(tx, circle)::load)
          : here.stream().filter(post -> !isBlocked(tx, circle, post)).findFirst();
    });
  }

  /**
   * What a post said, the first words first and then the newest hundred; none when it is not here
   * or can't be read.
   */
  public List<PostView.Version> history(AccountId account, PostId id) {
    return store.read(tx -> loaders.in(tx, Circle.of(tx, account)).history(Posts.current(tx, id)));
  }

  /** The post as the account itself passed it on; empty when it did not. */
  public Optional<PostView> ownBoost(AccountId account, PostId id) {
    return store.read(tx -> {
      Circle circle = Circle.of(tx, account);
      return Boosts.own(tx, circle, Posts.current(tx, id)).flatMap(loaders.in(tx, circle)::load);
    });
  }

  private static final int SHOWING_POSTS_MAX = 20;

  /**
   * The newest posts that look different when this blob comes: it stands with them, or is the
   * picture of who wrote them.
   */
  public List<PostView> showing(AccountId account, Hash blob) {
    return store.read(tx -> {
      Circle circle = Circle.of(tx, account);
      PersonLoader people = new PersonLoader(tx, aliases);
      Set<Long> pictured = new HashSet<>();
      tx.all(
              row -> row.number(0),
              // Said as a word of the statement, so that the index for just these is used.
              "SELECT identity FROM {people.profile} WHERE field = 'PICTURE' AND value = ?",
              blob.toString())
          .forEach(identity -> pictured.addAll(people.identities(people.personOf(identity))));
      List<Long> ids =
          tx.all(
              row -> row.number(0),
              "SELECT p.post FROM {posts.post} p JOIN"
                  + " (SELECT ifnull(e.post, a.post) AS post FROM {posts.attachment} a"
                  + " LEFT JOIN {posts.edit} e ON e.id = a.post WHERE a.blob = ?"
                  + " UNION SELECT post FROM {posts.post}"
                  + " WHERE author IN (SELECT value FROM json_each(?))) s ON s.post = p.post"
                  + " WHERE p.author NOT IN (SELECT value FROM json_each(?)) AND "
                  + Posts.READABLE
                  + " ORDER BY p.post DESC LIMIT ?",
              blob.bytes(),
              Numbers.json(pictured),
              Numbers.json(circle.blocked()),
              account.value(),
              SHOWING_POSTS_MAX);
      return show(tx, circle, ids);
    });
  }

  private boolean isBlocked(Tx tx, Circle circle, PostView post) {
    return identities(tx, post.author().id()).stream().anyMatch(circle.blocked()::contains);
  }

  /** The post that a network calls so. */
  public Optional<PostId> postNamed(Ref name) {
    return store.read(tx ->
        aliases
            .find(tx, name)
            .flatMap(alias -> tx.number("SELECT post FROM {posts.face} WHERE alias = ?", alias))
            .map(PostId::new));
  }

  /** What a post answers, the thread's beginning first, and what answers it, in thread order. */
  public record Conversation(List<PostView> ancestors, List<PostView> descendants) {}

  private static final int THREAD_POSTS_MAX = 1_000;

  public Conversation thread(AccountId account, PostId id) {
    return store.read(tx -> {
      Circle circle = Circle.of(tx, account);
      long post = Posts.current(tx, id);
      List<Long> ancestors = new ArrayList<>();
      Set<Long> seen = new HashSet<>(List.of(post));
      Optional<Long> above = above(tx, account, post);
      while (above.isPresent() && seen.add(above.get()) && ancestors.size() < THREAD_POSTS_MAX) {
        ancestors.addFirst(above.get());
        above = above(tx, account, above.get());
      }
      List<Long> descendants = new ArrayList<>();
      collectReplies(tx, account, post, seen, descendants);
      return new Conversation(unblocked(tx, circle, ancestors), unblocked(tx, circle, descendants));
    });
  }

  private List<PostView> unblocked(Tx tx, Circle circle, List<Long> ids) {
    return show(tx, circle, ids).stream().filter(post -> !isBlocked(tx, circle, post)).toList();
  }

  /** What a post answers; where that is not to be read here, the beginning of the thread. */
  private static Optional<Long> above(Tx tx, AccountId account, long post) {
    return tx.number("SELECT parent FROM {posts.post} WHERE post = ? AND parent IS NOT NULL", post)
        .flatMap(parent -> Posts.named(tx, account, parent))
        .or(() ->
            tx.number("SELECT root FROM {posts.post} WHERE post = ? AND root IS NOT NULL", post)
                .flatMap(root -> Posts.named(tx, account, root)));
  }

  /** Depth first, each level by the time it was written: an answer stands below its question. */
  private static void collectReplies(
      Tx tx, AccountId account, long post, Set<Long> seen, List<Long> into) {
    ArrayDeque<Long> open = new ArrayDeque<>(List.of(post));
    while (!open.isEmpty() && into.size() < THREAD_POSTS_MAX) {
      long next = open.pop();
      if (next != post) {
        into.add(next);
      }
      List<Long> replies =
          tx.all(
              row -> row.number(0),
              "SELECT p.post FROM {posts.post} p WHERE "
                  + Posts.ANSWERS
                  + " AND "
                  + Posts.READABLE
                  + " ORDER BY p.effective_ms DESC, p.post DESC",
              next,
              next,
              account.value(),
              account.value());
      for (long reply : replies) {
        if (seen.add(reply)) {
          open.push(reply);
        }
      }
    }
  }

  /**
   * A post that was bookmarked.
   *
   * @param place where it stands in the list: the later bookmarked, the greater
   */
  public record Bookmark(PostView post, long place) {}

  /**
   * What the account bookmarked, the latest bookmark first.
   *
   * @param page its bounds are places in this list, not ids of posts
   */
  public List<Bookmark> bookmarks(AccountId account, Page page) {
    record Place(long post, long place) {}
    return store.read(tx -> {
      Circle circle = Circle.of(tx, account);
      List<Place> places =
          tx.all(
              row -> new Place(row.number(0), row.number(1)),
              "SELECT f.post, max(b.seq) AS place FROM {marks.bookmark} b"
                  + " JOIN {posts.face} f ON f.alias = b.target"
                  + " JOIN {posts.post} p ON p.post = f.post"
                  + " WHERE b.author IN (SELECT value FROM json_each(?))"
                  + " AND p.author NOT IN (SELECT value FROM json_each(?)) AND "
                  + Posts.READABLE
                  + " GROUP BY f.post HAVING place < ? AND place > ? ORDER BY place "
                  + order(page)
                  + " LIMIT ?",
              Numbers.json(circle.own()),
              Numbers.json(circle.blocked()),
              account.value(),
              page.below().map(PostId::value).orElse(Long.MAX_VALUE),
              page.above().map(PostId::value).orElse(0L),
              page.limit());
      PostLoader loader = loaders.in(tx, circle);
      return (page.oldestFirst() ? places.reversed() : places)
          .stream()
              .flatMap(place ->
                  loader.load(place.post()).map(post -> new Bookmark(post, place.place())).stream())
              .toList();
    });
  }

  private static String order(Page page) {
    return page.oldestFirst() ? "ASC" : "DESC";
  }

  private static final int SEARCH_WORDS_MAX = 16;

  /**
   * Posts with all the words, of which the first 16 count, the newest first.
   *
   * @param words as typed; punctuation means nothing
   */
  public List<PostView> search(AccountId account, String words, int limit) {
    String query =
        words
            .codePoints()
            .mapToObj(c -> Character.isLetterOrDigit(c) ? Character.toString(c) : " ")
            .collect(Collectors.joining())
            .strip();
    if (query.isEmpty()) {
      return List.of();
    }
    String all =
        Stream.of(query.split("\\s+"))
            .limit(SEARCH_WORDS_MAX)
            .map(word -> "\"" + word + "\"*")
            .collect(Collectors.joining(" "));
    return store.read(tx -> {
      Circle circle = Circle.of(tx, account);
      return show(
          tx,
          circle,
          tx.all(
              row -> row.number(0),
              "SELECT DISTINCT p.post FROM {search.words} w JOIN {posts.post} p ON p.post = "
                  + Posts.SAYING
                  + " WHERE {search.words} MATCH ?"
                  + " AND p.author NOT IN (SELECT value FROM json_each(?)) AND "
                  + Posts.READABLE
                  + " ORDER BY p.post DESC LIMIT ?",
              all,
              Numbers.json(circle.blocked()),
              account.value(),
              limit));
    });
  }

  /**
   * How far a list was read.
   *
   * @param version grows with each change
   */
  public record ReadMark(PostId post, long changedMillis, long version) {}

  public Optional<ReadMark> readMark(AccountId account, String timeline) {
    return store.read(tx -> readMark(tx, account, timeline));
  }

  static Optional<ReadMark> readMark(Tx tx, AccountId account, String timeline) {
    return tx.first(
        row -> new ReadMark(new PostId(row.number(0)), row.number(1), row.number(2)),
        "SELECT m.post, m.effective_ms, m.changes FROM {marks.read} m"
            + " JOIN account_identity o ON o.identity = m.author AND o.account = ?"
            + " WHERE m.timeline = ?",
        account.value(),
        timeline);
  }

  public Optional<PersonView> person(PersonId id) {
    return store.read(tx ->
        new PersonLoader(tx, aliases).isPerson(id, networks)
            ? Optional.of(person(tx, id))
            : Optional.empty());
  }

  /** The account's own person. */
  public PersonView self(AccountId account) {
    return store.read(tx -> {
      long identity =
          tx.number("SELECT min(identity) FROM account_identity WHERE account = ?", account.value())
              .orElseThrow(() -> new Refusal("there is no such account"));
      return person(tx, new PersonLoader(tx, aliases).personOf(identity));
    });
  }

  /** The person a network calls so; she need not have been seen before. */
  public PersonView personNamed(Ref name) {
    return store
        .read(tx ->
            aliases
                .find(tx, name)
                .map(number -> person(tx, new PersonLoader(tx, aliases).personOf(number))))
        .orElseGet(() ->
            store.write(
                Lane.OWN,
                tx -> {
                  long number = aliases.number(tx, name);
                  return person(tx, new PersonLoader(tx, aliases).personOf(number));
                }));
  }

  private PersonView person(Tx tx, PersonId id) {
    return new PersonLoader(tx, aliases).load(id);
  }

  private List<Long> identities(Tx tx, PersonId id) {
    return new PersonLoader(tx, aliases).identities(id);
  }

  /**
   * How the account and a person stand to each other.
   *
   * @param blockingTold whether the account told everybody that it blocks her
   * @param blockedBy whether she told everybody that she blocks the account
   */
  public record Relationship(
      boolean following,
      boolean followedBy,
      boolean blocking,
      boolean blockingTold,
      boolean blockedBy) {}

  public Relationship relationship(AccountId account, PersonId person) {
    return store.read(tx -> {
      Circle circle = Circle.of(tx, account);
      List<Long> theirs = identities(tx, person);
      return new Relationship(
          theirs.stream().anyMatch(circle.followed()::contains),
          states(tx, theirs, circle.own()).contains(FollowState.FOLLOWING),
          theirs.stream().anyMatch(circle.blocked()::contains),
          states(tx, circle.own(), theirs).contains(FollowState.BLOCKING),
          states(tx, theirs, circle.own()).contains(FollowState.BLOCKING));
    });
  }

  private static Set<FollowState> states(
      Tx tx, Collection<Long> authors, Collection<Long> persons) {
    return Set.copyOf(
        tx.all(
            row -> FollowState.valueOf(row.text(0)),
            "SELECT state FROM {relations.relation} WHERE public = 1"
                + " AND author IN (SELECT value FROM json_each(?))"
                + " AND person IN (SELECT value FROM json_each(?))",
            Numbers.json(authors),
            Numbers.json(persons)));
  }

  /** Whom the account follows, by name. */
  public List<PersonView> following(AccountId account) {
    return people(account, Circle::followed);
  }

  /** Whom the account blocks; nobody else is told. */
  public List<PersonView> blocking(AccountId account) {
    return people(account, Circle::blocked);
  }

  private List<PersonView> people(AccountId account, Function<Circle, Set<Long>> which) {
    return store.read(tx -> {
      PersonLoader loader = new PersonLoader(tx, aliases);
      return which.apply(Circle.of(tx, account)).stream()
          .map(loader::personOf)
          .distinct()
          .map(loader::load)
          .sorted(
              Comparator.comparing(PersonView::name, String.CASE_INSENSITIVE_ORDER)
                  .thenComparing(PersonView::id))
          .toList();
    });
  }
}
