package org.skep.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.skep.kernel.Clock;
import org.skep.testkit.peers.NpmFolder;
import org.skep.testkit.peers.SsbPeer;

/** Skep beside the ssb-db2 stack: both take in the same file of messages. */
final class ImportBenchmark implements Benchmark {
  /** How many messages a CPU-second, for each of ssb-db2's. */
  private static final double WHOLE_MIN = 1;

  private static final double SECOND_HALF_MIN = 1.3;
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  private final Clock clock;

  ImportBenchmark(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "import";
  }

  @Override
  public List<String> words() {
    return List.of(
        "Skep and the ssb-db2 stack in turn take in a file of messages, a line each in the order in",
        "which they were written, checking every one. Skep is a node in profile default and the command",
        "ssb import, which reads the file and brings it to the node: both processes are summed. ssb-db2",
        "is its process, which reads the file and gives each author's messages to addBatch at once, and",
        "has no views. Whole is all that the processes compute from their start until the last message",
        "is kept. The second half is what that costs beyond the first half of the same file, taken in",
        "by fresh processes in the same round: there the start and most of the compilers' work are over.",
        "The wall clock runs from the wish to take in until the last is kept.");
  }

  @Override
  public List<Size> sizes() {
    return List.of(new Size(100_000, 500));
  }

  @Override
  public String duration() {
    return "about seven minutes";
  }

  /** What one taking in needed. */
  private record Taken(
      Duration cpu, Duration command, Duration wall, double memoryBytes, double diskBytes) {
    Intake intake(Size size, Taken half) {
      return new Intake(size.messages(), cpu, half.cpu, command, wall, memoryBytes, diskBytes);
    }
  }

  /** A way to take in a file. */
  @FunctionalInterface
  private interface Program {
    Taken takeIn(Path file, Path place) throws IOException, InterruptedException;
  }

  @Override
  public void run(Path folder, Setting setting, Consumer<String> out)
      throws IOException, InterruptedException {
    for (Size size : setting.sizes()) {
      Path made = Files.createDirectory(folder.resolve(size.messages() + "x" + size.authors()));
      Path whole = made.resolve("whole.jsonl");
      Path half = made.resolve("half.jsonl");
      Path follower = made.resolve("follower");
      Past.write(size.fixture().stream(), whole);
      Past.write(size.fixture().stream().limit(size.messages() / 2), half);
      Past.follow(follower, size.fixture());
      Program skep = (file, place) -> skep(file, follower, place);
      Side ours = new Side("Skep", new ArrayList<>());
      Side theirs = new Side("ssb-db2", new ArrayList<>());
      Path place = folder.resolve("round");
      for (int round = 0; round < setting.rounds(); round++) {
        ours.rounds().add(measure(skep, size, whole, half, place));
        theirs.rounds().add(measure(this::ssbDb2, size, whole, half, place));
      }
      ours.tell(size, out);
      ours.tellAside("command", out);
      theirs.tell(size, out);
      ours.compare(theirs, out);
      bar(ours.times(theirs, Figure.A_CPU_SECOND), "whole", WHOLE_MIN, out);
      bar(ours.times(theirs, Figure.SECOND_HALF), "second half", SECOND_HALF_MIN, out);
    }
  }

  private static void bar(double times, String part, double min, Consumer<String> out) {
    out.accept(
        "  "
            + Bar.words(
                String.format(
                    Locale.ROOT, "%s, at least %.1f times as many a CPU-second", part, min),
                times >= min));
  }

  private static Intake measure(Program program, Size size, Path whole, Path half, Path place)
      throws IOException, InterruptedException {
    Taken ofHalf = program.takeIn(half, fresh(place));
    return program.takeIn(whole, fresh(place)).intake(size, ofHalf);
  }

  private static Path fresh(Path place) throws IOException {
    Folders.delete(place);
    return Files.createDirectories(place);
  }

  private Taken skep(Path file, Path follower, Path place)
      throws IOException, InterruptedException {
    Path data = place.resolve("skep");
    Folders.copy(follower, data);
    try (Peer peer = Peer.start(clock, data, Peer.Way.USUAL)) {
      long begin = clock.monotonicNanos();
      Usage.Total command = peer.importFrom(clock, file, PATIENCE);
      Duration wall = Duration.ofNanos(clock.monotonicNanos() - begin);
      Duration cpu = peer.usage().cpu().plus(command.cpu());
      // Both were there at once.
      long memory = peer.usage().mostMemory().orElse(0) + command.memoryBytes();
      peer.stop();
      return new Taken(
          cpu, command.cpu(), wall, memory, Folders.bytes(data) - Folders.bytes(follower));
    }
  }

  private Taken ssbDb2(Path file, Path place) throws IOException, InterruptedException {
    Path folder = place.resolve("ssb-db2");
    Usage.Total used;
    Duration wall;
    try (SsbPeer peer = SsbPeer.start(NpmFolder.peer(), folder, Peer.NETWORK_KEY)) {
      long begin = clock.monotonicNanos();
      peer.load(file);
      wall = Duration.ofNanos(clock.monotonicNanos() - begin);
      used = new Usage(peer.pid()).total();
    }
    return new Taken(used.cpu(), Duration.ZERO, wall, used.memoryBytes(), Folders.bytes(folder));
  }
}
