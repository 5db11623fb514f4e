package org.skep.networks.scuttlebutt.replication;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.skep.kernel.Bytes;
import org.skep.kernel.Verdict;
import org.skep.networks.scuttlebutt.MemoryFeeds;
import org.skep.networks.scuttlebutt.handshake.SeedIdentity;
import org.skep.networks.scuttlebutt.message.ClassicAuthor;
import org.skep.networks.scuttlebutt.message.ClassicCodec;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.SignCap;
import org.skep.wire.json.JsObject;

/** A replica in memory whose messages are judged as the engine judges them. Any thread. */
public final class MemoryReplica implements Replica {
  private final ReentrantLock lock = new ReentrantLock();
  private final MemoryFeeds feeds = new MemoryFeeds(SignCap.NONE);
  private final Map<FeedId, Long> checkpoints = new LinkedHashMap<>();
  private final Map<FeedId, Long> acknowledged = new LinkedHashMap<>();
  private final Set<FeedId> wanted = new LinkedHashSet<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean peerMayReceive = true;
  private final Map<FeedId, PeerClock> clocks = new LinkedHashMap<>();
  private final FeedId own;
  private volatile FeedId peer;

  /** Who is asked for what on this replica's lines. */
  final AskedPeers turns = new AskedPeers();

  /** The identities' feeds are wanted from the beginning. */
  public MemoryReplica(SeedIdentity... identities) {
    for (SeedIdentity identity : identities) {
      wanted.add(feed(identity));
    }
    own = feed(identities[0]);
    peer = own;
  }

  /** Says who is at the other end; before that it is nobody else. */
  public void connectedTo(FeedId other) {
    peer = other;
  }

  @Override
  public FeedId peer() {
    return peer;
  }

  /** The same replica on a line to somebody else. */
  Replica facing(FeedId other) {
    return new Facing(other);
  }

  @Override
  public FeedId own() {
    return own;
  }

  @Override
  public PeerClock recall() {
    return recall(peer);
  }

