package org.skep.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.skep.kernel.Clock;

/** Whether an owner notices that her node is taking in a flood of other people's messages. */
final class FairnessBenchmark implements Benchmark {
  private static final double MEDIAN_MILLIS_MAX = 100;
  private static final double MESSAGES_FOR_EACH_FSYNC_MIN = 200;

  /** The first of them are answered by code that no one has run yet. */
  private static final int POSTS_TO_WARM_UP = 20;

  private static final int POSTS_AT_REST = 20;
  private static final int PAUSE_MILLIS_MIN = 20;
  private static final int PAUSE_MILLIS_MAX = 180;

  private final Clock clock;

  FairnessBenchmark(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "fairness";
  }

  @Override
  public List<String> words() {
    return List.of(
        "A node fetches all messages at full speed; meanwhile its owner posts again and again,",
        "%d to %d ms (by chance) after the last answer, so as not to keep step with the commits."
            .formatted(PAUSE_MILLIS_MIN, PAUSE_MILLIS_MAX),
        "Timed is the whole call, from another process, until the node answers that the post is on",
        "disk. Before, %d posts warm up what takes them and %d are timed at rest. While fsyncs are"
            .formatted(POSTS_TO_WARM_UP, POSTS_AT_REST),
        "counted there are no posts, because each of those rightly has one of its own.");
  }

  @Override
  public boolean countsFsyncs() {
    return true;
  }

  @Override
  public List<Size> sizes() {
    return List.of(new Size(20_000, 300));
  }

  @Override
  public String duration() {
    return "about four minutes";
  }

  @Override
  public void run(Path folder, Setting setting, Consumer<String> out)
      throws IOException, InterruptedException {
    for (Size size : setting.sizes()) {
      Past past = Past.prepare(size, folder.resolve(size.messages() + "x" + size.authors()));
      Path place = folder.resolve("round");
      out.accept("");
      out.accept(size + ", " + setting.rounds() + " rounds");
      List<Double> all = new ArrayList<>();
      for (int round = 1; round <= setting.rounds(); round++) {
        out.accept("  round " + round + ":  " + measure(past, place, round, all));
      }
      out.accept("  all rounds:");
      out.accept("    " + words(Sample.of(all)));
      out.accept(
          "    "
              + Bar.words(
                  "a median of at most %.0f ms".formatted(MEDIAN_MILLIS_MAX),
                  Sample.of(all).median() <= MEDIAN_MILLIS_MAX));
      countFsyncs(past, place, out);
    }
  }

  /** Adds what each post took, in milliseconds, to {@code all}, and says it in words. */
  private String measure(Past past, Path place, int round, List<Double> all)
      throws IOException, InterruptedException {
    SplittableRandom random = new SplittableRandom(round);
    try (Pair pair = Pair.start(clock, past, place, Peer.Profile.DEFAULT, false)) {
      for (int i = 0; i < POSTS_TO_WARM_UP; i++) {
        post(pair, random);
      }
      List<Double> resting = new ArrayList<>();
      for (int i = 0; i < POSTS_AT_REST; i++) {
        resting.add(post(pair, random));
      }
      pair.connect();
      pair.awaitFirst();
      long begin = clock.monotonicNanos();
      long there = pair.arrived();
      List<Double> meanwhile = new ArrayList<>();
      while (!pair.isDone()) {
        meanwhile.add(post(pair, random));
      }
      double seconds = (clock.monotonicNanos() - begin) / 1e9;
      pair.stop();
      all.addAll(meanwhile);
      return String.format(
          Locale.ROOT,
          "%s; at rest median %.0f ms; %.0f messages a second meanwhile",
          words(Sample.of(meanwhile)),
          Sample.of(resting).median(),
          (past.size().messages() - there) / seconds);
    }
  }

  private double post(Pair pair, SplittableRandom random) throws IOException, InterruptedException {
    clock.sleep(Duration.ofMillis(random.nextInt(PAUSE_MILLIS_MIN, PAUSE_MILLIS_MAX + 1)));
    long begin = clock.monotonicNanos();
    pair.receiver().say("What I wanted to say at " + begin);
    return (clock.monotonicNanos() - begin) / 1e6;
  }

  private static String words(Sample millis) {
    return String.format(
        Locale.ROOT,
        "%d posts, median %.0f ms, 90 %% within %.0f, 99 %% within %.0f, the longest %.0f",
        millis.count(),
        millis.median(),
        millis.percentile(90),
        millis.percentile(99),
        millis.most());
  }

  private void countFsyncs(Past past, Path place, Consumer<String> out)
      throws IOException, InterruptedException {
    if (!Fsyncs.canBeCounted()) {
      out.accept("  fsyncs: " + Fsyncs.NOT_COUNTED);
      return;
    }
    try (Pair pair = Pair.start(clock, past, place, Peer.Profile.DEFAULT, true)) {
      pair.connect();
      pair.awaitFirst();
      long there = pair.arrived();
      long begin = clock.wallMillis();
      pair.awaitAll();
      long end = clock.wallMillis();
      pair.stop();
      Fsyncs fsyncs = pair.fsyncs(begin, end);
      long messages = past.size().messages() - there;
      out.accept("  fsyncs without posts: " + fsyncs.words(messages));
      // A commit takes what has come within a time, so the one depends on the other.
      out.accept(
          "    at %.0f messages a second".formatted(messages * 1e3 / Math.max(1, end - begin)));
      out.accept(
          "    "
              + Bar.words(
                  "at least %.0f messages for each".formatted(MESSAGES_FOR_EACH_FSYNC_MIN),
                  fsyncs.messagesForEach(messages) >= MESSAGES_FOR_EACH_FSYNC_MIN));
    }
  }
}
