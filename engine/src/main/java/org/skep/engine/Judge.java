package org.skep.engine;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.skep.kernel.Aliases;
import org.skep.kernel.Checked;
import org.skep.kernel.Clock;
import org.skep.kernel.Fact;
import org.skep.kernel.Facts;
import org.skep.kernel.Feeds;
import org.skep.kernel.LogPosition;
import org.skep.kernel.Network;
import org.skep.kernel.NetworkId;
import org.skep.kernel.NewFact;
import org.skep.kernel.Origin;
import org.skep.kernel.Ref;
import org.skep.kernel.Tx;
import org.skep.kernel.Verdict;

/**
 * Says what becomes of a checked item, inside the transaction that would keep it: known already?
 * wanted by anybody? the next of its log?
 */
final class Judge {
  private static final System.Logger LOG = System.getLogger(Judge.class.getName());

  private final Facts facts;
  private final Feeds feeds;
  private final Wishes wishes;
  private final Recorder recorder;
  private final Deferrals deferrals;
  private final Elsewhere elsewhere;
  private final Map<NetworkId, Network> networks;
  private final Clock clock;

  /** Whose logs are taken in, asked anew in each transaction. */
  interface Wishes {
    Predicate<Ref> in(Tx tx);
  }

  /** Takes in what an account wants. */
  Judge(
      Facts facts,
      Feeds feeds,
      Aliases aliases,
      Reach reach,
      Recorder recorder,
      Elsewhere elsewhere,
      Map<NetworkId, Network> networks,
      Clock clock) {
    this(
        facts,
        feeds,
        aliases,
        tx -> reach.asking(tx)::isWanted,
        recorder,
        elsewhere,
        networks,
        clock);
  }

  Judge(
      Facts facts,
      Feeds feeds,
      Aliases aliases,
      Wishes wishes,
      Recorder recorder,
      Elsewhere elsewhere,
      Map<NetworkId, Network> networks,
      Clock clock) {
    this.facts = facts;
    this.feeds = feeds;
    this.wishes = wishes;
    this.recorder = recorder;
    this.deferrals = new Deferrals(aliases);
    this.elsewhere = elsewhere;
    this.networks = networks;
    this.clock = clock;
  }

  /** Logs for which something waits on disk. */
  List<Log> waitingLogs(Tx tx) {
    return deferrals.logs(tx);
  }

  /** One author's log. */
  record Log(Ref author, String log) {}

  /**
   * @param apart whether each item is taken in apart from the others, so that one over which the
   *     views trip costs itself alone; dear where there are many, so that those are tried together
   *     first
   */
  Session session(Tx tx, boolean apart) {
    return new Session(tx, apart);
  }

  /** One transaction's judging: what is asked of every item is looked up once. */
  final class Session {
    private final Tx tx;
    private final boolean apart;
    private final Predicate<Ref> wanted;
    private final Map<Log, Long> metMillis = new HashMap<>();
    private final Map<Log, Optional<Long>> ends = new HashMap<>();
    private final Set<Log> awaited = new LinkedHashSet<>();

    private Session(Tx tx, boolean apart) {
      this.tx = tx;
      this.apart = apart;
      this.wanted = wishes.in(tx);
    }

    /** The logs that moved forward so that something on disk need not wait any longer. */
    List<Log> awaited() {
      return List.copyOf(awaited);
    }

