package org.skep.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.skep.kernel.Clock;

/** What it costs to start a node that has much, until its owner sees the first page. */
final class RestartBenchmark implements Benchmark {
  private static final double MIB = 1 << 20;

  private final Clock clock;

  RestartBenchmark(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "restart";
  }

  @Override
  public List<String> words() {
    return List.of(
        "A node that has all messages and was stopped in good order is started, in each profile of",
        "the launcher, until it has answered for the page and for the first screen of the timeline.",
        "CPU is all of the process's until then, its compilers' work with it.");
  }

  @Override
  public List<Size> sizes() {
    return List.of(new Size(100_000, 500));
  }

  @Override
  public String duration() {
    return "about two minutes";
  }

  /** What one start took. */
  private record Start(Duration cpu, Duration wall, double memoryBytes) {}

  @Override
  public void run(Path folder, Setting setting, Consumer<String> out)
      throws IOException, InterruptedException {
    for (Size size : setting.sizes()) {
      Past past = Past.prepare(size, folder.resolve(size.messages() + "x" + size.authors()));
      Path place = folder.resolve("round");
      Path data = place.resolve("data");
      Folders.delete(place);
      Files.createDirectories(place);
      Folders.copy(past.giver(), data);
      // The first start of a folder that was not made by a node, and the cache of the files.
      measure(data, Peer.Profile.DEFAULT);
      Map<Peer.Profile, List<Start>> found = new EnumMap<>(Peer.Profile.class);
      for (int round = 0; round < setting.rounds(); round++) {
        for (Peer.Profile profile : Peer.Profile.values()) {
          found.computeIfAbsent(profile, _ -> new ArrayList<>()).add(measure(data, profile));
        }
      }
      found.forEach((profile, starts) -> tell(profile, size, starts, out));
    }
  }

  private Start measure(Path data, Peer.Profile profile) throws IOException, InterruptedException {
    long begin = clock.monotonicNanos();
    try (Peer peer = Peer.start(clock, data, Peer.Way.USUAL.in(profile))) {
      peer.showFirstScreen();
      Start start =
          new Start(
              peer.usage().cpu(),
              Duration.ofNanos(clock.monotonicNanos() - begin),
              peer.usage().mostMemory().orElse(0));
      peer.stop();
      return start;
    }
  }

  private static void tell(
      Peer.Profile profile, Size size, List<Start> starts, Consumer<String> out) {
    out.accept("");
    out.accept(
        "profile %s, %s, median of %d (least to most)"
            .formatted(profile.word(), size, starts.size()));
    out.accept(
        "  CPU            "
            + Sample.of(starts.stream().map(start -> start.cpu().toNanos() / 1e9).toList())
                .words(2, "s"));
    out.accept(
        "  wall           "
            + Sample.of(starts.stream().map(start -> start.wall().toNanos() / 1e9).toList())
                .words(2, "s"));
    out.accept(
        "  most memory    "
            + Sample.of(starts.stream().map(start -> start.memoryBytes() / MIB).toList())
                .words(0, "MiB"));
  }
}
