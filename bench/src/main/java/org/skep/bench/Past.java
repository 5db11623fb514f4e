package org.skep.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.skep.doors.SystemClock;
import org.skep.doors.SystemRandomness;
import org.skep.doors.ThreadTasks;
import org.skep.engine.Engine;
import org.skep.engine.SqlVault;
import org.skep.kernel.AccountId;
import org.skep.kernel.Audience;
import org.skep.kernel.FollowState;
import org.skep.kernel.Intent;
import org.skep.kernel.Lane;
import org.skep.kernel.Origin;
import org.skep.kernel.RawItem;
import org.skep.kernel.Verdict;
import org.skep.networks.home.HomeNetwork;
import org.skep.networks.home.HomeOwnLog;
import org.skep.networks.scuttlebutt.ScuttlebuttNetwork;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.SignCap;
import org.skep.store.FileBlobs;
import org.skep.store.SqliteAliases;
import org.skep.store.SqliteFacts;
import org.skep.store.SqliteStore;
import org.skep.testkit.scuttlebutt.Fixture;

/**
 * Two data folders to be copied for each round: of a node that has a fixture, and of one that
 * follows the same people and has nothing yet. Made without a node, through the inbox, because a
 * node takes messages in from the network only.
 */
record Past(Size size, Path giver, Path receiver) {
  private static final int BATCH = 500;

  static Past prepare(Size size, Path folder) throws IOException, InterruptedException {
    Past past = new Past(size, folder.resolve("giver"), folder.resolve("receiver"));
    Fixture fixture = size.fixture();
    make(past.giver, fixture, true);
    follow(past.receiver, fixture);
    return past;
  }

  /** Writes messages into a file, one a line. */
  static void write(Stream<ClassicMessage> messages, Path file) throws IOException {
    try (OutputStream lines = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (Iterator<ClassicMessage> rest = messages.iterator(); rest.hasNext(); ) {
        lines.write(rest.next().text().toArray());
        lines.write('\n');
      }
    }
  }

  /** Makes the folder of a node that follows the authors of a fixture. */
  static void follow(Path folder, Fixture fixture) throws IOException, InterruptedException {
    make(folder, fixture, false);
  }

  private static void make(Path folder, Fixture fixture, boolean filled)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    open(
        folder,
        (engine, store, facts) -> {
          follow(engine, fixture);
          if (filled) {
            fill(engine, fixture);
            // Else the node would do it while it is measured.
            facts.trainIfDue(store);
          }
        });
  }

  /** What is done with all of a node that keeps and shows, and nothing of it that speaks. */
  @FunctionalInterface
  interface Doing {
    void with(Engine engine, SqliteStore store, SqliteFacts facts)
        throws IOException, InterruptedException;
  }

  /** Opens a data folder without a node. */
  static void open(Path folder, Doing doing) throws IOException, InterruptedException {
    SystemClock clock = new SystemClock();
    SystemRandomness randomness = new SystemRandomness();
    try (ThreadTasks tasks = new ThreadTasks();
        SqliteStore store = SqliteStore.open(folder, clock, tasks)) {
      SqliteAliases aliases = new SqliteAliases();
      SqliteFacts facts = new SqliteFacts(store, aliases);
      SqlVault vault = new SqlVault(randomness);
      FileBlobs blobs = FileBlobs.open(folder, store, clock);
      try (Engine engine =
          new Engine(
              new Engine.Ground(
                  store, facts, facts, blobs, aliases, vault, clock, randomness, tasks),
              new HomeOwnLog(vault, facts, clock, randomness),
              List.of(
                  new HomeNetwork(vault),
                  new ScuttlebuttNetwork(vault, facts, clock, randomness, SignCap.NONE)),
              (_, _) -> {})) {
        doing.with(engine, store, facts);
      }
    }
  }

  private static void follow(Engine engine, Fixture fixture) {
    AccountId owner = engine.actions().createAccount("Ana", Map.of());
    for (FeedId feed : fixture.feeds()) {
      engine
          .actions()
          .act(
              owner,
              new Intent.Relate(
                  engine
                      .composer()
                      .person(engine.reader().personNamed(ScuttlebuttNetwork.refOf(feed)).id()),
                  FollowState.FOLLOWING,
                  Audience.ANYBODY));
    }
  }

  private static void fill(Engine engine, Fixture fixture) throws InterruptedException {
    List<RawItem> batch = new ArrayList<>(BATCH);
    for (Iterator<ClassicMessage> rest = fixture.stream().iterator(); rest.hasNext(); ) {
      batch.add(new RawItem(ScuttlebuttNetwork.ID, rest.next().text()));
      if (batch.size() == BATCH || !rest.hasNext()) {
        offer(engine, batch);
        batch.clear();
      }
    }
  }

  /** Has messages taken in, all of which are to be. */
  static void offer(Engine engine, List<RawItem> messages) throws InterruptedException {
    for (Verdict verdict : engine.inbox().offer(messages, new Origin("fixture", Lane.BULK))) {
      if (!(verdict instanceof Verdict.Accepted)) {
        throw new IllegalStateException("a message of the fixture was not taken: " + verdict);
      }
    }
  }
}
