package org.skep.testkit.world;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.skep.doors.SystemClock;

/**
 * Plays worlds from the command line, and tells how to see again the one in which something broke.
 */
public final class Simulation {
  private static final int SEEDS = 125;
  private static final int LINES_SHOWN = 40;
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private final Path traces;
  private final Wish wish;
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger passed = new AtomicInteger();

  private Simulation(Path traces, Wish wish) {
    this.traces = traces;
    this.wish = wish;
  }

  /**
   * What was asked for.
   *
   * @param whole whether all of a story is shown, also of one that went well
   */
  record Wish(List<Kind> kinds, List<Long> seeds, boolean whole) {
    /**
     * Reads the command line: kinds, {@code --seed=N} (that one alone), {@code --seeds=N} (so many,
     * from one on that is new each time).
     *
     * @throws IllegalArgumentException in words
     */
    static Wish of(List<String> words, long from) {
      List<Kind> kinds = new ArrayList<>();
      Optional<Long> seed = Optional.empty();
      int count = SEEDS;
      for (String word : words) {
        Optional<Kind> kind =
            Arrays.stream(Kind.values()).filter(each -> each.toString().equals(word)).findFirst();
        if (kind.isPresent()) {
          kinds.add(kind.get());
        } else if (word.matches("--seed=[0-9]{1,18}")) {
          seed = Optional.of(Long.parseLong(number(word)));
        } else if (word.matches("--seeds=[1-9][0-9]{0,6}")) {
          count = Integer.parseInt(number(word));
        } else {
          throw new IllegalArgumentException(
              word
                  + " is no kind of world "
                  + Arrays.toString(Kind.values())
                  + " and not --seed=N or --seeds=N.");
        }
      }
      List<Long> seeds =
          seed.map(List::of).orElse(LongStream.range(from, from + count).boxed().toList());
      return new Wish(kinds.isEmpty() ? List.of(Kind.values()) : kinds, seeds, seed.isPresent());
    }

    private static String number(String word) {
      return word.substring(word.indexOf('=') + 1);
    }
  }

  /**
   * Ends with 1 when something broke.
   *
   * @param arguments where traces go, and the wish
   */
  public static void main(String[] arguments) throws InterruptedException {
    List<String> words = List.of(arguments);
    Wish wish;
    try {
      wish = Wish.of(words.subList(1, words.size()), new SystemClock().wallMillis());
    } catch (IllegalArgumentException e) {
      OUT.println(e.getMessage());
      System.exit(2);
      return;
    }
    System.exit(new Simulation(Path.of(words.getFirst()), wish).run() ? 0 : 1);
  }

  private boolean run() throws InterruptedException {
    OUT.printf(
        Locale.ROOT,
        "%d worlds: %s, seeds from %d%n",
        wish.kinds().size() * wish.seeds().size(),
        wish.kinds(),
        wish.seeds().getFirst());
    Worlds.play(wish.kinds(), wish.seeds(), _ -> Twist.NONE, this::hear);
    OUT.printf(Locale.ROOT, "%d passed, %d failed%n", passed.get(), failed.get());
    return failed.get() == 0;
  }

  private void hear(Worlds.Played played) {
    Optional<Throwable> failure = played.outcome().failure();
    (failure.isPresent() ? failed : passed).incrementAndGet();
    if (failure.isPresent() || wish.whole()) {
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
    OUT.println("Again: " + played.again());
  }
}
