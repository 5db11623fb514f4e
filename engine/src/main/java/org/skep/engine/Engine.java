package org.skep.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.skep.engine.views.BoostsView;
import org.skep.engine.views.MarksView;
import org.skep.engine.views.PeopleView;
import org.skep.engine.views.PostsView;
import org.skep.engine.views.ReactionsView;
import org.skep.engine.views.RelationsView;
import org.skep.engine.views.SealedView;
import org.skep.engine.views.SearchView;
import org.skep.kernel.Aliases;
import org.skep.kernel.Blobs;
import org.skep.kernel.Clock;
import org.skep.kernel.Diary;
import org.skep.kernel.Examination;
import org.skep.kernel.Facts;
import org.skep.kernel.Feeds;
import org.skep.kernel.Inbox;
import org.skep.kernel.Network;
import org.skep.kernel.NetworkId;
import org.skep.kernel.OwnLog;
import org.skep.kernel.Projection;
import org.skep.kernel.Randomness;
import org.skep.kernel.Snapshots;
import org.skep.kernel.Store;
import org.skep.kernel.Tasks;
import org.skep.kernel.Vault;

/** The room put together: everything between the doors, over one store and some networks. */
public final class Engine implements AutoCloseable {
  private final Ground ground;
  private final Map<NetworkId, Network> networks;
  private final CopyRest copyRest;
  private final Elsewhere elsewhere;
  private final Projections projections;
  private final Interpreter interpreter;
  private final Recorder recorder;
  private final Releases releases;
  private final StoreInbox inbox;
  private final Unsealing unsealing;
  private final Whereabouts whereabouts;
  private final HoldBack holdBack;
  private final Actions actions;
  private final Composer composer;
  private final Reader reader;
  private final LettersReader letters;
  private final LogReader logs;
  private final EntriesReader entries;
  private final TagReader tags;
  private final Pictures pictures;
  private final UnshownBlobs unshownBlobs;
  private final Tokens tokens;
  private final MemoryDiary diary;
  private final WhyReader why;

  /**
   * What the engine stands on.
   *
   * @param vault the same that the networks were given
   */
  public record Ground(
      Store store,
      Facts facts,
      Feeds feeds,
      Blobs blobs,
      Aliases aliases,
      SqlVault vault,
      Clock clock,
      Randomness randomness,
      Tasks tasks) {}

  /**
   * Puts the room together and makes its tables. Views that are new or of another version are built
   * from the facts before this returns, because nobody can read them before; with many facts that
   * takes minutes.
   *
   * @param building hears how far that is; not called when there is nothing to build
   * @throws InterruptedException when the thread is interrupted meanwhile
   */
  public Engine(Ground ground, OwnLog ownLog, List<Network> networks, Projections.Progress building)
      throws InterruptedException {
    this(ground, ownLog, networks, 0, building);
  }

  /**
   * The same.
   *
   * @param holdBackSeconds how long what is written waits for accounts that chose nothing, 0 to
   *     {@link Actions#HOLD_BACK_SECONDS_MAX}
   */
  public Engine(
      Ground ground,
      OwnLog ownLog,
      List<Network> networks,
      int holdBackSeconds,
      Projections.Progress building)
      throws InterruptedException {
    Map<NetworkId, Network> byId = new LinkedHashMap<>();
    networks.forEach(network -> byId.put(network.id(), network));
    this.interpreter = new Interpreter(byId);
    this.projections =
        new Projections(ground.store(), ground.facts(), ground.clock(), views(ground.aliases()));
    this.recorder =
        new Recorder(
            ground.facts(),
            ground.feeds(),
            projections,
            interpreter,
            ground.aliases(),
            ground.clock());
    PostLoaders loaders = new PostLoaders(ground.aliases(), ground.facts(), interpreter);
    Reach reach = new Reach(ground.aliases(), ground.vault());
    this.ground = ground;
    this.networks = byId;
    this.copyRest = new CopyRest(ground.vault(), List.copyOf(byId.keySet()));
    this.whereabouts = new Whereabouts(ground.store(), ground.vault(), copyRest);
    this.elsewhere = new Elsewhere(ground.aliases(), ground.feeds(), copyRest, ground.clock());
    Judge judge =
        new Judge(
            ground.facts(),
            ground.feeds(),
            ground.aliases(),
            reach,
            recorder,
            elsewhere,
            byId,
            ground.clock());
    if (projections.prepare()) {
      rebuild(building);
    }
    this.releases =
        new Releases(
            ground.store(),
            ground.feeds(),
            ground.aliases(),
            ground.vault(),
            reach,
            ground.clock());
    this.inbox =
        new StoreInbox(
            ground.store(), ground.tasks(), ground.clock(), byId, judge, LaneQueue.Bounds.USUAL);
    this.unsealing =
        new Unsealing(
            ground.store(),
            ground.facts(),
            ground.vault(),
            ground.clock(),
            ground.tasks(),
            networks,
            recorder);
    this.composer = new Composer(ground.store(), loaders, networks);
    Faces faces = new Faces(byId, elsewhere, recorder);
    this.holdBack = new HoldBack(ground, composer, faces, holdBackSeconds);
    this.actions =
        new Actions(
            ground.store(),
            ground.blobs(),
            ground.vault(),
            ownLog,
            recorder,
            ground.aliases(),
            reach,
            elsewhere,
            copyRest,
            faces,
            holdBack,
            byId,
            ground.clock());
    this.reader = new Reader(ground.store(), loaders, reach, holdBack, networks);
    this.letters = new LettersReader(ground.store(), loaders);
    this.logs = new LogReader(ground.store(), elsewhere, networks);
    this.entries =
        new EntriesReader(
            ground.store(), ground.feeds(), new AccountPolicy(ground.aliases(), ground.vault()));
    this.tags = new TagReader(ground.store(), loaders, reach);
    this.pictures = new Pictures(ground.blobs());
    this.unshownBlobs = new UnshownBlobs(ground.store(), ground.blobs());
    this.tokens = new Tokens(ground.store(), ground.randomness(), ground.clock());
    this.diary = new MemoryDiary(ground.clock());
    this.why = new WhyReader(ground.store(), ground.feeds(), ground.aliases(), reach, diary);
  }

