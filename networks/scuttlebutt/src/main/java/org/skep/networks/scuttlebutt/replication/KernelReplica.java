package org.skep.networks.scuttlebutt.replication;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.skep.kernel.AccountId;
import org.skep.kernel.Announcement;
import org.skep.kernel.Fact;
import org.skep.kernel.Feeds;
import org.skep.kernel.Lane;
import org.skep.kernel.Origin;
import org.skep.kernel.Policy;
import org.skep.kernel.RawItem;
import org.skep.kernel.Ref;
import org.skep.kernel.Verdict;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.networks.scuttlebutt.message.FeedId;

/** {@link Replica} over the contracts of the kernel. */
public final class KernelReplica implements Replica {
  /** Classic feeds have one log each. */
  private static final String LOG = "";

  private final KernelDoors doors;
  private final AccountId account;
  private final FeedId own;
  private final FeedId peer;

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
    Set<Ref> refs = doors.store().read(tx -> doors.policy().wanted(tx, account, doors.network()));
    LinkedHashSet<FeedId> wanted = new LinkedHashSet<>();
    refs.forEach(ref -> FeedId.ofSigil(ref.id()).ifPresent(wanted::add));
    return wanted;
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
    return doors
        .store()
        .read(tx -> doors.feeds().head(tx, ref(feed), LOG))
        .map(Feeds.Head::sequence)
        .orElse(0L);
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
  public boolean offer(FeedId feed, List<ClassicMessage> messages, long announced)
      throws InterruptedException {
    if (feed.equals(peer) && announced != END_UNKNOWN) {
      writeDownTheEnd(feed, announced);
    }
    List<ClassicMessage> old =
        messages.stream().filter(message -> message.sequence() <= announced).toList();
    List<ClassicMessage> fresh =
        messages.stream().filter(message -> message.sequence() > announced).toList();
    return offer(old, Lane.BULK) && offer(fresh, Lane.LIVE);
  }

  /** Where the author's history ended when she was first met, by her own word. */
  private void writeDownTheEnd(FeedId feed, long announced) {
    boolean known =
        doors.store().read(tx -> doors.feeds().checkpoint(tx, ref(feed), LOG)).isPresent();
    if (!known) {
      doors
          .store()
          .write(
              Lane.BULK,
              tx -> {
                doors.feeds().checkpoint(tx, ref(feed), LOG, announced);
                return announced;
              });
    }
  }

  private boolean offer(List<ClassicMessage> messages, Lane lane) throws InterruptedException {
    if (messages.isEmpty()) {
      return true;
    }
    List<RawItem> items =
        messages.stream().map(message -> new RawItem(doors.network(), message.text())).toList();
    List<Verdict> verdicts = doors.inbox().offer(items, new Origin(peer.toString(), lane));
    return verdicts.stream().noneMatch(Verdict.Rejected.class::isInstance);
  }

  @Override
  public void peerHas(FeedId feed, long sequence) {
    if (feed.equals(own)) {
      doors.delivery().acknowledged(ref(peer), ref(feed), LOG, sequence);
    }
  }

  @Override
  public Subscription subscribe(Listener listener) {
    return doors.store().subscribe(announcement -> tell(listener, announcement))::close;
  }

  private void tell(Listener listener, Announcement announcement) {
    switch (announcement) {
      case Announcement.EntryKept(Ref author, String _, long _) -> {
        if (author.network().equals(doors.network())) {
          FeedId.ofSigil(author.id()).ifPresent(listener::entryKept);
        }
      }
      case Announcement.InterestsChanged(AccountId changed) -> {
        if (changed.equals(account)) {
          listener.interestsChanged();
        }
      }
      case Announcement.PostShown _, Announcement.PostChanged _, Announcement.Reacted _ -> {}
    }
  }

  private Ref ref(FeedId feed) {
    return new Ref(doors.network(), feed.toString());
  }
}
