package org.skep.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.skep.kernel.Clock;

/**
 * Two nodes on fresh copies of a past's folders, each a process of its own and at rest, about to
 * meet over loopback.
 */
final class Pair implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final Duration LOOK_EVERY = Duration.ofMillis(25);

  /** A node that computes less than this between two looks is at rest: it only keeps time. */
  private static final Duration REST_CPU_MAX = Duration.ofMillis(20);

  private static final Duration REST_LOOK_EVERY = Duration.ofMillis(500);
  private static final Duration REST_PATIENCE = Duration.ofMinutes(2);

  private final Clock clock;
  private final Past past;
  private final Path receiverData;
  private final Path fsyncLines;
  private final Peer giver;
  private final Peer receiver;
  private final Arrived arrived;

  private Pair(Clock clock, Past past, Path folder, Peer giver, Peer receiver) throws IOException {
    this.clock = clock;
    this.past = past;
    this.receiverData = folder.resolve("receiver");
    this.fsyncLines = fsyncLines(folder);
    this.giver = giver;
    this.receiver = receiver;
    this.arrived = Arrived.in(receiverData, past.size().fixture());
  }

  private static Path fsyncLines(Path folder) {
    return folder.resolve("fsyncs.txt");
  }

  /**
   * Starts both and waits until they rest.
   *
   * @param folder what is there is deleted
   * @param profile of both
   * @param counted whether the receiver's fsyncs are counted, which slows it
   */
  static Pair start(Clock clock, Past past, Path folder, Peer.Profile profile, boolean counted)
      throws IOException, InterruptedException {
    Folders.delete(folder);
    Files.createDirectories(folder);
    Folders.copy(past.giver(), folder.resolve("giver"));
    Folders.copy(past.receiver(), folder.resolve("receiver"));
    Peer.Way way = Peer.Way.USUAL.in(profile);
    Peer giver = Peer.start(clock, folder.resolve("giver"), way);
    Optional<Peer> receiver = Optional.empty();
    boolean whole = false;
    try {
      receiver =
          Optional.of(
              Peer.start(
                  clock,
                  folder.resolve("receiver"),
                  counted ? way.countingFsyncs(fsyncLines(folder)) : way));
      awaitRest(clock, giver.usage());
      awaitRest(clock, receiver.get().usage());
      Pair pair = new Pair(clock, past, folder, giver, receiver.get());
      whole = true;
      return pair;
    } finally {
      if (!whole) {
        giver.close();
        receiver.ifPresent(Peer::close);
      }
    }
  }

  /** Waits until a process only keeps time. */
  static void awaitRest(Clock clock, Usage usage) throws IOException, InterruptedException {
    Duration[] before = {Duration.ZERO};
    Until.holds(
        clock,
        "a node was at rest",
        REST_LOOK_EVERY,
        REST_PATIENCE,
        () -> {
          Duration now = usage.cpu();
          boolean rests = now.minus(before[0]).compareTo(REST_CPU_MAX) < 0;
          before[0] = now;
          return rests;
        });
  }

  Peer giver() {
    return giver;
  }

  Peer receiver() {
    return receiver;
  }

  void connect() throws IOException, InterruptedException {
    receiver.connect(giver.address());
  }

  /** How many messages are on the receiver's disk. */
  long arrived() throws IOException {
    return arrived.messages();
  }

  boolean isDone() throws IOException {
    return arrived() >= past.size().messages();
  }

  void awaitFirst() throws IOException, InterruptedException {
    Until.holds(clock, "a message had come", LOOK_EVERY, PATIENCE, () -> arrived() > 0);
  }

  void awaitAll() throws IOException, InterruptedException {
    Until.holds(clock, "all messages had come", LOOK_EVERY, PATIENCE, this::isDone);
  }

  /** Stops both in good order; afterwards their folders are at rest. */
  void stop() throws IOException, InterruptedException {
    arrived.close();
    receiver.stop();
    giver.stop();
  }

  /** By how many bytes the receiver's data folder has grown; after {@link #stop}. */
  long grownBytes() throws IOException {
    return Folders.bytes(receiverData) - Folders.bytes(past.receiver());
  }

  /** The receiver's fsyncs between two moments; after {@link #stop}, where they were counted. */
  Fsyncs fsyncs(long fromMillis, long toMillis) throws IOException, InterruptedException {
    // The watcher outlives the watched by a moment.
    Until.holds(
        clock,
        "the last fsync was written down",
        LOOK_EVERY,
        Duration.ofSeconds(10),
        () -> Fsyncs.isWhole(fsyncLines, receiver.pid()));
    return Fsyncs.between(fromMillis, toMillis, fsyncLines);
  }

  @Override
  public void close() throws IOException {
    try (arrived) {
      giver.close();
      receiver.close();
    }
  }
}
