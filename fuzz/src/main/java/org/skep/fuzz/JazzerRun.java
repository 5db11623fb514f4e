package org.skep.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.skep.kernel.Bytes;

/** Lets Jazzer try inputs on one target, in a process of its own. */
final class JazzerRun {
  /** An input that takes longer is a finding. */
  private static final int ONE_INPUT_SECONDS_MAX = 10;

  private static final int HEAP_MIB = 1024;

  /** Where the optimising compiler is worth its while. */
  private static final Duration LONG = Duration.ofSeconds(30);

  /** Whose branches guide it: ours, and those of the libraries that read for us. */
  private static final String LOOKED_INTO =
      "org.skep.**:org.commonmark.**:org.owasp.html.**:org.eclipse.jetty.http.**"
          + ":tools.jackson.core.**";

  private static final Pattern DONE = Pattern.compile("Done (\\d+) runs in (\\d+) second");
  private static final Pattern PLACES = Pattern.compile("cov: (\\d+)");
  private static final Pattern CAUSE =
      Pattern.compile("== Java Exception: (.*)|ERROR: libFuzzer: (.*)");

  /**
   * What came of it.
   *
   * @param inputs how many were tried
   * @param places how many branches of the program they reached
   */
  record Result(long inputs, long places, Optional<Finding> finding) {}

  /**
   * An input for which something did not hold.
   *
   * @param what in words
   */
  record Finding(Bytes input, String what) {}

  private final Path folder;
  private final int seed;

  /**
   * @param folder for what Jazzer writes; emptied first
   * @param seed of all that is random
   */
  JazzerRun(Path folder, int seed) {
    this.folder = folder;
    this.seed = seed;
  }

  Path log() {
    return folder.resolve("log");
  }

  /**
   * @throws IllegalStateException when Jazzer itself failed
   */
  Result run(Target target, List<Bytes> kept, Duration howLong)
      throws IOException, InterruptedException {
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    Path found = Files.createDirectories(folder.resolve("found"));
    int number = 0;
    for (Bytes input : Stream.concat(target.seeds().stream(), kept.stream()).toList()) {
      Files.write(corpus.resolve("seed-" + number++), input.toArray());
    }
    Process jazzer =
        new ProcessBuilder(command(target, corpus, found, howLong))
            .redirectErrorStream(true)
            .redirectOutput(log().toFile())
            .start();
    int code = jazzer.waitFor();
    String said = Files.readString(log());
    Optional<Path> input = first(found);
    if (code != 0 && input.isEmpty()) {
      throw new IllegalStateException("Jazzer failed (" + code + "); what it said is in " + log());
    }
    return new Result(
        last(DONE, said).map(Long::parseLong).orElse(0L),
        last(PLACES, said).map(Long::parseLong).orElse(0L),
        input.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Finding(
                    Bytes.wrap(Files.readAllBytes(input.get())),
                    last(CAUSE, said).orElse("see " + log()))));
  }

  private List<String> command(Target target, Path corpus, Path found, Duration howLong) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+EnableDynamicAgentLoading",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            // Not the serial collector: the JDK's JPEG reader makes its warnings while it holds an
            // array that must not move, and a collection at just that moment waits for itself. This
            // one pins the array's region instead (JEP 423).
            "-XX:+UseG1GC",
            "-Xmx" + HEAP_MIB + "m"));
    if (howLong.compareTo(LONG) < 0) {
      command.add("-XX:TieredStopAtLevel=1");
    }
    command.addAll(
        List.of(
            "-Djava.awt.headless=true",
            "-cp",
            System.getProperty("java.class.path"),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + Fuzzing.class.getName(),
            "--target_args=" + target.getClass().getName(),
            "--instrumentation_includes=" + LOOKED_INTO,
            "--reproducer_path=" + folder,
            "-artifact_prefix=" + found + "/",
            "-seed=" + seed,
            "-max_total_time=" + Math.max(1, howLong.toSeconds()),
            "-max_len=" + target.lengthBytesMax(),
            "-timeout=" + ONE_INPUT_SECONDS_MAX,
            "-rss_limit_mb=0",
            "-report_slow_units=" + ONE_INPUT_SECONDS_MAX,
            corpus.toString()));
    return command;
  }

  private static Optional<Path> first(Path found) throws IOException {
    try (Stream<Path> files = Files.list(found)) {
      return files
          .filter(file -> !file.getFileName().toString().startsWith("slow-unit"))
          .findFirst();
    }
  }

  private static Optional<String> last(Pattern pattern, String said) {
    Matcher matcher = pattern.matcher(said);
    Optional<String> last = Optional.empty();
    while (matcher.find()) {
      last =
          Optional.ofNullable(matcher.group(1))
              .or(() -> Optional.ofNullable(matcher.group(matcher.groupCount())));
    }
    return last;
  }
}
