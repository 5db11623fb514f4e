package org.skep.networks.scuttlebutt.replication;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;
import org.skep.networks.scuttlebutt.message.FeedId;

/**
 * What two sides of one EBT stream have told each other, and what is due to be said. No I/O: the
 * sending task asks what is due, the receiving task reports what came. Any thread.
 *
 * <p>Source: Scuttlebutt Protocol Guide, "EBT"; {@code epidemic-broadcast-trees} 9.0.2, {@code
 * events.js}.
 */
final class EbtState {
  /**
   * How many feeds that nobody here wants are remembered of what a peer says, some 250 bytes each.
   * A peer that knows more is no worse for it: should one of the others be wanted later, it is
   * replicated from the next connection on.
   */
  static final int UNWANTED_FEEDS_MAX = 5_000;

  /** One feed as it stands between the two sides. */
  private static final class Feed {
    /** What they last said; absent until they speak of the feed. */
    Optional<Note> theirs = Optional.empty();

    /** How far the feed went when they first spoke of it; what comes later is news. */
    Optional<Long> announced = Optional.empty();

    /** What we last said; absent until we speak of the feed. */
    Optional<Note> ours = Optional.empty();

    boolean wanted;
    boolean broken;

    /** The last entry that they have or that is on its way to them. */
    long theyHave;

    /** The last entry that we have or that came by this stream. */
    long weHave;
  }

  /**
   * What the sending task shall look at.
   *
   * @param interests whether the wanted feeds are to be read anew
   * @param feeds of which entries may be due
   * @param closed whether nothing more will become due
   */
  record Due(boolean interests, Set<FeedId> feeds, boolean closed) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<FeedId, Feed> feeds = new HashMap<>();
  private final LinkedHashSet<FeedId> due = new LinkedHashSet<>();
  private final LinkedHashMap<FeedId, Note> notes = new LinkedHashMap<>();
  private int wantedFeeds;
  private boolean mayStart;
  private boolean heardNotes;
  private boolean interestsDue;
  private boolean firstNotesSent;
  private boolean closed;

  /**
   * @param mayStart whether notes may be sent before any came
   */
  EbtState(boolean mayStart) {
    this.mayStart = mayStart;
  }

  boolean heardNotes() {
    return locked(() -> heardNotes);
  }

  /** Waits until something may be due. */
  Due awaitDue() throws InterruptedException {
    lock.lock();
    try {
      while (!closed && !(mayStart && somethingIsDue())) {
        changed.await();
      }
      Due now = new Due(interestsDue && !closed, Set.copyOf(due), closed);
      interestsDue = false;
      due.clear();
      return now;
    } finally {
      lock.unlock();
    }
  }

  private boolean somethingIsDue() {
    return !firstNotesSent || interestsDue || !due.isEmpty() || !notes.isEmpty();
  }

  /** The notes to send now, once; also when there are none, the first time. */
  Optional<Map<FeedId, Note>> notesDue() {
    return locked(() -> {
      if (firstNotesSent && notes.isEmpty()) {
        return Optional.empty();
      }
      firstNotesSent = true;
      Map<FeedId, Note> now = new LinkedHashMap<>(notes);
      notes.clear();
      return Optional.of(now);
    });
  }

  /** The account wants these feeds, no more and no fewer. */
  void want(Set<FeedId> wanted, ToLongFunction<FeedId> head) {
    Map<FeedId, Long> heads = new LinkedHashMap<>();
    wanted.forEach(feed -> heads.put(feed, head.applyAsLong(feed)));
    locked(() -> {
      heads.forEach(this::startWanting);
      feeds.forEach((id, feed) -> {
        if (feed.wanted && !wanted.contains(id)) {
          feed.wanted = false;
          wantedFeeds--;
          say(id, feed, Note.NONE);
        } else if (!feed.wanted && feed.ours.isEmpty()) {
          say(id, feed, Note.NONE);
        }
      });
      return true;
    });
  }

  private void startWanting(FeedId id, long head) {
    Feed feed = feeds.computeIfAbsent(id, _ -> new Feed());
    if (!feed.wanted) {
      feed.wanted = true;
      // Followed anew, it gets a new chance: perhaps it was refused for not being followed.
      feed.broken = false;
      wantedFeeds++;
      feed.weHave = Math.max(feed.weHave, head);
      say(id, feed, new Note(head, true));
      due.add(id);
    }
  }

  private void say(FeedId id, Feed feed, Note note) {
    if (!feed.ours.equals(Optional.of(note))) {
      feed.ours = Optional.of(note);
      notes.put(id, note);
      changed.signalAll();
    }
  }

