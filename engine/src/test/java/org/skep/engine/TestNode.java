package org.skep.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.skep.doors.SystemRandomness;
import org.skep.doors.ThreadTasks;
import org.skep.kernel.AccountId;
import org.skep.kernel.Announcement;
import org.skep.kernel.Audience;
import org.skep.kernel.Fact;
import org.skep.kernel.FollowState;
import org.skep.kernel.Intent;
import org.skep.kernel.Lane;
import org.skep.kernel.Network;
import org.skep.kernel.NetworkId;
import org.skep.kernel.Origin;
import org.skep.kernel.PersonId;
import org.skep.kernel.PostId;
import org.skep.kernel.Projection;
import org.skep.kernel.Ref;
import org.skep.kernel.Target;
import org.skep.kernel.Verdict;
import org.skep.store.FileBlobs;
import org.skep.store.SqliteAliases;
import org.skep.store.SqliteFacts;
import org.skep.store.SqliteStore;

/**
 * The engine over a real store in a folder, with real doors, a clock set by hand and two test
 * networks beside the home log.
 */
final class TestNode implements AutoCloseable {
  static final NetworkId TOWN = new NetworkId("town");
  static final NetworkId VILLAGE = new NetworkId("village");

  final TestClock clock = new TestClock();
  final ThreadTasks tasks = new ThreadTasks();
  final SqliteStore store;
  final FileBlobs blobs;
  final SqliteFacts facts;
  final SqliteAliases aliases = new SqliteAliases();
  final SqlVault vault = new SqlVault(new SystemRandomness());
  final TestNetwork home;
  final TestNetwork town;
  final TestNetwork village;
  final Engine engine;
  final List<Announcement> heard = new CopyOnWriteArrayList<>();
  private final Map<NetworkId, Network> networks = new LinkedHashMap<>();

  TestNode(Path folder) {
    this(folder, (done, total) -> {});
  }

  /**
   * @param building hears how far views are that are built before the node answers
   */
  TestNode(Path folder, Projections.Progress building) {
    this.store = SqliteStore.open(folder, clock, tasks);
    this.blobs = FileBlobs.open(folder, store, clock);
    this.facts = new SqliteFacts(store, aliases);
    this.home = network(NetworkId.HOME);
    this.town = network(TOWN);
    this.village = network(VILLAGE);
    this.engine = engine(building);
    engine.begin();
    store.subscribe(heard::add);
  }

  private Engine engine(Projections.Progress building) {
    try {
      return new Engine(
          new Engine.Ground(
              store, facts, facts, blobs, aliases, vault, clock, new SystemRandomness(), tasks),
          new TestOwnLog(home),
          List.copyOf(networks.values()),
          building);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  void rebuild() {
    rebuild((done, total) -> {});
  }

  void rebuild(Projections.Progress progress) {
    try {
      engine.rebuild(progress);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private TestNetwork network(NetworkId id) {
    TestNetwork network = new TestNetwork(id, facts, vault, clock);
    networks.put(id, network);
    return network;
  }

  /** An inbox of its own over the same store, in whose lanes little may wait. */
  StoreInbox smallInbox(int items) {
    return new StoreInbox(
        store, tasks, clock, networks, judge(), new LaneQueue.Bounds(items, 1L << 20));
  }

  /** A judge of its own over the same store. */
  Judge judge() {
    return new Judge(
        facts,
        facts,
        aliases,
        new Reach(aliases, vault),
        recorder(projections(Engine.views(aliases))),
        new Elsewhere(aliases, facts, new CopyRest(vault, List.copyOf(networks.keySet())), clock),
        networks,
        clock);
  }

  Projections projections(List<Projection> views) {
    return new Projections(store, facts, clock, views);
  }

  Recorder recorder(Projections projections) {
    return new Recorder(facts, facts, projections, interpreter(), aliases, clock);
  }

  Interpreter interpreter() {
    return new Interpreter(networks);
  }

  AccountId account(String name) {
    return engine.actions().createAccount(name, Map.of());
  }

  Ref identity(AccountId account, TestNetwork network) {
    return store.read(tx -> network.identity(tx, account).orElseThrow());
  }

  List<Verdict> offer(Origin origin, TestAuthor.Written... entries) {
    try {
      return engine
          .inbox()
          .offer(Arrays.stream(entries).map(TestAuthor.Written::raw).toList(), origin);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  List<Verdict> offer(TestAuthor.Written... entries) {
    return offer(new Origin("peer", Lane.LIVE), entries);
  }

  /** Offers entries that must all be taken. */
  void takes(TestAuthor.Written... entries) {
    for (Verdict verdict : offer(entries)) {
      if (!(verdict instanceof Verdict.Accepted)) {
        throw new AssertionError(verdict.toString());
      }
    }
  }

  boolean has(Ref fact) {
    return store.read(tx -> facts.has(tx, fact));
  }

  void relate(AccountId account, Ref person, FollowState state) {
    Audience audience =
        switch (state) {
          case BLOCKING -> Audience.MYSELF;
          case FOLLOWING, NONE -> Audience.ANYBODY;
        };
    Target target = engine.composer().person(engine.reader().personNamed(person).id());
    engine.actions().act(account, new Intent.Relate(target, state, audience));
  }

  void follow(AccountId account, TestAuthor... authors) {
    for (TestAuthor author : authors) {
      relate(account, author.name(), FollowState.FOLLOWING);
    }
  }

  PostId post(AccountId account, String text) {
    return post(account, text, Optional.empty());
  }

  PostId post(AccountId account, String text, Optional<PostId> parent) {
    Actions.Done done =
        engine
            .actions()
            .act(
                account,
                new Intent.Post(
                    Audience.ANYBODY,
                    text,
                    parent.map(id -> engine.composer().reply(account, id)),
                    "",
                    engine.composer().mentions(text),
                    List.of()));
    return id(done.operation().content().id());
  }

  PostId id(Ref name) {
    return engine.reader().postNamed(name).orElseThrow();
  }

  /** The newest entry that the account wrote on a network. */
  Fact ownFace(AccountId account, TestNetwork network) {
    Ref author = identity(account, network);
    return store.read(tx -> facts.range(tx, author, "", 0, 1_000)).getLast();
  }

  PostView view(AccountId account, Ref name) {
    return engine.reader().post(account, id(name)).orElseThrow();
  }

  PersonId person(Ref name) {
    return engine.reader().personNamed(name).id();
  }

  /** The texts of posts, in their order. */
  static List<String> texts(List<PostView> posts) {
    List<String> texts = new ArrayList<>();
    posts.forEach(post -> texts.add(post.text()));
    return texts;
  }

  List<String> home(AccountId account) {
    return texts(engine.reader().home(account, Page.newest(40)));
  }

  @Override
  public void close() {
    engine.close();
    store.close();
    tasks.close();
  }
}
