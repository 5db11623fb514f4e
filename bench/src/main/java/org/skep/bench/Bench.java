package org.skep.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.skep.doors.SystemClock;
import org.skep.kernel.Clock;
import org.skep.wire.crypto.Accelerator;

/** Runs the benchmarks that are named, or all, and prints what they find. */
public final class Bench {
  /** Of all cores; others who compute more than this spoil what is measured. */
  private static final double QUIET_SHARE_MAX = 0.1;

  private static final Duration LOOK_AT_OTHERS_FOR = Duration.ofSeconds(3);

  private static final Clock CLOCK = new SystemClock();
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private Bench() {}

  static List<Benchmark> all() {
    return List.of(
        new SyncBenchmark(CLOCK),
        new FairnessBenchmark(CLOCK),
        new PeersBenchmark(CLOCK),
        new ImportBenchmark(CLOCK),
        new RestartBenchmark(CLOCK),
        new SmallBenchmark(CLOCK),
        new IdleBenchmark(CLOCK));
  }

  /**
   * What was asked for.
   *
   * @param setting without sizes for each benchmark's own
   */
  record Wish(List<Benchmark> benchmarks, Setting setting) {
    /**
     * Reads the command line: names, sizes as {@code 3000x300}, {@code --rounds=N}, {@code
     * --minutes=N}, {@code --picture=FILE}.
     *
     * @throws IllegalArgumentException in words
     */
    static Wish of(List<String> words) {
      List<Benchmark> known = all();
      List<Benchmark> benchmarks = new ArrayList<>();
      List<Size> sizes = new ArrayList<>();
      int rounds = Setting.ROUNDS;
      Duration idle = Setting.IDLE;
      Optional<Path> picture = Optional.empty();
      for (String word : words) {
        Optional<Benchmark> named =
            known.stream().filter(each -> each.name().equals(word)).findFirst();
        Optional<Size> size = Size.parse(word);
        if (named.isPresent()) {
          benchmarks.add(named.get());
        } else if (size.isPresent()) {
          sizes.add(size.get());
        } else if (word.matches("--rounds=[1-9][0-9]?")) {
          rounds = Integer.parseInt(word.substring("--rounds=".length()));
        } else if (word.matches("--minutes=[1-9][0-9]?")) {
          idle = Duration.ofMinutes(Integer.parseInt(word.substring("--minutes=".length())));
        } else if (word.matches("--picture=.+")) {
          picture = Optional.of(Path.of(word.substring("--picture=".length())));
        } else {
          throw new IllegalArgumentException(
              word
                  + " is no benchmark ("
                  + String.join(", ", known.stream().map(Benchmark::name).toList())
                  + "), no size (messages, x, two authors or more: 3000x300) and not --rounds=N,"
                  + " --minutes=N or --picture=FILE.");
        }
      }
      return new Wish(
          benchmarks.isEmpty() ? known : benchmarks.stream().distinct().toList(),
          new Setting(sizes.stream().distinct().toList(), rounds, idle, picture));
    }
  }

  /**
   * Measures.
   *
   * @param arguments a folder for data, which is deleted first and last, and the wish
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> words = List.of(arguments);
    Path folder = Path.of(words.getFirst());
    Wish wish;
    try {
      wish = Wish.of(words.subList(1, words.size()));
    } catch (IllegalArgumentException e) {
      OUT.println(e.getMessage());
      System.exit(2);
      return;
    }
    Folders.delete(folder);
    Files.createDirectories(folder);
    OUT.println(conditions(folder));
    for (Benchmark benchmark : wish.benchmarks()) {
      run(benchmark, wish, folder.resolve(benchmark.name()));
    }
    Folders.delete(folder);
    OUT.println();
    OUT.println("Afterwards " + others());
  }

  private static void run(Benchmark benchmark, Wish wish, Path folder)
      throws IOException, InterruptedException {
    OUT.println();
    OUT.println(
        benchmark.name()
            + (wish.setting().equals(Setting.USUAL)
                ? " (takes " + benchmark.duration() + ")"
                : ""));
    benchmark.words().forEach(OUT::println);
    if (benchmark.countsFsyncs() && Fsyncs.canBeCounted()) {
      Fsyncs.HOW.forEach(OUT::println);
    }
    Files.createDirectories(folder);
    Setting setting = wish.setting();
    benchmark.run(
        folder,
        setting.sizes().isEmpty() ? setting.withSizes(benchmark.sizes()) : setting,
        OUT::println);
    Folders.delete(folder);
  }

  /** When and on what, as far as it explains the figures. */
  private static String conditions(Path folder) throws IOException, InterruptedException {
    OperatingSystemMXBean machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return String.format(
        Locale.ROOT,
        "%s; Java %s (%s), %s %s; %d cores, %.0f GiB memory, data on %s; %s; before, %s",
        Instant.ofEpochMilli(CLOCK.wallMillis()).truncatedTo(ChronoUnit.MINUTES),
        Runtime.version(),
        System.getProperty("java.vendor"),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        machine.getAvailableProcessors(),
        machine.getTotalMemorySize() / Math.pow(1024, 3),
        Files.getFileStore(folder).type(),
        Accelerator.name(),
        others());
  }

  /**
   * What other programs compute while we do nothing; the load average would still hold our build.
   */
  private static String others() throws InterruptedException {
    OperatingSystemMXBean machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    // Each answer is about the time since the last.
    machine.getCpuLoad();
    CLOCK.sleep(LOOK_AT_OTHERS_FOR);
    double share = machine.getCpuLoad();
    if (share < 0) {
      return "what other programs did is not known";
    }
    return String.format(
        Locale.ROOT,
        "other programs took %.0f %% of the cores%s",
        share * 100,
        share <= QUIET_SHARE_MAX ? "" : " (BUSY: do not trust these figures)");
  }
}
