package org.skep.engine;

import java.util.Optional;
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
 * not here.
 */
public final class AcknowledgedDelivery implements Delivery {
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
    if (store.read(tx -> isNews(tx, peer, author, log, sequence))) {
      store.write(Lane.LIVE, tx -> keep(tx, peer, author, log, sequence));
    }
  }

  private boolean isNews(Tx tx, Ref peer, Ref author, String log, long sequence) {
    Optional<Long> own = own(tx, author);
    if (own.isEmpty() || sequence < 0) {
      return false;
    }
    Optional<Long> end = end(tx, author, log);
    long place = Math.min(sequence, end.orElse(0L));
    boolean known =
        end.isEmpty()
            || aliases
                .find(tx, peer)
                .flatMap(number ->
                    tx.number(
                        "SELECT 1 FROM acknowledged WHERE author = ? AND log = ? AND peer = ?"
                            + " AND sequence >= ?",
                        own.get(),
                        log,
                        number,
                        place))
                .isPresent();
    return !known
        || claims.isNews(tx, peer, own.get(), log, sequence, end.orElse(0L), clock.wallMillis());
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

  private int keep(Tx tx, Ref peer, Ref author, String log, long sequence) {
    Optional<Long> number = own(tx, author);
    if (number.isEmpty() || sequence < 0) {
      return 0;
    }
    Optional<Long> end = end(tx, author, log);
    claims.said(tx, peer, number.get(), log, sequence, end.orElse(0L), clock.wallMillis());
    if (end.isEmpty()) {
      return 0;
    }
    return tx.run(
        "INSERT INTO acknowledged (author, log, peer, sequence) VALUES (?, ?, ?, ?)"
            + " ON CONFLICT (author, log, peer) DO UPDATE SET"
            + " sequence = max(sequence, excluded.sequence)",
        number.get(),
        log,
        aliases.number(tx, peer),
        Math.min(sequence, end.get()));
  }
}
