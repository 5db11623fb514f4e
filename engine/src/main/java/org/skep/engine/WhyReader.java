package org.skep.engine;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skep.kernel.AccountId;
import org.skep.kernel.Aliases;
import org.skep.kernel.Feeds;
import org.skep.kernel.FollowState;
import org.skep.kernel.NetworkId;
import org.skep.kernel.PersonId;
import org.skep.kernel.Ref;
import org.skep.kernel.Store;
import org.skep.kernel.Tx;

/**
 * Answers why what somebody writes is here for an account, or is not. Of logs that the account does
 * not want nothing is told, because another account may. Any thread.
 */
public final class WhyReader {
  private static final int VIA_MAX = 3;

  private final Store store;
  private final Feeds feeds;
  private final Aliases aliases;
  private final Reach reach;
  private final MemoryDiary diary;

  WhyReader(Store store, Feeds feeds, Aliases aliases, Reach reach, MemoryDiary diary) {
    this.store = store;
    this.feeds = feeds;
    this.aliases = aliases;
    this.reach = reach;
    this.diary = diary;
  }

  /** How somebody stands to the account, as far as it decides whether her log is asked for. */
  public enum Standing {
    /** It is the account's own log. */
    OWN(true),
    FOLLOWED(true),
    /** More of those the account follows follow her than block her. */
    FRIENDS_FRIEND(true),
    BLOCKED(false),
    /**
     * It is not asked for, although she is near enough. The reason is hers, and nobody is told it.
     */
    WITHHELD(false),
    /** She is near, and the account chose not to reach so far. */
    TOO_FAR(false),
    /** Of those the account follows as many block her as follow her. */
    OUTVOTED(false),
    STRANGER(false);

    private final boolean wanted;

    Standing(boolean wanted) {
      this.wanted = wanted;
    }

    /** Whether her log is asked for. */
    public boolean isWanted() {
      return wanted;
    }
  }

  /**
   * How it stands with one log.
   *
   * @param via some of those the account follows who follow her
   * @param viaOthers how many more there are
   * @param hops how far the account reaches
   * @param here how many verified entries are here; 0 where it is not wanted
   * @param latestMillis the time its last entry is shown under; 0 when there is none
   * @param waiting how many entries came too early and wait
   * @param forkedAt the first place at which two different entries are known
   * @param pages how it went with each peer, the latest first
   */
  public record Log(
      Ref author,
      Standing standing,
      List<PersonView> via,
      int viaOthers,
      int hops,
      long here,
      long latestMillis,
      long waiting,
      Optional<Long> forkedAt,
      List<MemoryDiary.Page> pages) {}

  /** How it stands with each of somebody's logs on a network. */
  public List<Log> about(AccountId account, PersonId person, NetworkId network) {
    return store.read(tx ->
        new PersonLoader(tx, aliases)
            .identities(person).stream()
                .filter(identity -> aliases.name(tx, identity).network().equals(network))
                .map(identity -> log(tx, account, person, identity))
                .toList());
  }

  private Log log(Tx tx, AccountId account, PersonId person, long identity) {
    PersonLoader people = new PersonLoader(tx, aliases);
    Circle circle = Circle.of(tx, account);
    Ref author = aliases.name(tx, identity);
    int hops = reach.hops(tx, account);
    List<PersonId> via = via(tx, circle, people, person);
    Standing standing =
        reach.asking(tx).isWanted(account, author)
            ? wantedAs(circle, identity)
            : unwantedAs(tx, circle, identity, hops, !via.isEmpty());
    Optional<Feeds.Head> end = standing.isWanted() ? end(tx, identity) : Optional.empty();
    return new Log(
        author,
        standing,
        via.stream().limit(VIA_MAX).map(people::load).toList(),
        Math.max(0, via.size() - VIA_MAX),
        hops,
        end.map(Feeds.Head::sequence).orElse(0L),
        end.map(Feeds.Head::effectiveMillis).orElse(0L),
        standing.isWanted() ? waiting(tx, identity) : 0,
        Forks.parting(tx, List.of(identity)).map(Forks.Parting::place),
        standing.isWanted() ? diary.pages(account, author) : List.of());
  }

  private static Standing wantedAs(Circle circle, long identity) {
    if (circle.own().contains(identity)) {
      return Standing.OWN;
    }
    return circle.followed().contains(identity) ? Standing.FOLLOWED : Standing.FRIENDS_FRIEND;
  }

  private static Standing unwantedAs(
      Tx tx, Circle circle, long identity, int hops, boolean nearFriends) {
    boolean followed = circle.followed().contains(identity);
    if (circle.blocked().contains(identity)) {
      return Standing.BLOCKED;
    }
    if (!followed && !nearFriends) {
      return Standing.STRANGER;
    }
    if (hops < (followed ? 1 : 2)) {
      return Standing.TOO_FAR;
    }
    return followed || Reach.blockers(tx, circle.own()).contains(identity)
        ? Standing.WITHHELD
        : Standing.OUTVOTED;
  }

  /** Who of those the account follows says in public that she follows somebody. */
  private static List<PersonId> via(Tx tx, Circle circle, PersonLoader people, PersonId person) {
    String theirs = Numbers.json(people.identities(person));
    Set<Long> friends = new HashSet<>(circle.followed());
    friends.removeAll(people.identities(person));
    return tx
        .all(
            row -> row.number(0),
            "SELECT DISTINCT author FROM {relations.relation} WHERE public = 1 AND state = ?"
                + " AND person IN (SELECT value FROM json_each(?))"
                + " AND author IN (SELECT value FROM json_each(?)) ORDER BY author",
            FollowState.FOLLOWING.name(),
            theirs,
            Numbers.json(friends))
        .stream()
        .map(people::personOf)
        .distinct()
        .toList();
  }

  /** The end of the longest of an author's logs. */
  private Optional<Feeds.Head> end(Tx tx, long identity) {
    Ref author = aliases.name(tx, identity);
    return tx
        .all(row -> row.text(0), "SELECT log FROM feed WHERE author = ? ORDER BY log", identity)
        .stream()
        .flatMap(log -> feeds.head(tx, author, log).stream())
        .max((one, other) -> Long.compare(one.sequence(), other.sequence()));
  }

  private static long waiting(Tx tx, long identity) {
    return tx.number("SELECT count(*) FROM deferred WHERE author = ?", identity).orElse(0L);
  }
}