  /** Notes came. */
  void notesArrived(Map<FeedId, Note> arrived) {
    lock.lock();
    try {
      heardNotes = true;
      mayStart = true;
      for (Map.Entry<FeedId, Note> entry : arrived.entrySet()) {
        FeedId id = entry.getKey();
        Feed feed = feeds.get(id);
        if (feed == null) {
          if (feeds.size() - wantedFeeds >= UNWANTED_FEEDS_MAX) {
            continue;
          }
          feed = new Feed();
          feeds.put(id, feed);
        }
        Note note = entry.getValue();
        feed.theirs = Optional.of(note);
        feed.announced = feed.announced.or(() -> known(note));
        feed.theyHave = Math.max(note.sequence(), 0);
        if (feed.wanted) {
          due.add(id);
        } else if (feed.ours.isEmpty() && !interestsDue) {
          say(id, feed, Note.NONE);
        }
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** A feed of ours moved forward, by whatever road. */
  void entryKept(FeedId id) {
    locked(() -> {
      Feed feed = feeds.get(id);
      if (feed != null && feed.wanted) {
        due.add(id);
        changed.signalAll();
      }
      return true;
    });
  }

  void interestsChanged() {
    locked(() -> {
      interestsDue = true;
      changed.signalAll();
      return true;
    });
  }

  /** Whether an entry that came is one we asked for and do not have. */
  boolean expects(FeedId id, long sequence) {
    return locked(() -> {
      Feed feed = feeds.get(id);
      if (feed == null || !feed.wanted || feed.broken) {
        return false;
      }
      feed.theyHave = Math.max(feed.theyHave, sequence);
      return sequence > feed.weHave;
    });
  }

  private static Optional<Long> known(Note note) {
    return note.wanted() ? Optional.of(note.sequence()) : Optional.empty();
  }

  /** How far they had the feed when they first spoke of it, if they did. */
  long announced(FeedId id) {
    return locked(() -> {
      Feed feed = feeds.get(id);
      Optional<Long> announced = feed == null ? Optional.empty() : feed.announced;
      return announced.orElse(Replica.END_UNKNOWN);
    });
  }

  void received(FeedId id, long sequence) {
    locked(() -> {
      Feed feed = feeds.get(id);
      if (feed != null) {
        feed.weHave = Math.max(feed.weHave, sequence);
      }
      return true;
    });
  }

  /**
   * Tells them that an entry is on our disk. Real peers answer a note by sending what comes after
   * it, also what is on its way already; so this is for single entries, not for a long past.
   */
  void acknowledge(FeedId id) {
    locked(() -> {
      Feed feed = feeds.get(id);
      if (feed != null && feed.wanted && !feed.broken) {
        say(id, feed, new Note(feed.weHave, true));
      }
      return true;
    });
  }

  /** What they send of this feed is of no use: we stop asking them for it. */
  void giveUp(FeedId id) {
    locked(() -> {
      Feed feed = feeds.get(id);
      if (feed != null) {
        feed.broken = true;
        say(id, feed, Note.NONE);
      }
      return true;
    });
  }

  /** After which entry to go on sending; empty when they do not want to be sent any. */
  Optional<Long> nextToSend(FeedId id) {
    return locked(() -> {
      Feed feed = feeds.get(id);
      if (feed == null || !feed.wanted) {
        return Optional.empty();
      }
      boolean asked = feed.theirs.filter(note -> note.wanted() && note.receive()).isPresent();
      return asked ? Optional.of(feed.theyHave) : Optional.empty();
    });
  }

  void sent(FeedId id, long sequence) {
    locked(() -> {
      Feed feed = feeds.get(id);
      if (feed != null) {
        feed.theyHave = Math.max(feed.theyHave, sequence);
      }
      return true;
    });
  }

  /**
   * All that they asked for is sent. Whoever has the feed but does not want to be sent it is told
   * that there is more, so that it may ask.
   */
  void upToDate(FeedId id, long head) {
    locked(() -> {
      Feed feed = feeds.get(id);
      if (feed == null || !feed.wanted) {
        return true;
      }
      feed.weHave = Math.max(feed.weHave, head);
      boolean listens =
          feed.theirs.isPresent() && feed.theirs.get().wanted() && !feed.theirs.get().receive();
      if (!feed.broken && head > feed.theyHave && (listens || feed.theirs.isEmpty())) {
        say(id, feed, new Note(head, true));
      }
      return true;
    });
  }

  /** The stream is over; whoever waits stops waiting. */
  void close() {
    locked(() -> {
      closed = true;
      changed.signalAll();
      return true;
    });
  }

  private interface Guarded<T> {
    T get();
  }

  private <T> T locked(Guarded<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
