package org.skep.networks.scuttlebutt.replication;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.kernel.Clock;
import org.skep.kernel.Progress;
import org.skep.kernel.Undertaking;
import org.skep.networks.scuttlebutt.message.FeedId;

/**
 * How far the fetching is of what each account wants. What is still to come is a guess: the peers
 * say how far they have each feed, and may say anything, so that their word counts up to a bound,
 * for as long as they are there, and no longer than they keep it. Of programs without EBT nothing
 * is known beforehand. Looks when it is looked at. Any thread.
 */
public final class Fetching {
  /** The longest feeds have some hundred thousand entries. */
  static final long MISSING_OF_FEED_MAX = 1_000_000;

  /** Less than that is here in a moment. */
  static final long MISSING_MIN = 100;

  /** Whose friends are known only now is asked for a little later. */
  static final Duration PAUSE_MAX = Duration.ofSeconds(3);

  /** After so long the few that are missing are not waited for. */
  static final Duration STANDSTILL_MAX = Duration.ofSeconds(30);

  private final AskedPeers turns;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<FeedId, Fetch> fetches = new HashMap<>();

  /**
   * @param turns knows all lines of the program
   */
  public Fetching(AskedPeers turns, Clock clock) {
    this.turns = turns;
    this.clock = clock;
  }

  /** One account's, from when something was missing until nothing is. */
  private final class Fetch {
    private final Undertaking work =
        Undertaking.counted(clock, "Fetching what your friends wrote", "messages");

    /** How far we had each feed when it was first missed. */
    private final Map<FeedId, Long> begun = new HashMap<>();

    private final Map<FeedId, Long> here = new HashMap<>();
    private long done;
    private long movedNanos = clock.monotonicNanos();
    private long missedNanos = movedNanos;

    /** Whether it goes on. */
    boolean look(FeedId own, Map<FeedId, EbtState.Ask> promised, long missing) {
      long now = clock.monotonicNanos();
      promised.forEach((feed, ask) -> begun.putIfAbsent(feed, ask.weHave()));
      begun.forEach(
          (feed, before) -> here.merge(feed, Math.max(before, turns.weHave(feed, own)), Math::max));
      long before = done;
      done = 0;
      here.forEach((feed, head) -> done += head - begun.getOrDefault(feed, head));
      movedNanos = done > before ? now : movedNanos;
      missedNanos = missing > 0 ? now : missedNanos;
      work.at(done, done + missing);
      boolean few = missing < MISSING_MIN;
      return now - missedNanos <= PAUSE_MAX.toNanos()
          && !(few && now - movedNanos > STANDSTILL_MAX.toNanos());
    }
  }

  /** Whether nobody is there from whom anything could come, and nothing has come lately. */
  public boolean rests() {
    lock.lock();
    try {
      return fetches.isEmpty() && !turns.hasLines();
    } finally {
      lock.unlock();
    }
  }

  /** Has somebody told, in the place of whoever was before, when it may rest, or no more. */
  public void whenSomebodyComesOrGoes(Runnable told) {
    turns.whenSomebodyComesOrGoes(told);
  }

  /**
   * How far it is; empty where nothing much is missing.
   *
   * @param own the account's own feed
   */
  public Optional<Progress> of(FeedId own) {
    Map<FeedId, EbtState.Ask> promised = turns.promised(own);
    long missing =
        promised.values().stream()
            .mapToLong(ask -> Math.min(MISSING_OF_FEED_MAX, ask.theyHave() - ask.weHave()))
            .sum();
    lock.lock();
    try {
      if (!fetches.containsKey(own) && missing < MISSING_MIN) {
        return Optional.empty();
      }
      Fetch fetch = fetches.computeIfAbsent(own, _ -> new Fetch());
      if (!fetch.look(own, promised, missing)) {
        fetches.remove(own);
        return Optional.empty();
      }
      return fetch.work.progress();
    } finally {
      lock.unlock();
    }
  }
}
