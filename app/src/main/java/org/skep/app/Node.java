package org.skep.app;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.skep.api.Api;
import org.skep.api.NodeControl;
import org.skep.app.whole.Import;
import org.skep.engine.AccountPolicy;
import org.skep.engine.AcknowledgedDelivery;
import org.skep.engine.CircleMedia;
import org.skep.engine.Engine;
import org.skep.engine.Projections;
import org.skep.engine.Refusal;
import org.skep.engine.SqlAddressBook;
import org.skep.engine.SqlPeerMemory;
import org.skep.engine.SqlVault;
import org.skep.engine.Tokens;
import org.skep.kernel.AccountId;
import org.skep.kernel.Bell;
import org.skep.kernel.Blobs;
import org.skep.kernel.Clock;
import org.skep.kernel.Dialer;
import org.skep.kernel.NetworkId;
import org.skep.kernel.NetworkStatus;
import org.skep.kernel.Policy;
import org.skep.kernel.Progress;
import org.skep.kernel.Randomness;
import org.skep.kernel.Store;
import org.skep.kernel.StoreException;
import org.skep.kernel.Tasks;
import org.skep.kernel.Undertaking;
import org.skep.kernel.Vault;
import org.skep.kernel.http.Site;
import org.skep.networks.home.HomeNetwork;
import org.skep.networks.home.HomeOwnLog;
import org.skep.networks.scuttlebutt.ScuttlebuttNetwork;
import org.skep.networks.scuttlebutt.ScuttlebuttProtocol;
import org.skep.store.DataFolder;
import org.skep.store.FileBlobs;
import org.skep.store.Installation;
import org.skep.store.Installations;
import org.skep.store.SqliteAliases;
import org.skep.store.SqliteFacts;
import org.skep.store.SqliteStore;

/**
 * A whole node: the one place where the rooms are put together, in the order in which they start,
 * and taken apart in the reverse one.
 */
