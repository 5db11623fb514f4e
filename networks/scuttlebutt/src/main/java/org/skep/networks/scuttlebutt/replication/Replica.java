package org.skep.networks.scuttlebutt.replication;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.skep.kernel.Bytes;
import org.skep.kernel.Diary;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.networks.scuttlebutt.message.FeedId;

/**
 * The feeds of one account as one peer may see and change them. Any thread.
 *
 * <p>Calls may wait for the disk; {@link #offer} also for room.
 */
public interface Replica {
  /** The peer is still giving what it has of a feed, and has not said how far that goes. */
  long END_UNKNOWN = Long.MAX_VALUE;

  /**
   * A verified entry.
   *
   * @param id the message's id in sigil form
   * @param receivedMillis when this node got it, since 1970
   * @param text the message's value as it came
   */
  record Entry(long sequence, String id, long receivedMillis, Bytes text) {}

  /** Hears of changes; returns at once. */
  interface Listener {
    /** A feed moved forward to this entry. */
    void entryKept(FeedId feed, long sequence);

    /** The account wants other feeds now, or lets the peer do other things. */
    void interestsChanged();
  }

  /** Ends a subscription. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * The feeds that the account wants to have and speaks of with the peer; they are also the ones it
   * serves.
   */
  Set<FeedId> wanted();

  /** The same feeds, each with its last verified entry's number; 0 when there is none. */
  Map<FeedId, Long> wantedHeads();

  /** Whether a feed is one of these. */
  boolean isWanted(FeedId feed);

  /** The account's own feed. */
  FeedId own();

  /** Whose line it is. */
  FeedId peer();

  /** Whether the peer may be given entries at all. */
  boolean peerMayReceive();

  /** The last verified entry's number; 0 when there is none. */
  long head(FeedId feed);

  /** Verified entries after a number, ascending, at most so many. */
  List<Entry> after(FeedId feed, long sequence, int max);

  /**
   * Offers messages, those of one feed ascending, and waits until each has its verdict on disk.
   *
   * @param announced how far the peer had the feed when it first spoke of it, or {@link
   *     #END_UNKNOWN}: what is not beyond it is a past that can wait for what is live. Of its own
   *     feed a peer knows the end, so that there this tells history from news too
   * @return the feeds of which one was refused, so that nothing after it can be of use
   */
  Set<FeedId> offer(List<ClassicMessage> messages, ToLongFunction<FeedId> announced)
      throws InterruptedException;

  /** {@link #offer(List, ToLongFunction)} for one feed; false when one was refused. */
  default boolean offer(FeedId feed, List<ClassicMessage> messages, long announced)
      throws InterruptedException {
    return !offer(messages, _ -> announced).contains(feed);
  }

  /** The peer has this much of a feed. */
  void peerHas(FeedId feed, long sequence);

  /**
   * Writes down how it goes with a feed that is wanted, for whoever asks why it does not come.
   * Returns at once.
   */
  void happened(FeedId feed, Diary.Happening what);

  /** What was known of the peer when it was last met. */
  PeerClock recall();

  /** Keeps what is known of the peer until it is met again. */
  void remember(PeerClock clock);

  Subscription subscribe(Listener listener);
}
