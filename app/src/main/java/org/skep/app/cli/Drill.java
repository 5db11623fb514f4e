package org.skep.app.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.skep.kernel.Clock;
import org.skep.kernel.Randomness;

/**
 * The stage for whole nodes, Ana's, Ben's and yours, and later Cid's, on free loopback ports and a
 * network key of their own; {@link DrillStory} is played on it. Everything is done and seen through
 * the same API that the page uses.
 */
final class Drill implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final Clock clock;
  private final Path folder;
  private final String networkKey;
  private final List<DrillPlayer> players = new CopyOnWriteArrayList<>();
  private final List<Line> lines = new ArrayList<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * @param what was looked for, as a sentence
   */
  record Line(String what, boolean seen) {}

  private Drill(Clock clock, Path folder, String networkKey) {
    this.clock = clock;
    this.folder = folder;
    this.networkKey = networkKey;
  }

  static Drill prepare(Clock clock, Randomness randomness) throws IOException {
    Path folder = Files.createTempDirectory("skep-drill-");
    return new Drill(clock, folder, randomness.bytes(32).base64());
  }

  /** Plays the whole of it; what was seen is in {@link #lines}. */
  void play() throws IOException, Failure, InterruptedException {
    DrillStory.play(this);
  }

  Clock clock() {
    return clock;
  }

  /** For whatever the players need beside their data folders. */
  Path folder() {
    return folder;
  }

  /** Somebody whose node is not started, on an empty data folder. */
  DrillPlayer player(String name) throws Failure {
    DrillPlayer player =
        DrillPlayer.on(folder.resolve(name), folder.resolve("this computer"), networkKey);
    players.add(player);
    return player;
  }

  /** A person and her node, which runs. */
  DrillPlayer join(String name) throws IOException, Failure {
    DrillPlayer player = player(name);
    player.start();
    player.node().addPerson(name, Optional.empty());
    return player;
  }

  /** A node that is not started, on a copy of another's data folder. */
  DrillPlayer copy(DrillPlayer original, String name) throws IOException, Failure {
    DrillPlayer copy = player(name);
    try (Stream<Path> all = Files.walk(original.data())) {
      for (Path each : all.toList()) {
        Files.copy(each, copy.data().resolve(original.data().relativize(each)));
      }
    }
    return copy;
  }

  /** Something to wait for. */
  interface Sight {
    boolean seen() throws Failure;
  }

  /** Waits for something, and notes whether it was seen. */
  void expect(String what, Sight sight) throws Failure, InterruptedException {
    long deadline = clock.monotonicNanos() + PATIENCE.toNanos();
    boolean seen = sight.seen();
    while (!seen && clock.monotonicNanos() < deadline) {
      clock.sleep(BETWEEN_LOOKS);
      seen = sight.seen();
    }
    lines.add(new Line(what, seen));
    Output.line((seen ? "seen: " : "NOT SEEN: ") + what);
  }

  List<Line> lines() {
    return List.copyOf(lines);
  }

  /** Opens the pages of those who run, or prints links to them. */
  void open() throws Failure, InterruptedException {
    for (DrillPlayer player : players) {
      if (player.isRunning()) {
        String link = player.post("/api/skep/v1/links", Map.of()).path("url").asString();
        if (!Browser.open(player.data(), link)) {
          Output.line("open " + link);
        }
      }
    }
  }

  /** Waits until the process is ended. */
  void stay() throws InterruptedException {
    new CountDownLatch(1).await();
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    players.forEach(DrillPlayer::close);
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the drill's folder " + folder + " is left behind", e);
    }
  }
}
