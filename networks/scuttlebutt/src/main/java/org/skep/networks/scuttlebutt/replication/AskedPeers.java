package org.skep.networks.scuttlebutt.replication;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.networks.scuttlebutt.message.FeedId;

/**
 * Of each feed, the one connected peer that is asked to send it, whichever account it is connected
 * to; all others are told not to, so that nothing comes twice. One for all connections of the
 * program. Any thread.
 *
 * <p>A line that knows of more takes the turn from one that knows of less; who leaves, or does not
 * deliver, loses it. Source: the eager and lazy modes of {@code epidemic-broadcast-trees} 9.0.2.
 */
public final class AskedPeers {
  /** How many peers are remembered for lines that were cut; beyond that the oldest is forgiven. */
  static final int CUT_PEERS_MAX = 1_000;

  /** How often a peer's line is cut for not delivering before we let it be, for so long. */
  static final int CUTS_MAX = 3;

  static final Duration FORGIVEN_AFTER = Duration.ofHours(6);

  /** One connection on which feeds are asked for. */
  interface Line {
    /** Whose line it is. */
    FeedId peer();

    /** The feed of the account at our end. */
    FeedId own();

    /** The feeds of which the peer says to have more than we, and how far either side has them. */
    Map<FeedId, EbtState.Ask> promised();

    /** How far we have a feed; 0 where nothing is known of it here. */
    long weHave(FeedId feed);

    /** The turns of these feeds may be somebody else's now. Returns at once. */
    void reconsider(Collection<FeedId> feeds);
  }

  private record Turn(Line line, long theyHave) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<FeedId, Turn> turns = new HashMap<>();
  private final Set<Line> lines = new LinkedHashSet<>();

  /** What was promised on a line and did not come: such a promise counts for nothing. */
  private final Map<Line, Set<FeedId>> late = new HashMap<>();

  private final LinkedHashMap<FeedId, Cuts> cuts = new LinkedHashMap<>();

  private record Cuts(int count, long lastNanos) {}

  /** Is told of each line that joins or leaves. */
  private volatile Runnable changed = () -> {};

  void whenSomebodyComesOrGoes(Runnable told) {
    changed = told;
  }

  void join(Line line) {
    lock.lock();
    try {
      lines.add(line);
    } finally {
      lock.unlock();
    }
    changed.run();
  }

  /** The line is gone, and its feeds are free to be asked of others. */
  void leave(Line line) {
    Set<FeedId> freed = new LinkedHashSet<>();
    List<Line> others;
    lock.lock();
    try {
      lines.remove(line);
      late.remove(line);
      turns.forEach((feed, turn) -> {
        if (turn.line().equals(line)) {
          freed.add(feed);
        }
      });
      turns.keySet().removeAll(freed);
      others = List.copyOf(lines);
    } finally {
      lock.unlock();
    }
    tell(others, freed);
    changed.run();
  }

  /**
   * Takes the turn for a feed if it is free or this line's already, or if this line knows of more
   * than both we and the one whose turn it is.
   *
   * @param theyHave how far the peer says it has the feed
   * @param weHave how far we have it
   * @return whether it is this line's turn now
   */
  boolean take(FeedId feed, Line line, long theyHave, long weHave) {
    Turn before;
    lock.lock();
    try {
      long promised = late.getOrDefault(line, Set.of()).contains(feed) ? 0 : theyHave;
      Turn now = new Turn(line, promised);
      before = turns.putIfAbsent(feed, now);
      if (before != null && !before.line().equals(line)) {
        if (promised <= weHave || promised <= before.theyHave()) {
          return false;
        }
      }
      turns.put(feed, now);
    } finally {
      lock.unlock();
    }
    if (before != null && !before.line().equals(line)) {
      before.line().reconsider(List.of(feed));
    }
    return true;
  }

  /** The line does not want the turn, or can make no use of it. */
  void giveUp(FeedId feed, Line line) {
    pass(List.of(feed), line, true);
  }

