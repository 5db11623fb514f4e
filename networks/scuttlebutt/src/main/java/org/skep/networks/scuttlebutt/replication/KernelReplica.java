package org.skep.networks.scuttlebutt.replication;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.skep.kernel.AccountId;
import org.skep.kernel.Announcement;
import org.skep.kernel.Diary;
import org.skep.kernel.DiskException;
import org.skep.kernel.Fact;
import org.skep.kernel.Feeds;
import org.skep.kernel.Lane;
import org.skep.kernel.Origin;
import org.skep.kernel.Policy;
import org.skep.kernel.RawItem;
import org.skep.kernel.Ref;
import org.skep.kernel.Store;
import org.skep.kernel.Tx;
import org.skep.kernel.Verdict;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.networks.scuttlebutt.message.FeedId;

/** {@link Replica} over the contracts of the kernel. */
public final class KernelReplica implements Replica {
  private static final System.Logger LOGGER = System.getLogger(KernelReplica.class.getName());

  /** Classic feeds have one log each. */
  private static final String LOG = "";

  private final KernelDoors doors;
  private final AccountId account;
  private final FeedId own;
  private final FeedId peer;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private Store.@Nullable Subscription heard;
  private volatile boolean endIsKnown;

  /**
   * @param account whom the peer dialled, or who dialled it
   * @param own the account's own feed
   */
  public KernelReplica(KernelDoors doors, AccountId account, FeedId own, FeedId peer) {
    this.doors = doors;
    this.account = account;
    this.own = own;
    this.peer = peer;
  }

  @Override
  public Set<FeedId> wanted() {
    LinkedHashSet<FeedId> wanted = new LinkedHashSet<>();
    for (Ref author : doors.store().read(this::authors)) {
      FeedId.ofSigil(author.id()).ifPresent(wanted::add);
    }
    return wanted;
  }

  /** Who blocks the peer is spoken of with others: the peer neither gets nor brings her feed. */
  private Set<Ref> authors(Tx tx) {
    Set<Ref> authors = new LinkedHashSet<>(doors.policy().wanted(tx, account, doors.network()));
    authors.removeAll(doors.policy().blockersOf(tx, ref(peer)));
    return authors;
  }

  @Override
  public Map<FeedId, Long> wantedHeads() {
    return doors
        .store()
        .read(tx -> {
          Map<FeedId, Long> heads = new LinkedHashMap<>();
          for (Ref author : authors(tx)) {
            FeedId.ofSigil(author.id())
                .ifPresent(feed -> heads.put(feed, sequence(doors.feeds().head(tx, author, LOG))));
          }
          return heads;
        });
  }

  @Override
  public boolean isWanted(FeedId feed) {
    return doors
        .store()
        .read(tx ->
            doors.policy().isWanted(tx, account, ref(feed))
                && !doors.policy().blockersOf(tx, ref(peer)).contains(ref(feed)));
  }

  private static long sequence(Optional<Feeds.Head> head) {
    return head.map(Feeds.Head::sequence).orElse(0L);
  }

  @Override
  public FeedId own() {
    return own;
  }

  @Override
  public FeedId peer() {
    return peer;
  }

  @Override
  public boolean peerMayReceive() {
    return doors.store().read(tx -> doors.policy().may(tx, account, ref(peer), Policy.Deed.RECEIVE))
        instanceof Policy.Decision.Allowed;
  }

  @Override
  public long head(FeedId feed) {
    return sequence(doors.store().read(tx -> doors.feeds().head(tx, ref(feed), LOG)));
  }

  @Override
  public List<Entry> after(FeedId feed, long sequence, int max) {
    List<Fact> facts =
        doors.store().read(tx -> doors.feeds().range(tx, ref(feed), LOG, sequence, max));
    return facts.stream().map(KernelReplica::entry).toList();
  }

  private static Entry entry(Fact fact) {
    return new Entry(
        fact.content().position().sequence(),
        fact.content().id().id(),
        fact.receivedMillis(),
        fact.content().bytes());
  }

  @Override
  public Set<FeedId> offer(List<ClassicMessage> messages, ToLongFunction<FeedId> announced)
      throws InterruptedException {
    List<ClassicMessage> past = new ArrayList<>();
    List<ClassicMessage> live = new ArrayList<>();
    for (ClassicMessage message : messages) {
      long end = announced.applyAsLong(message.author());
      (message.sequence() > end ? live : past).add(message);
      if (message.author().equals(peer) && end != END_UNKNOWN && !endIsKnown) {
        writeDownTheEnd(end);
      }
    }
    Set<FeedId> refused = offer(past, Lane.BULK);
    live.removeIf(message -> refused.contains(message.author()));
    refused.addAll(offer(live, Lane.LIVE));
    return refused;
  }

