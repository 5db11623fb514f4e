package org.skep.networks.scuttlebutt;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.skep.kernel.AccountId;
import org.skep.kernel.AddressBook;
import org.skep.kernel.Announcement;
import org.skep.kernel.Bytes;
import org.skep.kernel.Delivery;
import org.skep.kernel.Diary;
import org.skep.kernel.Evidence;
import org.skep.kernel.Fact;
import org.skep.kernel.Feeds;
import org.skep.kernel.Hash;
import org.skep.kernel.Inbox;
import org.skep.kernel.Lane;
import org.skep.kernel.LogPosition;
import org.skep.kernel.Media;
import org.skep.kernel.NetworkId;
import org.skep.kernel.NewFact;
import org.skep.kernel.Origin;
import org.skep.kernel.PeerMemory;
import org.skep.kernel.Policy;
import org.skep.kernel.PublicKey;
import org.skep.kernel.RawItem;
import org.skep.kernel.Ref;
import org.skep.kernel.Row;
import org.skep.kernel.Store;
import org.skep.kernel.Tx;
import org.skep.kernel.Vault;
import org.skep.kernel.Verdict;
import org.skep.networks.scuttlebutt.handshake.SeedIdentity;
import org.skep.networks.scuttlebutt.message.ClassicAuthor;
import org.skep.networks.scuttlebutt.message.ClassicCodec;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.SignCap;
import org.skep.wire.json.JsObject;

/**
 * The rest of a node, in memory and without SQL: accounts, keys, feeds, whom they follow and block.
 * Any thread.
 */
public final class FakeKernel {
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Consumer<Announcement>> listeners = new CopyOnWriteArrayList<>();
  private final Map<AccountId, SeedIdentity> accounts = new LinkedHashMap<>();
  private final MemoryFeeds messages = new MemoryFeeds(SignCap.NONE);
  private final Map<String, String> settings = new HashMap<>();
  private final Map<Ref, Long> checkpoints = new HashMap<>();
  private final Map<AccountId, Set<Ref>> follows = new HashMap<>();
  private final Map<AccountId, Set<Ref>> blocks = new HashMap<>();
  private final Map<Ref, Set<Ref>> blockers = new HashMap<>();
  private final List<String> events = new CopyOnWriteArrayList<>();
  private final Set<AddressBook.Entry> addressBook = new LinkedHashSet<>();

  public final Store store = new FakeStore();
  public final Feeds feeds = new FakeFeeds();
  public final FakeBlobs blobs = new FakeBlobs();
  public final Media media = new FakeMedia();
  public final Vault vault = new FakeVault();
  public final Inbox inbox = this::offer;
  public final Policy policy = new FakePolicy();
  public final Delivery delivery =
      (peer, author, log, sequence) -> events.add("acknowledged " + author.id() + " " + sequence);
  public final AddressBook addresses = new FakeAddresses();
  public final PeerMemory memory = new FakeMemory();
  private final List<String> diaryLines = new CopyOnWriteArrayList<>();
  public final Diary diary =
      (account, author, peer, what) ->
          diaryLines.add(account.value() + " " + author.id() + " " + peer.id() + " " + what);

  /** What the node was asked to write down, in order. */
  public List<String> events() {
    return List.copyOf(events);
  }

  /** What was written in the diary, in order. */
  public List<String> diaryLines() {
    return List.copyOf(diaryLines);
  }

  public FeedId add(AccountId account, SeedIdentity identity) {
    return guarded(() -> {
      accounts.put(account, identity);
      return new FeedId(identity.publicKey());
    });
  }

  public void follow(AccountId account, FeedId feed) {
    guarded(() -> follows.computeIfAbsent(account, _ -> new LinkedHashSet<>()).add(ref(feed)));
    announce(new Announcement.InterestsChanged(account));
  }

  public void block(AccountId account, FeedId feed) {
    guarded(() -> blocks.computeIfAbsent(account, _ -> new LinkedHashSet<>()).add(ref(feed)));
    announce(new Announcement.InterestsChanged(account));
  }

  /** Somebody elsewhere says in public that she blocks somebody. */
  public void blocksInPublic(FeedId author, FeedId blocked) {
    guarded(
        () -> blockers.computeIfAbsent(ref(blocked), _ -> new LinkedHashSet<>()).add(ref(author)));
  }

  public void post(AccountId account, String text) {
    Announcement written =
        guarded(() -> {
          SeedIdentity self = own(account);
          FeedId feed = new FeedId(self.publicKey());
          JsObject content = JsObject.EMPTY.with("type", "post").with("text", text);
          ClassicAuthor writer = new ClassicAuthor(feed, self::sign, SignCap.NONE);
          if (writer.write(messages.state(feed), 1_700_000_000_000.0, content)
              instanceof ClassicCodec.Parsed(ClassicMessage message)) {
            messages.keep(message);
          }
          return kept(ref(feed));
        });
    announce(written);
  }

