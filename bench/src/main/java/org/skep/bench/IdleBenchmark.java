package org.skep.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.skep.doors.ProcessEnd;
import org.skep.kernel.Clock;

/** What a node costs that holds a past and has nothing to do. */
final class IdleBenchmark implements Benchmark {
  private static final Duration SETTLING = Duration.ofMinutes(1);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final double CPU_SECONDS_MAX = 1;
  private static final double WRITES_MAX = 50;

  private final Clock clock;

  IdleBenchmark(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public List<String> words() {
    return List.of(
        "A node in each profile, both at once, holds all messages and is left alone: nobody is",
        "connected, no page is open. After a minute it is watched for %d more (--minutes=N), once,"
            .formatted(Setting.IDLE.toMinutes()),
        "whatever the rounds; what is seen is told for an hour. CPU is the sum of what Linux's",
        "scheduler counts for each thread, to the nanosecond. Writes are all system calls of that kind,",
        "to connections and pipes too, so that those to the disk are at most so many; bytes are what",
        "had to go to the disk. Beside each a Java with the same options sleeps, which is the least",
        "that a node can take.");
  }

  @Override
  public List<Size> sizes() {
    return List.of(new Size(100_000, 500));
  }

  @Override
  public String duration() {
    return "about thirty-six minutes";
  }

  /** A process that is watched. */
  private static final class Watched implements AutoCloseable {
    private final long pid;
    private final Runnable closing;
    private final ThreadTimes times = new ThreadTimes();
    private final Map<ThreadTimes.Kind, Duration> cpuBefore = new EnumMap<>(ThreadTimes.Kind.class);
    private Writes writesBefore = new Writes(0, 0);

    private Watched(long pid, Runnable closing) {
      this.pid = pid;
      this.closing = closing;
    }

    static Watched node(Peer peer) {
      return new Watched(peer.pid(), peer::close);
    }

    /** Another Java with the options of a node's, that only sleeps. */
    static Watched asleepBeside(Watched node) throws IOException {
      List<String> words = new ArrayList<>(options(node.pid));
      words.addAll(List.of("-cp", System.getProperty("java.class.path"), Sleeper.class.getName()));
      Process process =
          new ProcessBuilder(words)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      ProcessEnd.whenAsked(process::destroyForcibly);
      return new Watched(process.pid(), process::destroyForcibly);
    }

    /** The program and what it was told, without the cache that is of another class path. */
    private static List<String> options(long pid) throws IOException {
      return Stream.of(
              Files.readString(Path.of("/proc", Long.toString(pid), "cmdline")).split("\0"))
          .takeWhile(word -> !word.equals("-cp"))
          .filter(word -> !word.startsWith("-XX:AOTCache"))
          .toList();
    }

    void look() throws IOException {
      times.look(pid);
    }

    void begin() throws IOException {
      look();
      for (ThreadTimes.Kind kind : ThreadTimes.Kind.values()) {
        cpuBefore.put(kind, times.total(kind));
      }
      writesBefore = Writes.of(pid);
    }

    Duration cpu() {
      return Stream.of(ThreadTimes.Kind.values())
          .map(this::cpu)
          .reduce(Duration.ZERO, Duration::plus);
    }

    Duration cpu(ThreadTimes.Kind kind) {
      return times.total(kind).minus(cpuBefore.getOrDefault(kind, Duration.ZERO));
    }

    Writes writes() throws IOException {
      return Writes.of(pid).since(writesBefore);
    }

    @Override
    public void close() {
      closing.run();
    }
  }

  @Override
  public void run(Path folder, Setting setting, Consumer<String> out)
      throws IOException, InterruptedException {
    if (!Files.exists(Path.of("/proc/self/io"))) {
      out.accept("not known on this system");
      return;
    }
    for (Size size : setting.sizes()) {
      Past past = Past.prepare(size, folder.resolve(size.messages() + "x" + size.authors()));
      Path place = folder.resolve("round");
      Folders.delete(place);
      try (Watched usual = start(past, place, Peer.Profile.DEFAULT);
          Watched small = start(past, place, Peer.Profile.SMALL);
          Watched usualAsleep = Watched.asleepBeside(usual);
          Watched smallAsleep = Watched.asleepBeside(small)) {
        List<Watched> all = List.of(usual, small, usualAsleep, smallAsleep);
        watch(all, SETTLING);
        for (Watched each : all) {
          each.begin();
        }
        watch(all, setting.idle());
        tell(Peer.Profile.DEFAULT, size, usual, usualAsleep, setting.idle(), out);
        tell(Peer.Profile.SMALL, size, small, smallAsleep, setting.idle(), out);
      }
    }
  }

  private Watched start(Past past, Path place, Peer.Profile profile)
      throws IOException, InterruptedException {
    Path own = Files.createDirectories(place.resolve(profile.word()));
    Path data = own.resolve("data");
    Folders.copy(past.giver(), data);
    return Watched.node(Peer.start(clock, data, Peer.Way.USUAL.in(profile)));
  }

  private void watch(List<Watched> nodes, Duration span) throws IOException, InterruptedException {
    long end = clock.monotonicNanos() + span.toNanos();
    while (clock.monotonicNanos() - end < 0) {
      clock.sleep(LOOK_EVERY);
      for (Watched node : nodes) {
        node.look();
      }
    }
  }

  private static void tell(
      Peer.Profile profile,
      Size size,
      Watched node,
      Watched asleep,
      Duration span,
      Consumer<String> out)
      throws IOException {
    double hours = (double) span.toNanos() / HOUR.toNanos();
    double cpu = Intake.seconds(node.cpu());
    Writes writes = node.writes();
    out.accept("");
    out.accept("profile %s, %s, %d minutes".formatted(profile.word(), size, span.toMinutes()));
    out.accept(
        String.format(Locale.ROOT, "  CPU            %.2f s an hour  (%.3f s)", cpu / hours, cpu));
    out.accept(
        "    "
            + Bar.words(
                "at most %.0f s".formatted(CPU_SECONDS_MAX), cpu / hours <= CPU_SECONDS_MAX));
    out.accept(
        String.format(
            Locale.ROOT,
            "  of it          %.2f s the program and Java's watcher, %.2f its compilers, %.2f its"
                + " collector",
            Intake.seconds(node.cpu(ThreadTimes.Kind.PROGRAM)) / hours,
            Intake.seconds(node.cpu(ThreadTimes.Kind.COMPILERS)) / hours,
            Intake.seconds(node.cpu(ThreadTimes.Kind.COLLECTOR)) / hours));
    double least = Intake.seconds(asleep.cpu());
    out.accept(
        String.format(
            Locale.ROOT, "  Java asleep    %.2f s an hour  (%.3f s)", least / hours, least));
    out.accept(
        String.format(
            Locale.ROOT,
            "  writes         %.0f an hour  (%d; %d bytes to the disk)",
            writes.calls() / hours,
            writes.calls(),
            writes.diskBytes()));
    out.accept(
        "    "
            + Bar.words(
                "at most %.0f".formatted(WRITES_MAX), writes.calls() / hours <= WRITES_MAX));
  }
}
