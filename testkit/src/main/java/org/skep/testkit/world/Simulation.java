package org.skep.testkit.world;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.skep.doors.SystemClock;

/**
 * Plays worlds from the command line, and tells how to see again the one in which something broke.
 */
public final class Simulation {
  private static final int LINES_SHOWN = 40;
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private final Path traces;
  private final boolean whole;
  private Tally tally = Tally.NONE;

  /**
   * @param traces where stories are written down
   * @param whole whether all of a story is shown, also of one that went well
   */
  private Simulation(Path traces, boolean whole) {
    this.traces = traces;
    this.whole = whole;
  }

  /**
   * Ends with 1 when something broke.
   *
   * @param arguments where traces go, and the wish ({@link Wish})
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path traces = Path.of(arguments[0]);
    Wish wish;
    try {
      List<String> words = List.of(arguments).subList(1, arguments.length);
      wish = Wish.of(words, new SystemClock().wallMillis());
    } catch (IllegalArgumentException e) {
      OUT.println(e.getMessage());
      System.exit(2);
      return;
    }
    System.exit(play(traces, wish).failed() == 0 ? 0 : 1);
  }

  private static Tally play(Path traces, Wish wish) throws IOException, InterruptedException {
    Tally tally;
    if (wish.part().isPresent() || wish.worlds() == 1) {
      Simulation simulation = new Simulation(traces, wish.worlds() == 1);
      Worlds.play(wish, simulation::hear);
      tally = simulation.tally;
    } else {
      OUT.printf(
          Locale.ROOT,
          "%d worlds: %s, seeds from %d%n",
          wish.worlds(),
          wish.kinds(),
          wish.firstSeed());
      tally = Processes.play(traces, wish, OUT::println);
    }
    OUT.println(tally);
    return tally;
  }

  private void hear(Worlds.Played played) {
    Optional<Throwable> failure = played.outcome().failure();
    tally = tally.plus(played.outcome());
    if (failure.isPresent() || whole) {
      try {
        show(played, failure);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void show(Worlds.Played played, Optional<Throwable> failure) throws IOException {
    List<String> lines = played.outcome().trace();
    Files.createDirectories(traces);
    Path file = traces.resolve(played.kind() + "-" + played.seed() + ".txt");
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
      lines.forEach(out::println);
      for (@Nullable Throwable why = failure.orElse(null); why != null; why = why.getCause()) {
        out.println(why);
        Arrays.stream(why.getStackTrace()).forEach(place -> out.println("    at " + place));
      }
    }
    OUT.printf(
        Locale.ROOT,
        "%s %d (%x): %s%n",
        played.kind(),
        played.seed(),
        played.outcome().print(),
        failure.map(Throwable::getMessage).orElse("all held"));
    lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()).forEach(OUT::println);
    OUT.println("All of it: " + file);
    OUT.println(Processes.LAST_LINE + played.again());
  }
}