  /** The texts of a feed's entries. */
  public List<Bytes> entries(FeedId feed) {
    return guarded(() -> messages.of(feed).stream().map(ClassicMessage::text).toList());
  }

  private SeedIdentity own(AccountId account) {
    return Optional.ofNullable(accounts.get(account)).orElseThrow();
  }

  private static Ref ref(FeedId feed) {
    return ScuttlebuttNetwork.refOf(feed);
  }

  private List<Fact> facts(Ref author) {
    return FeedId.ofSigil(author.id()).map(messages::of).orElse(List.of()).stream()
        .map(FakeKernel::fact)
        .toList();
  }

  private static Fact fact(ClassicMessage message) {
    long claimedMillis = (long) message.timestampMillis();
    NewFact content =
        new NewFact(
            ScuttlebuttNetwork.refOf(message.id()),
            ref(message.author()),
            new LogPosition(
                ScuttlebuttNetwork.LOG,
                message.sequence(),
                message.previous().map(Object::toString)),
            claimedMillis,
            Evidence.SELF_SIGNED,
            message.text());
    long number = message.sequence();
    return new Fact(number, number, content, claimedMillis, 1, true, "");
  }

  private List<Verdict> offer(List<RawItem> items, Origin origin) {
    List<Verdict> verdicts = new ArrayList<>();
    List<Announcement> moved =
        guarded(() -> {
          events.add("offered " + items.size() + " " + origin.lane());
          Set<Ref> authors = new LinkedHashSet<>();
          items.forEach(item -> verdicts.add(judge(item, authors)));
          return authors.stream().map(this::kept).toList();
        });
    moved.forEach(this::announce);
    return verdicts;
  }

  private Announcement kept(Ref author) {
    return new Announcement.EntryKept(author, ScuttlebuttNetwork.LOG, facts(author).size());
  }

  private Verdict judge(RawItem item, Set<Ref> moved) {
    if (!(ClassicCodec.parse(item.bytes())
        instanceof ClassicCodec.Parsed(ClassicMessage message))) {
      return new Verdict.Rejected("no message");
    }
    Ref author = ref(message.author());
    boolean wanted = accounts.keySet().stream().anyMatch(each -> wanted(each).contains(author));
    Verdict verdict = messages.judge(message, wanted);
    if (verdict instanceof Verdict.Accepted) {
      moved.add(author);
    }
    return verdict;
  }

  private Set<Ref> wanted(AccountId account) {
    Set<Ref> wanted = new LinkedHashSet<>(follows.getOrDefault(account, Set.of()));
    wanted.add(ref(new FeedId(own(account).publicKey())));
    wanted.removeAll(blocks.getOrDefault(account, Set.of()));
    return wanted;
  }

  private void announce(Announcement announcement) {
    listeners.forEach(listener -> listener.accept(announcement));
  }

  private interface Guarded<T> {
    T get();
  }

