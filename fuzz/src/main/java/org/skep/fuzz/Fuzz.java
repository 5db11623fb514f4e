package org.skep.fuzz;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Tries made-up inputs on the decoders that are named, or on all, and keeps what breaks one. */
public final class Fuzz {
  /** What continuous integration spends. */
  public static final int SECONDS_IN_ALL = 60;

  /** Where nobody asks for another. */
  public static final int SEED = 1;

  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private final Path room;
  private final Kept kept;

  /**
   * @param room this room's folder in the source
   */
  public Fuzz(Path room) {
    this.room = room;
    this.kept = new Kept(room.resolve("src/test/resources/kept"));
  }

  /**
   * What was asked for.
   *
   * @param each how long each target is tried
   */
  record Wish(List<Target> targets, Duration each, int seed) {
    /**
     * Reads the command line: names, {@code --seconds=N} (in all), {@code --each=N} (seconds),
     * {@code --seed=N}.
     *
     * @throws IllegalArgumentException in words
     */
    static Wish of(List<String> words) {
      List<Target> targets = new ArrayList<>();
      int seconds = SECONDS_IN_ALL;
      int each = 0;
      int seed = SEED;
      for (String word : words) {
        Optional<Target> named = Targets.named(word);
        if (named.isPresent()) {
          targets.add(named.get());
        } else if (word.matches("--seconds=[1-9][0-9]{0,5}")) {
          seconds = number(word);
        } else if (word.matches("--each=[1-9][0-9]{0,5}")) {
          each = number(word);
        } else if (word.matches("--seed=[1-9][0-9]{0,8}")) {
          seed = number(word);
        } else {
          throw new IllegalArgumentException(
              word
                  + " is no target ("
                  + String.join(", ", Targets.all().stream().map(Target::name).toList())
                  + ") and not --seconds=N, --each=N or --seed=N.");
        }
      }
      List<Target> chosen = targets.isEmpty() ? Targets.all() : targets;
      Duration share =
          each > 0
              ? Duration.ofSeconds(each)
              : Duration.ofSeconds(Math.ceilDiv(seconds, chosen.size()));
      return new Wish(chosen, share, seed);
    }

    private static int number(String word) {
      return Integer.parseInt(word.substring(word.indexOf('=') + 1));
    }
  }

  /**
   * Ends with 1 when something broke.
   *
   * @param arguments this room's folder, and the wish
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> words = List.of(arguments);
    Wish wish;
    try {
      wish = Wish.of(words.subList(1, words.size()));
    } catch (IllegalArgumentException e) {
      OUT.println(e.getMessage());
      System.exit(2);
      return;
    }
    System.exit(new Fuzz(Path.of(words.getFirst())).run(wish) ? 0 : 1);
  }

  /** Whether everything held. */
  private boolean run(Wish wish) throws IOException, InterruptedException {
    OUT.printf(
        Locale.ROOT,
        "%d decoders, %d s each (and some 3 s to begin), seed %d%n",
        wish.targets().size(),
        wish.each().toSeconds(),
        wish.seed());
    int broken = 0;
    for (Target target : wish.targets()) {
      Outcome outcome = attempt(target, wish.each(), wish.seed());
      OUT.println(outcome.figures());
      outcome.broken().ifPresent(OUT::println);
      broken += outcome.broken().isPresent() ? 1 : 0;
    }
    OUT.printf(Locale.ROOT, "%d passed, %d failed%n", wish.targets().size() - broken, broken);
    return broken == 0;
  }

  /**
   * What came of one target.
   *
   * @param figures one line
   * @param broken what did not hold, by which input, and how to see it again
   */
  public record Outcome(String figures, Optional<String> broken) {}

  /**
   * Tries inputs on one target; keeps what breaks it.
   *
   * @param seed of all that is random
   */
  public Outcome attempt(Target target, Duration howLong, int seed)
      throws IOException, InterruptedException {
    Path folder = room.resolve("target/fuzz").resolve(target.name());
    delete(folder);
    JazzerRun.Result result = new JazzerRun(folder, seed).run(target, kept.of(target), howLong);
    String figures =
        String.format(
            Locale.ROOT,
            "%-10s %,11d inputs, %,7d a second, %,5d branches reached",
            target.name(),
            result.inputs(),
            result.inputs() / Math.max(1, howLong.toSeconds()),
            result.places());
    return new Outcome(
        figures,
        result.finding().isEmpty()
            ? Optional.empty()
            : Optional.of(report(target, result.finding().get())));
  }

  private String report(Target target, JazzerRun.Finding finding) throws IOException {
    Path file = kept.keep(target, finding.input());
    return String.join(
        "\n  ",
        target.name() + " BROKE: " + finding.what(),
        "by " + finding.input().length() + " bytes, kept in " + file + ", in base64:",
        finding.input().base64(),
        "Again, without Jazzer, as from now on always by ./skep test:",
        "mvn test -pl fuzz -am -Dtest=KeptInputsTest -Dsurefire.failIfNoSpecifiedTests=false");
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    Files.createDirectories(folder);
  }
}