public final class Node implements NodeControl, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Node.class.getName());

  /** What is said while views are built, as the beginning of a sentence. */
  public static final String IN_ORDER = "Putting things in order";

  /** Given back in one go, while nobody else can write. */
  private static final int RECLAIM_PAGES = 64;

  /** The first time is soon after the start. Views are built anew for it. */
  private static final Duration BETWEEN_RELEASES = Duration.ofDays(1);

  /** Left free, 8 MiB, because they will soon be needed again. */
  private static final long FREE_PAGES_KEPT = 1_024;

  /** Whatever there is to tell rings earlier. */
  private static final Duration REST = Duration.ofDays(1);

  private final Config config;
  private final Clock clock;
  private final RunningProof proof;

  /** What is taken apart at the end, the last started first. */
  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  /** Two people who come at once write one file. */
  private final ReentrantLock keepingTokens = new ReentrantLock();

  private final AtomicBoolean closing = new AtomicBoolean();
  private volatile boolean stopAsked;

  /** Rings when the node shall stop, and when there may be something to tell again. */
  private final Bell bell;

  private volatile Optional<Undertaking> underWay = Optional.empty();
  private final long startedMillis;

  private final DataFolder folder;
  private final SqliteStore database;
  private final Store store;
  private final SqliteFacts facts;
  private final Blobs blobs;
  private final SqlVault vault;
  private final Engine engine;
  private final CopyGuard guard;
  private final Map<NetworkId, Dialer> dialers = new LinkedHashMap<>();
  private final ScuttlebuttProtocol scuttlebutt;
  private final Tasks.Scope background;
  private final Upkeep upkeep;
  private final Optional<FrontDoor> door;

  /** Of {@link Clock#monotonicNanos}; looked at by the upkeep only. */
  private Optional<Long> releasedNanos = Optional.empty();

  /**
   * Starts a node; it is whole when this returns. After a change of version that is when all views
   * have been built anew, which with many entries takes minutes; the page is there meanwhile and
   * says how far it is.
   *
   * @param building hears of it again and again, on this thread; not called when there is nothing
   *     to build
   * @throws IOException when a port is taken, in words
   * @throws StoreException when the data folder can't be used, in words
   */
  public static Node start(Config config, Consumer<Undertaking> building) throws IOException {
    return start(config, Doors.ofThisMachine(), building);
  }

  /**
   * Starts a node in another world than this machine's.
   *
   * @param doors the node's from now on, also where it does not start
   */
  public static Node start(Config config, Doors doors, Consumer<Undertaking> building)
      throws IOException {
    try {
      return new Node(config, doors, building);
    } catch (IOException e) {
      throw PortsExamination.explained(config, e);
    }
  }

  /** Starts a node and tells nobody what it builds. */
  public static Node start(Config config) throws IOException {
    return start(config, _ -> {});
  }

  private Node(Config config, Doors doors, Consumer<Undertaking> building) throws IOException {
    opened(doors);
    this.config = config;
    this.clock = doors.clock();
    this.bell = new Bell(clock);
    Randomness randomness = doors.randomness();
    Tasks tasks = doors.tasks();
    this.proof = RunningProof.fresh(randomness);
    this.startedMillis = clock.wallMillis();
    boolean whole = false;
    try {
      this.folder =
          opened(DataFolder.open(config.data(), "process " + ProcessHandle.current().pid()));
      Optional<String> unfinished = Import.unfinished(folder.path());
      if (unfinished.isPresent()) {
        throw new StoreException(unfinished.get());
      }
      Installation installation =
          Installation.of(
              folder,
              config.state().map(Installations::in).orElseGet(Installations::nowhere),
              randomness);
      // After all that writes has ended: what is copied from then on is whole.
      started.push(installation::stopped);
      this.database = opened(SqliteStore.open(folder.path(), clock, tasks));
      this.store = doors.store(database);
      this.blobs =
          doors.blobs(FileBlobs.open(folder.path(), store, clock, blobsBudgetBytes(config)));
      SqliteAliases aliases = new SqliteAliases();
      this.facts = new SqliteFacts(store, aliases);
      this.vault = new SqlVault(randomness);
      this.door =
          doors.hasPage()
              ? Optional.of(opened(frontDoor(new Tokens(store, randomness, clock))))
              : Optional.empty();
      Policy policy = new AccountPolicy(aliases, vault);
      ScuttlebuttNetwork scuttlebuttNetwork =
          new ScuttlebuttNetwork(vault, facts, clock, randomness, config.ssbSignCap());
      this.engine =
          opened(
              new Engine(
                  new Engine.Ground(
                      store, facts, facts, blobs, aliases, vault, clock, randomness, tasks),
                  new HomeOwnLog(vault, facts, clock, randomness),
                  List.of(new HomeNetwork(vault), scuttlebuttNetwork),
                  config.ssbHoldBackSeconds(),
                  telling(building)));
      nothingIsUnderWay();
      this.guard = CopyGuard.post(folder, installation, engine.whereabouts());
      engine.begin();
      this.background = opened(tasks.scope("background"));
      this.scuttlebutt =
          new ScuttlebuttProtocol(
              new ScuttlebuttProtocol.Ground(
                  store,
                  facts,
                  blobs,
                  new CircleMedia(aliases, vault, blobs),
                  vault,
                  engine.inbox(),
                  policy,
                  new AcknowledgedDelivery(store, aliases, facts, clock),
                  new SqlAddressBook(store),
                  new SqlPeerMemory(store, aliases),
                  engine.diary(),
                  doors.transport(),
                  clock,
                  randomness,
                  tasks),
              config.ssbNetworkKey());
      dialers.put(scuttlebutt.network(), scuttlebutt);
      scuttlebutt.whenSomebodyComesOrGoes(bell::ring);
      Api api =
          opened(new Api(new Api.Ground(engine, store, blobs, aliases, vault, clock, tasks, this)));
      door.ifPresent(front -> {
        front.lead(api);
        // It closes before what it leads to.
        opened(front);
      });
      opened(scuttlebutt).start(config.ssbPort());
      keepTokens();
      started.push(() -> Doorstep.clear(folder.path()));
      this.upkeep = upkeep(config);
      background.fork("upkeep", upkeep::run);
      // First of all to end: the page answers until then, and may be waiting for it.
      started.push(engine::stopRebuilding);
      whole = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Skep was stopped while it put things in order.");
    } finally {
      if (!whole) {
        close();
      }
    }
  }

  private FrontDoor frontDoor(Tokens tokens) throws IOException {
    return new FrontDoor(
        folder, config, proof, tokens, () -> underWay.flatMap(Undertaking::progress));
  }

  private <T extends AutoCloseable> T opened(T part) {
    started.push(part);
    return part;
  }

  /** Everybody at home has one access token for the command line; people who come get one. */
  private void keepTokens() {
    keepingTokens.lock();
    try {
      writeTokens();
    } finally {
      keepingTokens.unlock();
    }
  }

  private void writeTokens() {
    Map<String, String> known = NodeFiles.tokens(folder.path());
    Map<String, String> tokens = new LinkedHashMap<>();
    people()
        .forEach((account, name) ->
            tokens.put(
                name,
                Optional.ofNullable(known.get(name))
                    .filter(token -> isTokenOf(token, account))
                    .orElseGet(() ->
                        engine.tokens().create(account, Tokens.Kind.ACCESS, "command line"))));
    NodeFiles.tokens(folder, tokens);
  }

  private boolean isTokenOf(String token, AccountId account) {
    return engine.tokens().owner(Tokens.Kind.ACCESS, token).equals(Optional.of(account));
  }

  private static long blobsBudgetBytes(Config config) {
    return (long) config.blobsBudgetMib() << 20;
  }

  /** What makes room comes before what needs some. */
  private Upkeep upkeep(Config config) {
    long budgetBytes = blobsBudgetBytes(config);
    Bell changed = new Bell(clock);
    database.whenChanged(changed::ring);
    return new Upkeep(
        clock,
        changed,
        engine::clearUnshownBlobs,
        () -> blobs.evictTo(budgetBytes) <= budgetBytes,
        () -> Doorstep.clearOld(folder.path(), clock.wallMillis()),
        Upkeep.whole(engine::clearFormerViews),
        Upkeep.whole(this::reclaim),
        Upkeep.whole(this::releaseIfDue),
        Upkeep.whole(() -> facts.trainIfDue(store)));
  }

  private void releaseIfDue() throws InterruptedException {
    long now = clock.monotonicNanos();
    if (releasedNanos.filter(last -> now - last < BETWEEN_RELEASES.toNanos()).isEmpty()) {
      release();
      releasedNanos = Optional.of(now);
    }
  }

  private void reclaim() throws InterruptedException {
    while (database.reclaim(RECLAIM_PAGES) > FREE_PAGES_KEPT) {
      if (Thread.interrupted()) {
        throw new InterruptedException("the node stops");
      }
    }
  }

  /** Views are about to be built: whoever asks hears how far that is, and so does the listener. */
  private Projections.Progress telling(Consumer<Undertaking> listener) {
    Undertaking building = Undertaking.measured(clock, IN_ORDER);
    underWay = Optional.of(building);
    bell.ring();
    return (done, total) -> {
      building.at(done, total);
      listener.accept(building);
    };
  }

  private void nothingIsUnderWay() {
    underWay = Optional.empty();
    bell.ring();
  }

  private void release() throws InterruptedException {
    try {
      engine.release(telling(_ -> {}));
    } finally {
      nothingIsUnderWay();
    }
  }

  @Override
  public String version() {
    return Version.TEXT;
  }

  @Override
  public Status status(AccountId account) {
    Map<Site, Integer> ports = new LinkedHashMap<>();
    for (Site site : Site.values()) {
      ports.put(site, port(site));
    }
    Map<String, NetworkStatus> networks = new LinkedHashMap<>();
    dialers.forEach((network, dialer) -> networks.put(network.name(), dialer.status(account)));
    return new Status(
        startedMillis,
        ports,
        Map.of(ScuttlebuttNetwork.ID.name(), scuttlebutt.port()),
        networks,
        store.diskBytes(),
        progress(account),
        database.trouble().map(Node::noRoom).or(upkeep::trouble).stream().toList(),
        engine.whereabouts().question(),
        Map.of(
            "http.port", Integer.toString(config.httpPort()),
            "blobs.budget_mib", Integer.toString(config.blobsBudgetMib()),
            "ssb.port", Integer.toString(config.ssbPort()),
            "ssb.hold_back_seconds", Integer.toString(config.ssbHoldBackSeconds())));
  }

  private List<Progress> progress(AccountId account) {
    return Stream.concat(
            underWay.flatMap(Undertaking::progress).stream(),
            dialers.values().stream().flatMap(dialer -> dialer.fetching(account).stream()))
        .toList();
  }

  @Override
  public String connect(AccountId account, String address) {
    String reason = "This address can't be read.";
    for (Dialer dialer : dialers.values()) {
      try {
        return dialer.connect(account, address);
      } catch (IllegalArgumentException e) {
        reason = String.valueOf(e.getMessage());
      }
    }
    throw new Refusal(reason);
  }

  @Override
  public AccountId addPerson(String name, Optional<String> secret) {
    Map<NetworkId, String> secrets = new LinkedHashMap<>();
    secret.ifPresent(text -> secrets.put(ScuttlebuttNetwork.ID, text));
    AccountId account = engine.actions().createAccount(name, secrets);
    keepTokens();
    return account;
  }

  @Override
  public void moved() {
    guard.moved();
  }

  @Override
  public void copied() {
    guard.copied();
  }

  @Override
  public void renewTokens() {
    keepTokens();
  }

  @Override
  public Map<AccountId, String> people() {
    Map<AccountId, String> people = new LinkedHashMap<>();
    for (Vault.Account account : store.read(vault::accounts)) {
      people.put(account.id(), account.name());
    }
    return people;
  }

  @Override
  public void stop() {
    stopAsked = true;
    bell.ring();
  }

  /**
   * Waits until somebody asks the node to stop, or for a while: until there may be something to
   * tell, or {@link #progress} has perhaps changed. A node that rests is not woken to look.
   *
   * @param lookAgainAfter for how long, where it does not rest
   * @return whether somebody asked
   */
  public boolean awaitStop(Duration lookAgainAfter) throws InterruptedException {
    bell.await(rests() ? REST : lookAgainAfter);
    return stopAsked;
  }

  private boolean rests() {
    return underWay.isEmpty() && dialers.values().stream().allMatch(Dialer::rests);
  }

  private static String noRoom(String trouble) {
    return "Skep can keep nothing new: "
        + trouble
        + ". What was kept is safe; once there is room again, it goes on by itself.";
  }

  /**
   * Longer work under way, whomever it concerns; none where the database does not say who lives
   * here, because whoever reads it for better reasons is told why.
   */
  public List<Progress> progress() {
    // Asked all the time, and a node may have nothing to tell for days.
    if (rests()) {
      return List.of();
    }
    try {
      return people().keySet().stream()
          .flatMap(account -> progress(account).stream())
          .distinct()
          .toList();
    } catch (StoreException e) {
      LOG.log(System.Logger.Level.DEBUG, "nobody could be told how far longer work is", e);
      return List.of();
    }
  }

  @Override
  public void rebuild() throws InterruptedException {
    try {
      engine.rebuild(telling(_ -> {}));
    } finally {
      nothingIsUnderWay();
    }
  }

  @Override
  public void dumpViews(Consumer<String> each) {
    engine.dumpViews(each);
  }

  /** All of them at once, where they are few. */
  public List<String> dumpViews() {
    return engine.dumpViews();
  }

  /** The port of the page; 0 where there is none. */
  public int appPort() {
    return port(Site.APP);
  }

  private int port(Site site) {
    return door.map(front -> front.port(site)).orElse(0);
  }

  /** What is behind the page, for whoever holds the node itself. */
  public Engine engine() {
    return engine;
  }

  /** What the node keeps, as it sees it itself. */
  public Store store() {
    return store;
  }

  /** The pictures and files that it keeps, as it sees them itself. */
  public Blobs blobs() {
    return blobs;
  }

  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    stop();
    while (!started.isEmpty()) {
      AutoCloseable part = started.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.log(System.Logger.Level.ERROR, "a part did not close cleanly", e);
      }
    }
  }
}