  /**
   * These feeds did not come although they were promised: the turn goes to whoever else has more
   * than we, and stays where it is until there is somebody.
   */
  void passOn(Collection<FeedId> feeds, Line line) {
    lock.lock();
    try {
      late.computeIfAbsent(line, _ -> new HashSet<>()).addAll(feeds);
    } finally {
      lock.unlock();
    }
    pass(feeds, line, false);
  }

  private void pass(Collection<FeedId> feeds, Line line, boolean free) {
    List<FeedId> passed = new ArrayList<>();
    List<Line> others = new ArrayList<>();
    lock.lock();
    try {
      for (FeedId feed : feeds) {
        Turn turn = turns.get(feed);
        if (turn != null && turn.line().equals(line)) {
          passed.add(feed);
          if (free) {
            turns.remove(feed);
          } else {
            turns.put(feed, new Turn(line, 0));
          }
        }
      }
      others.addAll(lines);
      others.remove(line);
    } finally {
      lock.unlock();
    }
    tell(others, passed);
  }

  private static void tell(List<Line> lines, Collection<FeedId> feeds) {
    if (!feeds.isEmpty()) {
      lines.forEach(line -> line.reconsider(feeds));
    }
  }

  /**
   * The feeds of which more is promised to an account, and how far either side has them: each once,
   * however many say so. What was promised and did not come is left out.
   *
   * @param own the account's own feed
   */
  Map<FeedId, EbtState.Ask> promised(FeedId own) {
    Map<FeedId, EbtState.Ask> promised = new HashMap<>();
    for (Line line : linesOf(own)) {
      Map<FeedId, EbtState.Ask> there = new HashMap<>(line.promised());
      there.keySet().removeAll(lateOn(line));
      there.forEach((feed, ask) -> promised.merge(feed, ask, EbtState.Ask::further));
    }
    // Another line may know better how far we are.
    promised.replaceAll((feed, ask) -> ask.further(new EbtState.Ask(0, weHave(feed, own))));
    promised.values().removeIf(ask -> ask.theyHave() <= ask.weHave());
    return promised;
  }

  /** Whether anybody is connected. */
  boolean hasLines() {
    lock.lock();
    try {
      return !lines.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** How far we have a feed, as the lines of an account know. */
  long weHave(FeedId feed, FeedId own) {
    return linesOf(own).stream().mapToLong(line -> line.weHave(feed)).max().orElse(0);
  }

  private List<Line> linesOf(FeedId own) {
    lock.lock();
    try {
      return lines.stream().filter(line -> line.own().equals(own)).toList();
    } finally {
      lock.unlock();
    }
  }

  private Set<FeedId> lateOn(Line line) {
    lock.lock();
    try {
      return Set.copyOf(late.getOrDefault(line, Set.of()));
    } finally {
      lock.unlock();
    }
  }

  /** The line brought something of this feed: its promises count again. */
  void delivered(FeedId feed, Line line) {
    lock.lock();
    try {
      late.computeIfPresent(
          line,
          (_, feeds) -> {
            feeds.remove(feed);
            return feeds.isEmpty() ? null : feeds;
          });
    } finally {
      lock.unlock();
    }
  }

  /**
   * Whether a line on which nothing that was promised comes shall be cut, so that it is dialled
   * anew. A peer that never keeps its promises is left alone in the end, for a while.
   *
   * @param nowNanos monotonic
   */
  boolean mayCut(FeedId peer, long nowNanos) {
    lock.lock();
    try {
      Cuts before = cuts.remove(peer);
      if (before != null && nowNanos - before.lastNanos() >= FORGIVEN_AFTER.toNanos()) {
        before = null;
      }
      if (before != null && before.count() >= CUTS_MAX) {
        cuts.putLast(peer, before);
        return false;
      }
      cuts.putLast(peer, new Cuts(before == null ? 1 : before.count() + 1, nowNanos));
      if (cuts.size() > CUT_PEERS_MAX) {
        cuts.pollFirstEntry();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