  PeerClock recall(FeedId other) {
    lock.lock();
    try {
      return clocks.getOrDefault(other, PeerClock.UNKNOWN);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void remember(PeerClock clock) {
    remember(peer, clock);
  }

  void remember(FeedId other, PeerClock clock) {
    lock.lock();
    try {
      clocks.put(other, clock);
    } finally {
      lock.unlock();
    }
  }

  public static FeedId feed(SeedIdentity identity) {
    return new FeedId(identity.publicKey());
  }

  /** Writes the next post of somebody. */
  public ClassicMessage post(SeedIdentity author, String text) {
    ClassicMessage message = write(author, text);
    listeners.forEach(listener -> listener.entryKept(message.author(), message.sequence()));
    return message;
  }

  private ClassicMessage write(SeedIdentity author, String text) {
    FeedId feed = feed(author);
    ClassicAuthor writer = new ClassicAuthor(feed, author::sign, SignCap.NONE);
    JsObject content = JsObject.EMPTY.with("type", "post").with("text", text);
    lock.lock();
    try {
      return switch (writer.write(feeds.state(feed), 1_700_000_000_000.0, content)) {
        case ClassicCodec.Parsed(ClassicMessage written) -> {
          feeds.keep(written);
          yield written;
        }
        case ClassicCodec.Refused(String reason) -> throw new IllegalStateException(reason);
      };
    } finally {
      lock.unlock();
    }
  }

  public void want(FeedId feed, boolean want) {
    lock.lock();
    try {
      if (want) {
        wanted.add(feed);
      } else {
        wanted.remove(feed);
      }
    } finally {
      lock.unlock();
    }
    listeners.forEach(Listener::interestsChanged);
  }

  public void peerMayReceive(boolean may) {
    peerMayReceive = may;
    listeners.forEach(Listener::interestsChanged);
  }

  public List<ClassicMessage> messages(FeedId feed) {
    lock.lock();
    try {
      return feeds.of(feed);
    } finally {
      lock.unlock();
    }
  }

  /** How many messages of a feed wait for those before them. */
  public int waiting(FeedId feed) {
    lock.lock();
    try {
      return feeds.waiting(feed);
    } finally {
      lock.unlock();
    }
  }

  /** Where history was said to end; -1 when the feed was never met. */
  public long checkpoint(FeedId feed) {
    lock.lock();
    try {
      return checkpoints.getOrDefault(feed, -1L);
    } finally {
      lock.unlock();
    }
  }

  public long acknowledged(FeedId feed) {
    lock.lock();
    try {
      return acknowledged.getOrDefault(feed, 0L);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Set<FeedId> wanted() {
    lock.lock();
    try {
      return Set.copyOf(wanted);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isWanted(FeedId feed) {
    return wanted().contains(feed);
  }

  @Override
  public Map<FeedId, Long> wantedHeads() {
    return wanted().stream().collect(Collectors.toMap(feed -> feed, this::head));
  }

  @Override
  public boolean peerMayReceive() {
    return peerMayReceive;
  }

  @Override
  public long head(FeedId feed) {
    return messages(feed).size();
  }

  @Override
  public List<Entry> after(FeedId feed, long sequence, int max) {
    return messages(feed).stream()
        .filter(message -> message.sequence() > sequence)
        .limit(max)
        .map(message ->
            new Entry(message.sequence(), message.id().toString(), 1, Bytes.concat(message.text())))
        .toList();
  }

  @Override
  public Set<FeedId> offer(List<ClassicMessage> messages, ToLongFunction<FeedId> announced) {
    Map<FeedId, List<ClassicMessage>> byFeed =
        messages.stream().collect(Collectors.groupingBy(ClassicMessage::author));
    Set<FeedId> refused = new LinkedHashSet<>();
    byFeed.forEach((feed, ofIt) -> {
      if (!take(feed, ofIt, announced.applyAsLong(feed))) {
        refused.add(feed);
      }
    });
    return refused;
  }

  private boolean take(FeedId feed, List<ClassicMessage> messages, long announced) {
    List<Verdict> verdicts = new ArrayList<>();
    lock.lock();
    try {
      if (announced != END_UNKNOWN) {
        checkpoints.putIfAbsent(feed, announced);
      }
      for (ClassicMessage message : messages) {
        verdicts.add(feeds.judge(message, wanted.contains(feed)));
      }
    } finally {
      lock.unlock();
    }
    if (verdicts.stream().anyMatch(Verdict.Accepted.class::isInstance)) {
      long head = head(feed);
      listeners.forEach(listener -> listener.entryKept(feed, head));
    }
    return verdicts.stream()
        .noneMatch(
            verdict -> verdict instanceof Verdict.Rejected || verdict instanceof Verdict.Unwanted);
  }

  @Override
  public void peerHas(FeedId feed, long sequence) {
    lock.lock();
    try {
      acknowledged.merge(feed, sequence, Math::max);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Subscription subscribe(Listener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private final class Facing implements Replica {
    private final FeedId other;

    Facing(FeedId other) {
      this.other = other;
    }

    @Override
    public FeedId peer() {
      return other;
    }

    @Override
    public PeerClock recall() {
      return MemoryReplica.this.recall(other);
    }

    @Override
    public void remember(PeerClock clock) {
      MemoryReplica.this.remember(other, clock);
    }

    @Override
    public Set<FeedId> wanted() {
      return MemoryReplica.this.wanted();
    }

    @Override
    public Map<FeedId, Long> wantedHeads() {
      return MemoryReplica.this.wantedHeads();
    }

    @Override
    public boolean isWanted(FeedId feed) {
      return MemoryReplica.this.isWanted(feed);
    }

    @Override
    public FeedId own() {
      return own;
    }

    @Override
    public boolean peerMayReceive() {
      return MemoryReplica.this.peerMayReceive();
    }

    @Override
    public long head(FeedId feed) {
      return MemoryReplica.this.head(feed);
    }

    @Override
    public List<Entry> after(FeedId feed, long sequence, int max) {
      return MemoryReplica.this.after(feed, sequence, max);
    }

    @Override
    public Set<FeedId> offer(List<ClassicMessage> messages, ToLongFunction<FeedId> announced) {
      return MemoryReplica.this.offer(messages, announced);
    }

    @Override
    public void peerHas(FeedId feed, long sequence) {
      MemoryReplica.this.peerHas(feed, sequence);
    }

    @Override
    public Subscription subscribe(Listener listener) {
      return MemoryReplica.this.subscribe(listener);
    }
  }
}
