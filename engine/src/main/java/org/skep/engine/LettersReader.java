package org.skep.engine;

import java.util.List;
import java.util.Optional;
import org.skep.kernel.AccountId;
import org.skep.kernel.Aliases;
import org.skep.kernel.Bytes;
import org.skep.kernel.PersonId;
import org.skep.kernel.PostId;
import org.skep.kernel.Ref;
import org.skep.kernel.Store;
import org.skep.kernel.Tx;
import org.skep.wire.crypto.Digests;

/**
 * Answers which letters an account has: those that it has a key to, by conversation. Any thread.
 */
public final class LettersReader {
  /**
   * Everybody a letter is for whom the account does not block, whichever of their identities it
   * names.
   */
  private static final String PEOPLE =
      "(SELECT group_concat(person, ' ') FROM (SELECT DISTINCT ifnull(h.person, n.person) AS person"
          + " FROM (SELECT p.author AS person"
          + " UNION SELECT r.person FROM {posts.reader} r WHERE r.post = p.post) n"
          + " LEFT JOIN {people.person} h ON h.identity = n.person"
          + " WHERE n.person NOT IN (SELECT value FROM json_each(?)) ORDER BY 1))";

  /**
   * Two letters are of one conversation when they have one beginning. Where the beginning is not
   * here, or anybody may read it, they are also for the same people.
   */
  private static final String THREADS =
      "SELECT p.post AS post, CASE WHEN p.root IS NULL THEN p.post ELSE ifnull((SELECT f.post"
          + " FROM {posts.face} f JOIN {posts.post} o ON o.post = f.post WHERE f.alias = p.root"
          + " AND o.sealed = 1), p.root || ' ' || "
          + PEOPLE
          + ") END AS thread FROM {posts.post} p"
          + " WHERE p.sealed = 1 AND p.author NOT IN (SELECT value FROM json_each(?)) AND "
          + Posts.READABLE;

  private final Store store;
  private final Aliases aliases;
  private final PostLoaders loaders;

  LettersReader(Store store, PostLoaders loaders) {
    this.store = store;
    this.aliases = loaders.aliases();
    this.loaders = loaders;
  }

  /**
   * Letters that belong together.
   *
   * @param first the oldest that is here
   * @param last the newest
   * @param people for whom and by whom the newest is, the account not counted
   * @param unread whether the newest is somebody else's and was not marked as read
   */
  public record Conversation(
      PostId first, PostView last, List<PersonView> people, boolean unread) {}

  /**
   * The account's conversations, the one with the newest letter first.
   *
   * @param page its bounds are ids of the newest letters
   */
  public List<Conversation> conversations(AccountId account, Page page) {
    return store.read(tx -> {
      Circle circle = Circle.of(tx, account);
      List<Ends> ends =
          tx.all(
              row -> new Ends(row.number(0), row.number(1)),
              "SELECT min(post), max(post) AS newest FROM ("
                  + THREADS
                  + ") GROUP BY thread HAVING newest < ? AND newest > ? ORDER BY newest "
                  + (page.oldestFirst() ? "ASC" : "DESC")
                  + " LIMIT ?",
              Numbers.json(circle.blocked()),
              Numbers.json(circle.blocked()),
              account.value(),
              page.below().map(PostId::value).orElse(Long.MAX_VALUE),
              page.above().map(PostId::value).orElse(0L),
              page.limit());
      return (page.oldestFirst() ? ends.reversed() : ends)
          .stream().flatMap(one -> conversation(tx, circle, one).stream()).toList();
    });
  }

  /** The conversation that a letter belongs to; empty when the account has no such letter. */
  public Optional<Conversation> conversation(AccountId account, PostId letter) {
    return store.read(tx -> {
      Circle circle = Circle.of(tx, account);
      return tx.first(
              row -> new Ends(row.number(0), row.number(1)),
              "WITH letters AS ("
                  + THREADS
                  + ") SELECT min(post), max(post) FROM letters WHERE thread ="
                  + " (SELECT thread FROM letters WHERE post = ?) GROUP BY thread",
              Numbers.json(circle.blocked()),
              Numbers.json(circle.blocked()),
              account.value(),
              Posts.current(tx, letter))
          .flatMap(ends -> conversation(tx, circle, ends));
    });
  }

  private record Ends(long first, long last) {}

  private Optional<Conversation> conversation(Tx tx, Circle circle, Ends ends) {
    return loaders
        .in(tx, circle)
        .load(ends.last())
        .map(last ->
            new Conversation(
                new PostId(ends.first()),
                last,
                others(tx, circle, last),
                isUnread(tx, circle, ends, last)));
  }

  private List<PersonView> others(Tx tx, Circle circle, PostView last) {
    PersonLoader people = new PersonLoader(tx, aliases);
    List<PersonId> selves = circle.own().stream().map(people::personOf).toList();
    return last.readers().orElse(List.of()).stream()
        .filter(person -> !selves.contains(person.id()))
        .toList();
  }

  private boolean isUnread(Tx tx, Circle circle, Ends ends, PostView last) {
    return !last.own()
        && Reader.readMark(tx, circle.account(), markOf(tx, ends.first()))
            .filter(mark -> mark.post().compareTo(last.id()) >= 0)
            .isEmpty();
  }

  /**
   * The list whose mark says how far a conversation was read, as {@link
   * org.skep.kernel.Intent.ReadUpTo} takes it.
   *
   * @param first the oldest letter
   */
  public String markOf(PostId first) {
    return store.read(tx -> markOf(tx, first.value()));
  }

  /** Named after the letter as networks call it, so that it means the same on every computer. */
  private String markOf(Tx tx, long first) {
    String name =
        tx.number("SELECT min(alias) FROM {posts.face} WHERE post = ?", first)
            .map(alias -> aliases.name(tx, alias))
            .map(Ref::id)
            .orElse("");
    return "letters " + Digests.sha256(Bytes.ofUtf8(name)).hex().substring(0, 32);
  }
}