  /**
   * Begins what the engine says to others by itself: what was held back goes out from now on when
   * it is due. To be called once it is known whether the folder may be a copy, because a copy must
   * say nothing.
   */
  public void begin() {
    holdBack.begin();
  }

  /**
   * What this room looks at of a database that may be anybody's to read: nothing is built or
   * changed for it.
   *
   * @param running whether a node runs on it
   */
  public static List<Examination> examinations(
      Snapshots store,
      Aliases aliases,
      Feeds feeds,
      Vault vault,
      List<Network> networks,
      Clock clock,
      boolean running) {
    CopyRest copyRest = new CopyRest(vault, networks.stream().map(Network::id).toList());
    LogReader logs = new LogReader(store, new Elsewhere(aliases, feeds, copyRest, clock), networks);
    return List.of(
        new ClockExamination(store, clock),
        new ViewsExamination(store, aliases, running),
        new PassedExamination(store),
        new RestingExamination(store, vault, logs),
        new WaitingExamination(store, aliases, clock),
        new DeliveryExamination(store, clock));
  }

  static List<Projection> views(Aliases aliases) {
    return List.of(
        new PeopleView(aliases),
        new PostsView(aliases),
        new RelationsView(aliases),
        new ReactionsView(aliases),
        new BoostsView(aliases),
        new MarksView(aliases),
        new SearchView(aliases),
        new SealedView());
  }

  /**
   * Builds every view anew while the old ones serve.
   *
   * @throws InterruptedException when the thread is interrupted or {@link #stopRebuilding} is
   *     called; the old ones then serve on
   */
  public void rebuild(Projections.Progress progress) throws InterruptedException {
    projections.rebuild(interpreter::events, progress);
  }

  /**
   * Lets go of logs that no account wants any more, and builds the views anew without them.
   *
   * @param progress hears how far the building is; not called when nothing was let go of
   * @throws InterruptedException when the thread is interrupted or {@link #stopRebuilding} is
   *     called; what is not done then is done the next time
   */
  public void release(Projections.Progress progress) throws InterruptedException {
    projections.alone(() -> {
      releases.run();
      if (projections.areStale()) {
        rebuild(progress);
      }
    });
  }

  /** Lets a rebuild end soon, and no other begin, because the node stops. */
  public void stopRebuilding() {
    projections.stop();
  }

  /** Clears, in small slices, the tables that rebuilds left behind. */
  public void clearFormerViews() throws InterruptedException {
    projections.clearFormer();
  }

  /**
   * Removes the pictures and files of what was deleted since the last time.
   *
   * @return false if something is left for the next time, because somebody looks at it just now
   */
  public boolean clearUnshownBlobs() {
    return unshownBlobs.clear();
  }

  /** What brings back in an empty node all that another one gave away; to be closed first. */
  public Restore restore() {
    Judge judge =
        new Judge(
            ground.facts(),
            ground.feeds(),
            ground.aliases(),
            tx -> author -> true,
            recorder,
            elsewhere,
            networks,
            ground.clock());
    return new Restore(
        ground,
        copyRest,
        projections,
        recorder,
        new StoreInbox(
            ground.store(),
            ground.tasks(),
            ground.clock(),
            networks,
            judge,
            LaneQueue.Bounds.USUAL));
  }

  /** Every row of every view in a canonical order. */
  public List<String> dumpViews() {
    return projections.dump();
  }

  /** The same row by row, for whoever has no room for all. */
  public void dumpViews(Consumer<String> each) {
    projections.dump(each);
  }

  public Inbox inbox() {
    return inbox;
  }

  public Whereabouts whereabouts() {
    return whereabouts;
  }

  public Actions actions() {
    return actions;
  }

  public Composer composer() {
    return composer;
  }

  public Reader reader() {
    return reader;
  }

  public LettersReader letters() {
    return letters;
  }

  public LogReader logs() {
    return logs;
  }

  public EntriesReader entries() {
    return entries;
  }

  public TagReader tags() {
    return tags;
  }

  Unsealing unsealing() {
    return unsealing;
  }

  public Pictures pictures() {
    return pictures;
  }

  public Tokens tokens() {
    return tokens;
  }

  /** Where networks write down how they ask for people's logs. */
  public Diary diary() {
    return diary;
  }

  public WhyReader why() {
    return why;
  }

  @Override
  public void close() {
    inbox.close();
    unsealing.close();
    holdBack.close();
  }
}