  private <T> T guarded(Guarded<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  private final class FakeStore implements Store {
    @Override
    public <T> T read(Work<T> work) {
      return guarded(() -> work.with(new NoSql()));
    }

    @Override
    public <T> T write(Lane lane, Work<T> work) {
      return guarded(() -> work.with(new NoSql()));
    }

    @Override
    public Subscription subscribe(Consumer<Announcement> listener) {
      listeners.add(listener);
      return () -> listeners.remove(listener);
    }

    @Override
    public long diskBytes() {
      return 0;
    }

    @Override
    public void close() {}
  }

  /** The fakes need no tables. */
  private static final class NoSql implements Tx {
    @Override
    public int run(String sql, Object... arguments) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T> List<T> all(Function<Row, T> mapping, String sql, Object... arguments) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T> Optional<T> first(Function<Row, T> mapping, String sql, Object... arguments) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T> Optional<T> once(Object key, Supplier<Optional<T>> reading) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void forget(Object key) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void atEnd(Object key, Runnable work) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void apart(Consumer<Tx> work) {
      work.accept(this);
    }

    @Override
    public void announce(Announcement announcement) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isAwaited() {
      return false;
    }

    @Override
    public Tx seeing(String projection, long generation) {
      return this;
    }
  }

  private final class FakeFeeds implements Feeds {
    @Override
    public Optional<Head> head(Tx tx, Ref author, String log) {
      return facts(author).reversed().stream()
          .findFirst()
          .map(last ->
              new Head(
                  last.content().position().sequence(),
                  last.content().id().id(),
                  last.effectiveMillis()));
    }

    @Override
    public void append(Tx tx, Fact fact) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<Fact> range(Tx tx, Ref author, String log, long afterSequence, int max) {
      return facts(author).stream()
          .filter(fact -> fact.content().position().sequence() > afterSequence)
          .limit(max)
          .toList();
    }

    @Override
    public int release(Tx tx, Ref author, String log, int max) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void checkpoint(Tx tx, Ref author, String log, long sequence) {
      if (checkpoints.putIfAbsent(author, sequence) == null) {
        events.add("checkpoint " + sequence);
      }
    }

    @Override
    public Optional<Long> checkpoint(Tx tx, Ref author, String log) {
      return Optional.ofNullable(checkpoints.get(author));
    }
  }

  private final class FakeVault implements Vault {
    @Override
    public PublicKey createKey(Tx tx, AccountId account, String purpose) {
      return add(account, SeedIdentity.numbered((int) account.value())).key();
    }

    @Override
    public PublicKey importKey(Tx tx, AccountId account, String purpose, Bytes seed) {
      return add(account, new SeedIdentity(seed)).key();
    }

    @Override
    public Optional<PublicKey> publicKey(Tx tx, AccountId account, String purpose) {
      return Optional.ofNullable(accounts.get(account)).map(SeedIdentity::publicKey);
    }

    @Override
    public Bytes sign(Tx tx, AccountId account, String purpose, Bytes message) {
      return own(account).sign(message);
    }

    @Override
    public Optional<Bytes> agree(Tx tx, AccountId account, String purpose, Bytes theirs) {
      return own(account).agree(theirs);
    }

    @Override
    public Optional<Agreement> agreement(Tx tx, AccountId account, String purpose) {
      return Optional.ofNullable(accounts.get(account)).map(identity -> identity::agree);
    }

    @Override
    public Bytes wrap(Tx tx, AccountId account, Bytes nonce, Bytes secret) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Bytes> unwrap(Tx tx, AccountId account, Bytes nonce, Bytes wrapped) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Optional<String> setting(Tx tx, AccountId account, String name) {
      return Optional.ofNullable(settings.get(account.value() + " " + name));
    }

    @Override
    public void set(Tx tx, AccountId account, String name, String value) {
      settings.put(account.value() + " " + name, value);
    }

    @Override
    public List<Account> accounts(Tx tx) {
      return accounts.keySet().stream().map(id -> new Account(id, "person " + id.value())).toList();
    }
  }

  private final class FakePolicy implements Policy {
    @Override
    public Decision may(Tx tx, AccountId account, Ref who, Deed deed) {
      return blocks.getOrDefault(account, Set.of()).contains(who)
          ? new Decision.Refused("blocked")
          : new Decision.Allowed();
    }

    @Override
    public Set<Ref> wanted(Tx tx, AccountId account, NetworkId network) {
      return FakeKernel.this.wanted(account);
    }

    @Override
    public boolean isWanted(Tx tx, AccountId account, Ref author) {
      return FakeKernel.this.wanted(account).contains(author);
    }

    @Override
    public Set<Ref> blockersOf(Tx tx, Ref who) {
      return blockers.getOrDefault(who, Set.of());
    }
  }

  private final class FakeAddresses implements AddressBook {
    @Override
    public void remember(NetworkId network, Entry entry) {
      guarded(() -> addressBook.add(entry));
    }

    @Override
    public List<Entry> all(NetworkId network) {
      return guarded(() -> List.copyOf(addressBook));
    }
  }

  /** Nobody shows anything; what is pinned is given. */
  private final class FakeMedia implements Media {
    @Override
    public List<Hash> missing(
        Tx tx, AccountId account, NetworkId network, long lengthBytesMax, int max) {
      return List.of();
    }

    @Override
    public boolean isWanted(Tx tx, AccountId account, Hash blob) {
      return false;
    }

    @Override
    public Map<Hash, Long> given(Tx tx, AccountId account, Ref peer, Collection<Hash> asked) {
      Map<Hash, Long> given = new LinkedHashMap<>();
      asked.stream()
          .filter(blob -> blobs.isPinned(tx, account, blob))
          .flatMap(blob -> blobs.find(blob).stream())
          .forEach(blob -> given.put(blob.hash(), blob.lengthBytes()));
      return given;
    }
  }

  private final class FakeMemory implements PeerMemory {
    private final Map<String, Bytes> kept = new HashMap<>();

    @Override
    public Optional<Bytes> recall(AccountId account, Ref peer) {
      return guarded(() -> Optional.ofNullable(kept.get(account.value() + peer.id())));
    }

    @Override
    public void remember(AccountId account, Ref peer, Bytes bytes) {
      guarded(() -> {
        events.add("remembered " + peer.id());
        kept.put(account.value() + peer.id(), bytes);
        return bytes;
      });
    }
  }
}
