package org.skep.networks.scuttlebutt.replication;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.skep.networks.scuttlebutt.message.FeedId;

/**
 * Notices that what a peer promised does not come. Looks now and then at the feeds it is asked for
 * and says to have more of; one that stands still while nothing else comes either is late, and so
 * is in the end one that stands still whatever else comes. Pure; one thread.
 */
final class StallWatch {
  /** How often to look. */
  static final Duration EVERY = Duration.ofSeconds(5);

  /** After so long the feed is asked of somebody else. */
  static final Duration FEED_PATIENCE = Duration.ofSeconds(15);

  /** After so long also where other feeds come, which they do on a busy line all the time. */
  static final Duration FEED_PATIENCE_ALONE = Duration.ofMinutes(2);

  /** After so long the line is of no use. */
  static final Duration LINE_PATIENCE = Duration.ofSeconds(60);

  /**
   * What was noticed.
   *
   * @param late the feeds that became late since the last look
   * @param dead whether one is late for so long that the line should be given up
   */
  record Findings(Set<FeedId> late, boolean dead) {}

  /** How long a feed has stood at one entry. */
  private static final class Standing {
    private final long weHave;
    private final long sinceNanos;
    private boolean told;

    Standing(long weHave, long sinceNanos) {
      this.weHave = weHave;
      this.sinceNanos = sinceNanos;
    }
  }

  private final Map<FeedId, Standing> standing = new HashMap<>();

  /**
   * Looks once.
   *
   * @param nowNanos monotonic
   * @param overdue how far we have each feed that was asked for and of which more was promised
   * @param progressNanos when an entry last came, or this side was last ready to take one
   */
  Findings look(long nowNanos, Map<FeedId, Long> overdue, long progressNanos) {
    standing.keySet().retainAll(overdue.keySet());
    overdue.forEach((feed, weHave) ->
        standing.compute(
            feed,
            (_, before) ->
                before != null && before.weHave == weHave
                    ? before
                    : new Standing(weHave, nowNanos)));
    Set<FeedId> late = new HashSet<>();
    boolean dead = false;
    for (Map.Entry<FeedId, Standing> entry : standing.entrySet()) {
      Standing feed = entry.getValue();
      long alone = nowNanos - feed.sinceNanos;
      long still = Math.min(alone, nowNanos - progressNanos);
      boolean isLate = still >= FEED_PATIENCE.toNanos() || alone >= FEED_PATIENCE_ALONE.toNanos();
      if (isLate && !feed.told) {
        feed.told = true;
        late.add(entry.getKey());
      }
      dead |= still >= LINE_PATIENCE.toNanos();
    }
    return new Findings(late, dead);
  }
}