    Verdict judge(Checked.Sound sound, Origin origin) {
      NewFact item = sound.fact();
      if (facts.has(tx, item.id())) {
        return new Verdict.Duplicate();
      }
      if (!wanted.test(item.author())) {
        return new Verdict.Unwanted();
      }
      Network network = network(item.id().network());
      LogPosition position = item.position();
      Optional<Feeds.Head> head = feeds.head(tx, item.author(), position.log());
      long next = head.map(last -> last.sequence() + 1).orElse(position.sequence());
      if (position.previousId().equals(head.map(Feeds.Head::id)) && position.sequence() == next) {
        Fact kept = recorder.record(tx, sound, isNews(item), origin.peer(), apart);
        elsewhere.tookIn(tx, network, item, origin.peer());
        if (deferrals.isDue(tx, item.author(), position)) {
          awaited.add(new Log(item.author(), position.log()));
        }
        return new Verdict.Accepted(kept.localId());
      }
      boolean ahead = head.isEmpty() || position.sequence() > next;
      if (!ahead) {
        boolean taken = position.sequence() < next;
        long place = taken ? position.sequence() : next - 1;
        elsewhere.forked(tx, network, item, place, origin.peer());
        return new Verdict.Rejected(
            taken
                ? "another entry stands at place " + place + " of this log already"
                : "it follows another entry than the one at place " + place + " of this log");
      }
      elsewhere.ahead(tx, network, item, origin.peer());
      return deferrals.defer(tx, item, origin, clock.wallMillis())
          ? new Verdict.Deferred("the entries before place " + position.sequence())
          : new Verdict.Rejected("too much from this side waits already");
    }

    /**
     * News is what an author wrote since this node met her log, and all after it. How much of her
     * log somebody else has says nothing: a peer that begins to fetch it, too, has none.
     */
    private boolean isNews(NewFact item) {
      LogPosition position = item.position();
      Log log = new Log(item.author(), position.log());
      Optional<Long> end = ends.computeIfAbsent(log, this::end);
      if (end.isPresent() && position.sequence() > end.get()) {
        return true;
      }
      long now = clock.wallMillis();
      long met = metMillis.computeIfAbsent(log, this::metMillis);
      // Met in the future, it was met under a clock gone wrong, and what is written now is news.
      boolean since =
          EffectiveTime.isCredible(item.claimedMillis(), now)
              && item.claimedMillis() >= Math.min(met, now) - EffectiveTime.TOLERANCE_MILLIS;
      if (since && end.isEmpty()) {
        feeds.checkpoint(tx, item.author(), position.log(), position.sequence() - 1);
        ends.remove(log);
      }
      return since;
    }

    private Optional<Long> end(Log log) {
      return feeds.checkpoint(tx, log.author(), log.log());
    }

    /** When the log's first entry came; now, when that is yet to be kept. */
    private long metMillis(Log log) {
      return feeds.metMillis(tx, log.author(), log.log()).orElseGet(clock::wallMillis);
    }
  }

  private Network network(NetworkId id) {
    Network network = networks.get(id);
    if (network == null) {
      throw new IllegalStateException("no network " + id);
    }
    return network;
  }

  FollowUp followUp(Log log) {
    return new FollowUp(log);
  }

  /** Goes on in one log through what waited on disk for its turn. */
  final class FollowUp {
    private final Log log;
    private Optional<Deferrals.Waiting> last = Optional.empty();

    private FollowUp(Log log) {
      this.log = log;
    }

    /**
     * Judges what waits for the end of the log, again and again; one in any case, so that it comes
     * to an end though its owner writes all the time.
     *
     * @param deadline in monotonic nanoseconds
     * @return false when it made way, or the time was over first
     */
    boolean go(Tx tx, long deadline) {
      Session session = session(tx, true);
      do {
        Optional<Feeds.Head> head = feeds.head(tx, log.author(), log.log());
        last = head.flatMap(end -> deferrals.next(tx, log, end.sequence()));
        if (last.isEmpty()) {
          return true;
        }
        deferrals.forget(tx, last.get());
        judgeAgain(session, last.get());
      } while (!tx.isAwaited() && clock.monotonicNanos() - deadline <= 0);
      return false;
    }

    private void judgeAgain(Session session, Deferrals.Waiting waiting) {
      Network network = networks.get(waiting.network());
      if (network != null && network.check(waiting.bytes()) instanceof Checked.Sound sound) {
        Verdict verdict = session.judge(sound, waiting.origin());
        LOG.log(System.Logger.Level.DEBUG, "what waited is now {0}", verdict);
      }
    }

    /**
     * Drops the item at which {@link #go} failed.
     *
     * @return whether there was one
     */
    boolean forgetLast(Tx tx) {
      last.ifPresent(waiting -> deferrals.forget(tx, waiting));
      return last.isPresent();
    }
  }
}
