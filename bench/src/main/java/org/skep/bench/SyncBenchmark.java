package org.skep.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.skep.kernel.Clock;

/** What it costs two nodes when one fetches all that the other has. */
final class SyncBenchmark implements Benchmark {
  private static final double MIB = 1 << 20;

  private final Clock clock;

  SyncBenchmark(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "sync";
  }

  @Override
  public List<String> words() {
    return List.of(
        "One node has all messages, another follows their authors and fetches them over loopback.",
        "Counted from the wish to connect until the last message is on the other's disk; both",
        "nodes are started anew for each round, so that the compilers' work is in the figures.",
        "Memory is the most that a node had resident since its start, bytes are what the data",
        "folder has grown by once the node has stopped.");
  }

  @Override
  public boolean countsFsyncs() {
    return true;
  }

  @Override
  public List<Size> sizes() {
    return List.of(new Size(3_000, 300), new Size(3_000, 2));
  }

  @Override
  public String duration() {
    return "about two minutes";
  }

  /** What one round found. */
  private record Round(
      Duration giverCpu,
      Duration receiverCpu,
      Duration wall,
      OptionalLong giverMemory,
      OptionalLong receiverMemory,
      long grownBytes) {}

  @Override
  public void run(Path folder, Setting setting, Consumer<String> out)
      throws IOException, InterruptedException {
    Map<Past, List<Round>> found = new LinkedHashMap<>();
    for (Size size : setting.sizes()) {
      Path made = folder.resolve(size.messages() + "x" + size.authors());
      found.put(Past.prepare(size, made), new ArrayList<>());
    }
    Path place = folder.resolve("round");
    // In turn, so that what else the machine does spoils no size more than the others.
    for (int round = 0; round < setting.rounds(); round++) {
      for (Map.Entry<Past, List<Round>> each : found.entrySet()) {
        each.getValue().add(measure(each.getKey(), place));
      }
    }
    for (Map.Entry<Past, List<Round>> each : found.entrySet()) {
      tell(each.getKey().size(), each.getValue(), out);
      out.accept("  fsyncs           " + fsyncs(each.getKey(), place));
    }
  }

  private Round measure(Past past, Path place) throws IOException, InterruptedException {
    try (Pair pair = Pair.start(clock, past, place, Peer.Profile.DEFAULT, false)) {
      Duration giverBefore = pair.giver().usage().cpu();
      Duration receiverBefore = pair.receiver().usage().cpu();
      long begin = clock.monotonicNanos();
      pair.connect();
      pair.awaitAll();
      Duration wall = Duration.ofNanos(clock.monotonicNanos() - begin);
      Duration giverCpu = pair.giver().usage().cpu().minus(giverBefore);
      Duration receiverCpu = pair.receiver().usage().cpu().minus(receiverBefore);
      OptionalLong giverMemory = pair.giver().usage().mostMemory();
      OptionalLong receiverMemory = pair.receiver().usage().mostMemory();
      pair.stop();
      return new Round(giverCpu, receiverCpu, wall, giverMemory, receiverMemory, pair.grownBytes());
    }
  }

  private String fsyncs(Past past, Path place) throws IOException, InterruptedException {
    if (!Fsyncs.canBeCounted()) {
      return Fsyncs.NOT_COUNTED;
    }
    try (Pair pair = Pair.start(clock, past, place, Peer.Profile.DEFAULT, true)) {
      long begin = clock.wallMillis();
      pair.connect();
      pair.awaitAll();
      long end = clock.wallMillis();
      pair.stop();
      return pair.fsyncs(begin, end).words(past.size().messages());
    }
  }

  private static void tell(Size size, List<Round> rounds, Consumer<String> out) {
    out.accept("");
    out.accept(size + ", median of " + rounds.size() + " (least to most)");
    out.accept(
        "  CPU, both        "
            + seconds(rounds, round -> seconds(round.giverCpu().plus(round.receiverCpu()))));
    out.accept("  CPU, giver       " + seconds(rounds, round -> seconds(round.giverCpu())));
    out.accept("  CPU, receiver    " + seconds(rounds, round -> seconds(round.receiverCpu())));
    out.accept("  wall             " + seconds(rounds, round -> seconds(round.wall())));
    out.accept("  memory, giver    " + mebibytes(rounds, Round::giverMemory));
    out.accept("  memory, receiver " + mebibytes(rounds, Round::receiverMemory));
    out.accept(
        "  disk             "
            + sample(rounds, round -> (double) round.grownBytes() / size.messages())
                .words(0, "bytes a message"));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private static Sample sample(List<Round> rounds, ToDoubleFunction<Round> value) {
    return Sample.of(rounds.stream().map(value::applyAsDouble).toList());
  }

  private static String seconds(List<Round> rounds, ToDoubleFunction<Round> value) {
    return sample(rounds, value).words(2, "s");
  }

  private static String mebibytes(List<Round> rounds, Function<Round, OptionalLong> value) {
    if (rounds.stream().map(value).anyMatch(OptionalLong::isEmpty)) {
      return "not known on this system";
    }
    return sample(rounds, round -> value.apply(round).orElseThrow() / MIB).words(0, "MiB");
  }
}