  /** Where the author's history ended when she was first met, by her own word. */
  private void writeDownTheEnd(long end) {
    boolean known =
        doors.store().read(tx -> doors.feeds().checkpoint(tx, ref(peer), LOG)).isPresent();
    endIsKnown = known || keepIfTheDiskDoes("where a history ended", () -> writeDown(end));
  }

  private void writeDown(long end) {
    doors
        .store()
        .write(
            Lane.BULK,
            tx -> {
              doors.feeds().checkpoint(tx, ref(peer), LOG, end);
              return end;
            });
  }

  /** Whether the disk took it; what it did not is said or asked again by the protocol. */
  private static boolean keepIfTheDiskDoes(String what, Runnable keeping) {
    try {
      keeping.run();
      return true;
    } catch (DiskException e) {
      LOGGER.log(System.Logger.Level.DEBUG, what + " could not be kept", e);
      return false;
    }
  }

  private Set<FeedId> offer(List<ClassicMessage> messages, Lane lane) throws InterruptedException {
    Set<FeedId> refused = new HashSet<>();
    if (messages.isEmpty()) {
      return refused;
    }
    List<RawItem> items =
        messages.stream()
            .map(message -> new RawItem(doors.network(), message.text(), Optional.of(message)))
            .toList();
    List<Verdict> verdicts = doors.inbox().offer(items, new Origin(peer.toString(), lane));
    Map<FeedId, Diary.Happening.Came> came = new LinkedHashMap<>();
    Map<FeedId, String> reasons = new LinkedHashMap<>();
    for (int i = 0; i < verdicts.size(); i++) {
      ClassicMessage message = messages.get(i);
      switch (verdicts.get(i)) {
        case Verdict.Accepted _ ->
            came.merge(
                message.author(),
                new Diary.Happening.Came(1, message.sequence()),
                (one, more) ->
                    new Diary.Happening.Came(one.entries() + more.entries(), more.upTo()));
        case Verdict.Rejected(String reason) -> {
          refused.add(message.author());
          reasons.putIfAbsent(
              message.author(), "number %d was refused: %s".formatted(message.sequence(), reason));
        }
        case Verdict.Unwanted _ -> refused.add(message.author());
        case Verdict.Duplicate _, Verdict.Deferred _ -> {}
      }
    }
    came.forEach(this::happened);
    reasons.forEach((feed, reason) -> happened(feed, new Diary.Happening.Failed(reason)));
    return refused;
  }

  @Override
  public void peerHas(FeedId feed, long sequence) {
    if (feed.equals(own)) {
      keepIfTheDiskDoes(
          "what a peer has",
          () -> doors.delivery().acknowledged(ref(peer), ref(feed), LOG, sequence));
    }
  }

  @Override
  public void happened(FeedId feed, Diary.Happening what) {
    doors.diary().happened(account, ref(feed), ref(peer), what);
  }

  /** What can't be read is as good as nothing. */
  @Override
  public PeerClock recall() {
    return doors
        .memory()
        .recall(account, ref(peer))
        .flatMap(PeerClock::decode)
        .orElseGet(() -> PeerClock.UNKNOWN);
  }

  @Override
  public void remember(PeerClock clock) {
    keepIfTheDiskDoes(
        "what a peer has", () -> doors.memory().remember(account, ref(peer), clock.encode()));
  }

  /**
   * All of a connection's listeners stand behind one subscription, which decodes each name once.
   */
  @Override
  public Subscription subscribe(Listener listener) {
    lock.lock();
    try {
      listeners.add(listener);
      if (listeners.size() == 1) {
        heard = doors.store().subscribe(this::tell);
      }
    } finally {
      lock.unlock();
    }
    return () -> unsubscribe(listener);
  }

  private void unsubscribe(Listener listener) {
    lock.lock();
    try {
      if (listeners.remove(listener) && listeners.isEmpty() && heard != null) {
        heard.close();
        heard = null;
      }
    } finally {
      lock.unlock();
    }
  }

  private void tell(Announcement announcement) {
    switch (announcement) {
      case Announcement.EntryKept(Ref author, String _, long sequence) -> {
        if (author.network().equals(doors.network())) {
          FeedId.ofSigil(author.id())
              .ifPresent(feed -> listeners.forEach(each -> each.entryKept(feed, sequence)));
        }
      }
      case Announcement.InterestsChanged(AccountId changed) -> {
        if (changed.equals(account)) {
          listeners.forEach(Listener::interestsChanged);
        }
      }
      case Announcement.PostShown _,
          Announcement.PostChanged _,
          Announcement.EntryGone _,
          Announcement.HeldChanged _,
          Announcement.SealedKept _,
          Announcement.Reacted _,
          Announcement.MediaShown _,
          Announcement.BlobChanged _ -> {}
    }
  }

  private Ref ref(FeedId feed) {
    return new Ref(doors.network(), feed.toString());
  }
}
