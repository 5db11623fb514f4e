package org.skep.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skep.kernel.Aliases;
import org.skep.kernel.Clock;
import org.skep.kernel.Delivery;
import org.skep.kernel.Feeds;
import org.skep.kernel.Lane;
import org.skep.kernel.Ref;
import org.skep.kernel.Store;
import org.skep.kernel.Tx;

/**
 * Keeps how far each peer says it has our own logs; a peer never goes back, and never has more than
 * we wrote, whatever it says. That it says so is kept beside it: it may know of entries that are
 * not here. So many peers a log are kept, friends before others and those before strangers, who
 * come at no cost; then those who have most of it.
 */
public final class AcknowledgedDelivery implements Delivery {
  static final int PEERS_PER_LOG_MAX = 256;

  private final Store store;
  private final Aliases aliases;
  private final Feeds feeds;
  private final Claims claims;
  private final Clock clock;

  public AcknowledgedDelivery(Store store, Aliases aliases, Feeds feeds, Clock clock) {
    this.store = store;
    this.aliases = aliases;
    this.feeds = feeds;
    this.claims = new Claims(aliases);
    this.clock = clock;
  }

  @Override
  public void acknowledged(Ref peer, Ref author, String log, long sequence) {
    // Peers say it with every note, and mostly what is known already; a write costs a commit.
    News news = store.read(tx -> news(tx, peer, author, log, sequence));
    if (news.claimed() || news.place().isPresent()) {
      store.write(Lane.LIVE, tx -> keep(tx, peer, author, log, sequence, news));
    }
  }

  /**
   * What is to be written down of a peer's word.
   *
   * @param claimed whether it says anew that it has more than is here
   * @param place how far it has the log, where that is new and there is room for it
   * @param leaving peers that are forgotten for it
   */
  private record News(boolean claimed, Optional<Long> place, List<Long> leaving) {
    static final News NONE = new News(false, Optional.empty(), List.of());
  }

  private News news(Tx tx, Ref peer, Ref author, String log, long sequence) {
    Optional<Long> own = own(tx, author);
    if (own.isEmpty() || sequence < 0) {
      return News.NONE;
    }
    Optional<Long> end = end(tx, author, log);
    boolean claimed =
        claims.isNews(tx, peer, own.get(), log, sequence, end.orElse(0L), clock.wallMillis());
    Holder fresh = new Holder(aliases.find(tx, peer), Math.min(sequence, end.orElse(0L)));
    if (end.isEmpty() || isKnown(tx, own.get(), log, fresh)) {
      return new News(claimed, Optional.empty(), List.of());
    }
    List<Holder> tooMany = tooMany(tx, own.get(), log, fresh);
    return tooMany.contains(fresh)
        ? new News(claimed, Optional.empty(), List.of())
        : new News(
            claimed,
            Optional.of(fresh.sequence()),
            tooMany.stream().flatMap(holder -> holder.peer().stream()).toList());
  }

  /**
   * A peer of which is kept how far it has a log.
   *
   * @param peer empty for one that has no number here yet
   */
  private record Holder(Optional<Long> peer, long sequence) {}

  private static boolean isKnown(Tx tx, long own, String log, Holder holder) {
    return holder
        .peer()
        .flatMap(number ->
            tx.number(
                "SELECT 1 FROM acknowledged WHERE author = ? AND log = ? AND peer = ?"
                    + " AND sequence >= ?",
                own,
                log,
                number,
                holder.sequence()))
        .isPresent();
  }

  /** For whom there is no room beside a fresh one; that may be among them. */
  private static List<Holder> tooMany(Tx tx, long own, String log, Holder fresh) {
    List<Holder> others =
        tx.all(
            row -> new Holder(Optional.of(row.number(0)), row.number(1)),
            "SELECT peer, sequence FROM acknowledged WHERE author = ? AND log = ?",
            own,
            log);
    // The last to come stays before those that say the same.
    List<Holder> all = new ArrayList<>(List.of(fresh));
    others.stream().filter(other -> !other.peer().equals(fresh.peer())).forEach(all::add);
    if (all.size() <= PEERS_PER_LOG_MAX) {
      return List.of();
    }
    Set<Long> friends = Claims.friends(tx, own);
    Set<Long> theirs = Set.copyOf(Reach.friendsOfFriends(tx, friends));
    return all.stream()
        .sorted(
            Comparator.comparing(
                    (Holder holder) -> holder.peer().filter(friends::contains).isEmpty())
                .thenComparing(holder -> holder.peer().filter(theirs::contains).isEmpty())
                .thenComparing(Holder::sequence, Comparator.reverseOrder()))
        .skip(PEERS_PER_LOG_MAX)
        .toList();
  }

  /** The author's number, if it is one of ours. */
  private Optional<Long> own(Tx tx, Ref author) {
    return aliases
        .find(tx, author)
        .filter(identity ->
            tx.number("SELECT 1 FROM account_identity WHERE identity = ?", identity).isPresent());
  }

  private Optional<Long> end(Tx tx, Ref author, String log) {
    return feeds.head(tx, author, log).map(Feeds.Head::sequence);
  }

  private int keep(Tx tx, Ref peer, Ref author, String log, long sequence, News news) {
    Optional<Long> number = own(tx, author);
    if (number.isEmpty()) {
      return 0;
    }
    long end = end(tx, author, log).orElse(0L);
    claims.said(tx, peer, number.get(), log, sequence, end, clock.wallMillis());
    for (long leaving : news.leaving()) {
      tx.run(
          "DELETE FROM acknowledged WHERE author = ? AND log = ? AND peer = ?",
          number.get(),
          log,
          leaving);
    }
    return news.place()
        .map(place ->
            tx.run(
                "INSERT INTO acknowledged (author, log, peer, sequence) VALUES (?, ?, ?, ?)"
                    + " ON CONFLICT (author, log, peer) DO UPDATE SET"
                    + " sequence = max(sequence, excluded.sequence)",
                number.get(),
                log,
                aliases.number(tx, peer),
                place))
        .orElse(0);
  }
}
