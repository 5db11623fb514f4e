package org.skep.networks.scuttlebutt.replication;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.kernel.Clock;
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

  /** Between two readings of the wanted feeds. */
  static final Duration INTERESTS_EVERY = Duration.ofSeconds(1);

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

    /** Whether they shall hear how far we have it, also where nothing else is new. */
    boolean progressDue;

    /** The last entry that they said they have, or sent; now or when last met. */
    long theyShowed;

    /** That, or the last entry that is on its way to them. */
    long theyHave;

    /** The last entry that we have or that came by this stream. */
    long weHave;

    boolean isAsked() {
      return wanted && !broken && ours.filter(Note::receive).isPresent();
    }

    /** Whether they refused to have the feed at all. */
    boolean isRefused() {
      return theirs.filter(note -> !note.wanted()).isPresent();
    }
  }

  /**
   * What the sending task shall look at.
   *
   * @param interests whether the wanted feeds are to be read anew
   * @param notes feeds of which something may have to be said
   * @param entries feeds of which entries may be due
   * @param closed whether nothing more will become due
   */
  record Due(boolean interests, Set<FeedId> notes, Set<FeedId> entries, boolean closed) {}

  /** A feed that this side would like to be sent: how far either side has it. */
  record Ask(long theyHave, long weHave) {
    /** As far as either of the two says. */
    Ask further(Ask other) {
      return new Ask(Math.max(theyHave, other.theyHave), Math.max(weHave, other.weHave));
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<FeedId, Feed> feeds = new HashMap<>();
  private final Map<FeedId, Long> known;
  private final Set<FeedId> always;
  private final LinkedHashSet<FeedId> notes = new LinkedHashSet<>();
  private final LinkedHashSet<FeedId> entries = new LinkedHashSet<>();
  private int wantedFeeds;
  private boolean mayStart;
  private boolean heardNotes;
  private boolean interestsDue;
  private Optional<Long> interestsReadNanos = Optional.empty();
  private boolean begun;
  private boolean closed;

  /**
   * @param mayStart whether notes may be sent before any came
   * @param known how far they had each feed when last met: where we have just as much, nothing is
   *     said before there is news
   * @param always feeds of which something is said nonetheless
   */
  EbtState(boolean mayStart, Map<FeedId, Long> known, Set<FeedId> always) {
    this.mayStart = mayStart;
    this.known = known;
    this.always = always;
  }

  boolean heardNotes() {
    return locked(() -> heardNotes);
  }

  /**
   * Waits until something may be due; at once the first time, when notes may be sent. While
   * friends' pasts arrive, whom they follow changes all the time; so the wanted feeds are read anew
   * at most every {@link #INTERESTS_EVERY}.
   */
  Due awaitDue(Clock clock) throws InterruptedException {
    lock.lock();
    try {
      while (!closed && !(mayStart && somethingIsDue(clock))) {
        if (interestsDue && mayStart) {
          clock.await(changed, Duration.ofNanos(Math.max(1, interestsWaitNanos(clock))));
        } else {
          changed.await();
        }
      }
      boolean interests = interestsDue && !closed && interestsWaitNanos(clock) <= 0;
      Due now =
          new Due(interests, new LinkedHashSet<>(notes), new LinkedHashSet<>(entries), closed);
      begun = true;
      if (interests) {
        interestsDue = false;
        interestsReadNanos = Optional.of(clock.monotonicNanos());
      }
      notes.clear();
      entries.clear();
      return now;
    } finally {
      lock.unlock();
    }
  }

  private boolean somethingIsDue(Clock clock) {
    return !begun
        || (interestsDue && interestsWaitNanos(clock) <= 0)
        || !notes.isEmpty()
        || !entries.isEmpty();
  }

  private long interestsWaitNanos(Clock clock) {
    return interestsReadNanos
        .map(last -> last + INTERESTS_EVERY.toNanos() - clock.monotonicNanos())
        .orElse(0L);
  }

  /**
   * The account wants these feeds, no more and no fewer.
   *
   * @param heads how far we have each
   */
  void want(Map<FeedId, Long> heads) {
    locked(() -> {
      heads.forEach(this::startWanting);
      feeds.forEach((id, feed) -> {
        if (!heads.containsKey(id)) {
          wantedFeeds -= feed.wanted ? 1 : 0;
          feed.wanted = false;
          notes.add(id);
        }
      });
      changed.signalAll();
      return true;
    });
  }

  private void startWanting(FeedId id, long head) {
    Feed feed = feeds.computeIfAbsent(id, _ -> new Feed());
    if (feed.wanted) {
      feed.weHave = Math.max(feed.weHave, head);
      return;
    }
    feed.wanted = true;
    // What was there before may have been let go of.
    feed.weHave = head;
    // Followed anew, it gets a new chance: perhaps it was refused for not being followed.
    feed.broken = false;
    wantedFeeds++;
    Long before = known.get(id);
    if (before != null && feed.theirs.isEmpty()) {
      feed.theyShowed = before;
      feed.theyHave = before;
    }
    // What was refused on this line must be taken back, whatever was known before.
    if (before == null || before != head || always.contains(id) || feed.ours.isPresent()) {
      notes.add(id);
    }
    entries.add(id);
  }

  /** Notes came. */
  void notesArrived(Map<FeedId, Note> arrived) {
    locked(() -> {
      heardNotes = true;
      mayStart = true;
      arrived.forEach(this::noteArrived);
      changed.signalAll();
      return true;
    });
  }

  private void noteArrived(FeedId id, Note note) {
    Feed feed = feeds.get(id);
    if (feed == null) {
      if (feeds.size() - wantedFeeds >= UNWANTED_FEEDS_MAX) {
        return;
      }
      feed = new Feed();
      feeds.put(id, feed);
    }
    feed.theirs = Optional.of(note);
    feed.announced = feed.announced.or(() -> known(note));
    feed.theyShowed = Math.max(note.sequence(), 0);
    feed.theyHave = feed.theyShowed;
    notes.add(id);
    if (feed.wanted) {
      entries.add(id);
    }
  }

  private static Optional<Long> known(Note note) {
    return note.wanted() ? Optional.of(note.sequence()) : Optional.empty();
  }

  /** A feed of ours moved forward to this entry, by whatever road. */
  void entryKept(FeedId id, long sequence) {
    locked(() -> {
      Feed feed = feeds.get(id);
      if (feed == null || !feed.wanted) {
        return true;
      }
      feed.weHave = Math.max(feed.weHave, sequence);
      // What they sent us themselves is no news to them.
      if (sequence > feed.theyHave) {
        entries.add(id);
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

  /** Whom to ask for these feeds may have to be decided anew. */
  void reconsider(Collection<FeedId> others) {
    locked(() -> {
      others.stream().filter(feeds::containsKey).forEach(notes::add);
      changed.signalAll();
      return true;
    });
  }

  /** Whether the account wants the feed now. */
  boolean isWanted(FeedId id) {
    return locked(() -> Optional.ofNullable(feeds.get(id)).filter(feed -> feed.wanted).isPresent());
  }

  /** What there is to ask for; empty when the feed is of no use, or they refuse to have it. */
  Optional<Ask> ask(FeedId id) {
    return locked(() -> {
      Feed feed = feeds.get(id);
      return feed == null || !feed.wanted || feed.broken || feed.isRefused()
          ? Optional.empty()
          : Optional.of(new Ask(feed.theyShowed, feed.weHave));
    });
  }

  /**
   * What is to be said of a feed now, once.
   *
   * @param asked whether it is their turn to be asked for it
   */
  Optional<Note> say(FeedId id, boolean asked) {
    return locked(() -> {
      Feed feed = feeds.get(id);
      if (feed == null) {
        return Optional.empty();
      }
      Note now = feed.wanted && !feed.broken ? new Note(feed.weHave, asked) : Note.NONE;
      boolean same =
          feed.ours
              .filter(said ->
                  said.wanted() == now.wanted()
                      && said.receive() == now.receive()
                      && (!feed.progressDue || said.sequence() == now.sequence()))
              .isPresent();
      feed.progressDue = false;
      if (same) {
        return Optional.empty();
      }
      feed.ours = Optional.of(now);
      return Optional.of(now);
    });
  }

  /** Whether an entry that came is one we asked for and do not have. */
  boolean expects(FeedId id, long sequence) {
    return locked(() -> {
      Feed feed = feeds.get(id);
      if (feed == null || !feed.wanted || feed.broken) {
        return false;
      }
      feed.theyShowed = Math.max(feed.theyShowed, sequence);
      feed.theyHave = Math.max(feed.theyHave, sequence);
      return sequence > feed.weHave;
    });
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

  /** How far we have a feed. */
  long weHave(FeedId id) {
    return locked(() -> Optional.ofNullable(feeds.get(id)).map(feed -> feed.weHave).orElse(0L));
  }

  /**
   * Tells them that an entry is on our disk. Real peers answer a note by sending what comes after
   * it, also what is on its way already; so this is for single entries, not for a long past.
   */
  void acknowledge(FeedId id) {
    locked(() -> {
      Feed feed = feeds.get(id);
      if (feed != null && feed.wanted && !feed.broken) {
        sayProgress(id, feed);
      }
      return true;
    });
  }

  private void sayProgress(FeedId id, Feed feed) {
    feed.progressDue = true;
    notes.add(id);
    changed.signalAll();
  }

  /** What they send of this feed is of no use: we stop asking them for it. */
  void giveUp(FeedId id) {
    locked(() -> {
      Feed feed = feeds.get(id);
      if (feed != null) {
        feed.broken = true;
        notes.add(id);
        changed.signalAll();
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
          feed.theirs.isEmpty() || (!feed.isRefused() && !feed.theirs.get().receive());
      if (!feed.broken && head > feed.theyHave && listens) {
        sayProgress(id, feed);
      }
      return true;
    });
  }

  /** How far we have each feed that they are asked for and said they have more of. */
  Map<FeedId, Long> overdue() {
    return locked(() -> {
      Map<FeedId, Long> overdue = new HashMap<>();
      feeds.forEach((id, feed) -> {
        if (feed.isAsked() && feed.theyShowed > feed.weHave) {
          overdue.put(id, feed.weHave);
        }
      });
      return overdue;
    });
  }

  /** The feeds of which they say to have more than we, whoever is asked for them. */
  Map<FeedId, Ask> promised() {
    return locked(() -> {
      Map<FeedId, Ask> promised = new HashMap<>();
      feeds.forEach((id, feed) -> {
        boolean spoken = feed.theirs.filter(Note::wanted).isPresent();
        if (feed.wanted && !feed.broken && spoken && feed.theyShowed > feed.weHave) {
          promised.put(id, new Ask(feed.theyShowed, feed.weHave));
        }
      });
      return promised;
    });
  }

  /** How far they have each feed, by their own word: what to know when they are met again. */
  Map<FeedId, Long> theirClock() {
    return locked(() -> {
      Map<FeedId, Long> clock = new LinkedHashMap<>();
      feeds.forEach((id, feed) -> {
        boolean spoken = feed.theirs.map(Note::wanted).orElseGet(() -> known.containsKey(id));
        if (feed.wanted && spoken) {
          clock.put(id, feed.theyShowed);
        }
      });
      return clock;
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
