package org.skep.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.skep.kernel.Clock;

/** Whether a small computer has the memory to give a long past, and to take one in. */
final class SmallBenchmark implements Benchmark {
  private static final double MIB = 1 << 20;
  private static final double MEMORY_MIB_MAX = 512;

  private final Clock clock;

  SmallBenchmark(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "small";
  }

  @Override
  public List<String> words() {
    return List.of(
        "A node in profile small gives all messages to another in the same profile, which follows",
        "their authors. Memory is the most that each had resident since its start (VmHWM), and the bar",
        "is for the most of all rounds. CPU and the wall clock run from the wish to connect until the",
        "last message is on the other's disk.");
  }

  @Override
  public List<Size> sizes() {
    return List.of(new Size(100_000, 500));
  }

  @Override
  public String duration() {
    return "about four minutes";
  }

  /** What one giving took. */
  private record Round(Node giver, Node taker, Duration wall) {}

  /** What it asked of one of the two. */
  private record Node(Duration cpu, double memoryMib) {}

  @Override
  public void run(Path folder, Setting setting, Consumer<String> out)
      throws IOException, InterruptedException {
    for (Size size : setting.sizes()) {
      Past past = Past.prepare(size, folder.resolve(size.messages() + "x" + size.authors()));
      List<Round> rounds = new ArrayList<>();
      for (int round = 0; round < setting.rounds(); round++) {
        rounds.add(measure(past, folder.resolve("round")));
      }
      out.accept("");
      out.accept(size + ", median of " + rounds.size() + " (least to most)");
      tell("giver", rounds.stream().map(Round::giver).toList(), out);
      tell("taker", rounds.stream().map(Round::taker).toList(), out);
      out.accept(
          "  wall             "
              + Sample.of(rounds.stream().map(round -> Intake.seconds(round.wall())).toList())
                  .words(2, "s"));
    }
  }

  private Round measure(Past past, Path place) throws IOException, InterruptedException {
    try (Pair pair = Pair.start(clock, past, place, Peer.Profile.SMALL, false)) {
      Duration giverBefore = pair.giver().usage().cpu();
      Duration takerBefore = pair.receiver().usage().cpu();
      long begin = clock.monotonicNanos();
      pair.connect();
      pair.awaitAll();
      Duration wall = Duration.ofNanos(clock.monotonicNanos() - begin);
      Round round =
          new Round(
              node(pair.giver().usage().total(), giverBefore),
              node(pair.receiver().usage().total(), takerBefore),
              wall);
      pair.stop();
      return round;
    }
  }

  private static Node node(Usage.Total used, Duration before) {
    return new Node(used.cpu().minus(before), used.memoryBytes() / MIB);
  }

  private static void tell(String who, List<Node> nodes, Consumer<String> out) {
    Sample memory = Sample.of(nodes.stream().map(Node::memoryMib).toList());
    out.accept("  memory, " + who + "    " + memory.words(0, "MiB"));
    out.accept(
        "    "
            + Bar.words(
                "at most %.0f MiB".formatted(MEMORY_MIB_MAX), memory.most() <= MEMORY_MIB_MAX));
    out.accept(
        "  CPU, "
            + who
            + "       "
            + Sample.of(nodes.stream().map(node -> Intake.seconds(node.cpu())).toList())
                .words(2, "s"));
  }
}
