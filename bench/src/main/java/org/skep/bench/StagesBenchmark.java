package org.skep.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.skep.engine.Engine;
import org.skep.kernel.Clock;
import org.skep.kernel.RawItem;
import org.skep.networks.scuttlebutt.ScuttlebuttNetwork;
import org.skep.networks.scuttlebutt.message.ClassicMessage;

/** For what Skep uses the time that it takes over a message. */
final class StagesBenchmark implements Benchmark {
  /** For a stage that is measured alone so many will do. */
  private static final int ALONE_MAX = 20_000;

  private static final int BATCH = 500;
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final Clock clock;

  StagesBenchmark(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String name() {
    return "stages";
  }

  @Override
  public List<String> words() {
    return List.of(
        "For what the CPU time of a message is used, warm. Box stream, parse, verify and compress are",
        "the node's own classes (of compress the library, called as the store calls it), each alone on",
        "the first %,d messages after %d passes, in the process that measures, where Java compiles as"
            .formatted(ALONE_MAX, Stage.PASSES_TO_WARM_UP),
        "it likes. Rows and views are what the second half costs a folder that takes messages in which",
        "were read before, less verify and compress; records are packed without a dictionary in both,",
        "where a node trains one in its first minute. The whole is the second half of what a node in",
        "profile default needs that fetches all from another, by thread, as Linux's scheduler counts",
        "it; the rest is what remains of it: packets, gathering, threads that wait for each other, and",
        "that code is slower among other code, less well compiled, than alone.");
  }

  @Override
  public List<Size> sizes() {
    return List.of(new Size(100_000, 500));
  }

  @Override
  public String duration() {
    return "about six minutes";
  }

  /** What a node needed for each message, in microseconds. */
  private record Node(double program, double compilers, double collector) {
    static Node between(Node before, ThreadTimes after, double messages) {
      Node total = total(after, messages);
      return new Node(
          total.program - before.program,
          total.compilers - before.compilers,
          total.collector - before.collector);
    }

    static Node total(ThreadTimes times, double messages) {
      return new Node(
          micros(times, ThreadTimes.Kind.PROGRAM, messages),
          micros(times, ThreadTimes.Kind.COMPILERS, messages),
          micros(times, ThreadTimes.Kind.COLLECTOR, messages));
    }

    private static double micros(ThreadTimes times, ThreadTimes.Kind kind, double messages) {
      return times.total(kind).toNanos() / 1e3 / messages;
    }
  }

  @Override
  public void run(Path folder, Setting setting, Consumer<String> out)
      throws IOException, InterruptedException {
    if (!Files.exists(Path.of("/proc/self/schedstat"))) {
      out.accept("not known on this system");
      return;
    }
    for (Size size : setting.sizes()) {
      Past past = Past.prepare(size, folder.resolve(size.messages() + "x" + size.authors()));
      Path place = folder.resolve("round");
      List<Node> whole = new ArrayList<>();
      for (int round = 0; round < setting.rounds(); round++) {
        whole.add(fetch(past, place));
      }
      // Only now, because of a hundred thousand messages the memory is felt.
      List<ClassicMessage> messages = size.fixture().stream().toList();
      List<Node> kept = new ArrayList<>();
      for (int round = 0; round < setting.rounds(); round++) {
        kept.add(keep(past, messages, place));
      }
      out.accept("");
      out.accept(size + ", CPU-microseconds a message, medians of " + setting.rounds());
      budget(
              messages.subList(0, Math.min(ALONE_MAX, messages.size())),
              setting.rounds(),
              kept,
              whole)
          .tell(out);
    }
  }

  private static Budget budget(
      List<ClassicMessage> some, int rounds, List<Node> kept, List<Node> whole) throws IOException {
    return new Budget(
        alone(Stage.boxes(some), some, rounds),
        alone(Stage.parse(some), some, rounds),
        alone(Stage.hash(some), some, rounds),
        alone(Stage.verify(some), some, rounds),
        alone(Stage.compress(some), some, rounds),
        median(kept, Node::program),
        median(whole, Node::program),
        median(whole, Node::compilers),
        median(whole, Node::collector));
  }

  private static double alone(Stage stage, List<ClassicMessage> messages, int rounds)
      throws IOException {
    return stage.micros(messages.size(), rounds).median();
  }

  private static double median(List<Node> nodes, ToDoubleFunction<Node> part) {
    return Sample.of(nodes.stream().map(part::applyAsDouble).toList()).median();
  }

  /** What a node needs to fetch the second half. */
  private Node fetch(Past past, Path place) throws IOException, InterruptedException {
    int half = past.size().messages() / 2;
    ThreadTimes times = new ThreadTimes();
    try (Pair pair = Pair.start(clock, past, place, Peer.Profile.DEFAULT, false)) {
      pair.connect();
      long there = await(pair, times, half);
      double rest = past.size().messages() - there;
      Node before = Node.total(times, rest);
      await(pair, times, past.size().messages());
      pair.stop();
      return Node.between(before, times, rest);
    }
  }

  /** Waits until so many have come, and says how many have. */
  private long await(Pair pair, ThreadTimes times, int messages)
      throws IOException, InterruptedException {
    Until.holds(
        clock,
        "messages had come",
        LOOK_EVERY,
        PATIENCE,
        () -> {
          times.look(pair.receiver().pid());
          return pair.arrived() >= messages;
        });
    times.look(pair.receiver().pid());
    return pair.arrived();
  }

  /** What it takes here to keep the second half of messages that were read before. */
  private static Node keep(Past past, List<ClassicMessage> messages, Path place)
      throws IOException, InterruptedException {
    Folders.delete(place);
    Files.createDirectories(place);
    Path data = place.resolve("data");
    Folders.copy(past.receiver(), data);
    int half = messages.size() / 2;
    ThreadTimes times = new ThreadTimes();
    Node[] found = new Node[1];
    Past.open(
        data,
        (engine, _, _) -> {
          double rest = messages.size() - half;
          offer(engine, messages.subList(0, half));
          times.look(ProcessHandle.current().pid());
          Node before = Node.total(times, rest);
          offer(engine, messages.subList(half, messages.size()));
          times.look(ProcessHandle.current().pid());
          found[0] = Node.between(before, times, rest);
        });
    return found[0];
  }

  private static void offer(Engine engine, List<ClassicMessage> messages)
      throws InterruptedException {
    for (int from = 0; from < messages.size(); from += BATCH) {
      Past.offer(
          engine,
          messages.subList(from, Math.min(from + BATCH, messages.size())).stream()
              .map(message ->
                  new RawItem(ScuttlebuttNetwork.ID, message.text(), Optional.of(message)))
              .toList());
    }
  }
}
