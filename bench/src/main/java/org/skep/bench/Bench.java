package org.skep.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skep.doors.SystemClock;
import org.skep.kernel.Clock;

/** Runs the benchmarks that are named, or all, and prints what they find. */
public final class Bench {
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
        new StagesBenchmark(CLOCK),
        new JmhBenchmark(),
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
          picture = Optional.of(picture(Path.of(word.substring("--picture=".length()))));
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

    /** Looked at now, because it is drawn only when all is measured. */
    private static Path picture(Path file) {
      Path folder = file.toAbsolutePath().getParent();
      if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(file)) {
        throw new IllegalArgumentException("there is no place for a file " + file + ".");
      }
      return file;
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
    Conditions conditions = new Conditions(CLOCK);
    OUT.println(conditions.before(folder));
    for (Benchmark benchmark : wish.benchmarks()) {
      run(benchmark, wish, folder.resolve(benchmark.name()));
    }
    Folders.delete(folder);
    OUT.println();
    OUT.println("Afterwards " + conditions.others());
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
}
