package org.skep.testkit.world;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Plays many worlds in as many processes as there are processors. */
final class Processes {
  /** With these words begins the last line of what is told of a world. */
  static final String LAST_LINE = "Again: ";

  private Processes() {}

  /**
   * Plays all that is wished.
   *
   * @param traces where the stories of those worlds go in which something broke
   * @param hearing hears what is told of such a world, one at a time, on any thread
   * @throws IllegalStateException when a process ended early
   */
  static Tally play(Path traces, Wish wish, Consumer<String> hearing)
      throws IOException, InterruptedException {
    int parts = Math.min(Runtime.getRuntime().availableProcessors(), wish.worlds());
    List<Process> processes = new ArrayList<>();
    List<Thread> readers = new ArrayList<>();
    ConcurrentLinkedQueue<Tally> tallies = new ConcurrentLinkedQueue<>();
    try {
      for (int part = 0; part < parts; part++) {
        Process process = start(traces, wish.part(part, parts));
        processes.add(process);
        readers.add(
            Thread.ofPlatform()
                .name("worlds-" + part)
                .start(() -> read(process, hearing, tallies)));
      }
      for (Thread reader : readers) {
        reader.join();
      }
    } finally {
      processes.forEach(Process::destroyForcibly);
    }
    if (tallies.size() < parts) {
      throw new IllegalStateException("worlds were not played to their end");
    }
    return tallies.stream().reduce(Tally.NONE, Tally::plus);
  }

  private static Process start(Path traces, Wish wish) throws IOException {
    // A process lives for a minute or two: the optimising compiler would cost more than it saves.
    Stream<String> java =
        Stream.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            Simulation.class.getName(),
            traces.toString());
    return new ProcessBuilder(Stream.concat(java, wish.words().stream()).toList())
        .redirectErrorStream(true)
        .start();
  }

  /** What is told of one world is passed on as a whole. */
  private static void read(
      Process process, Consumer<String> hearing, ConcurrentLinkedQueue<Tally> tallies) {
    List<String> told = new ArrayList<>();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line : (Iterable<String>) lines.lines()::iterator) {
        told.add(line);
        if (line.startsWith(LAST_LINE)) {
          pass(told, hearing);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!told.isEmpty()) {
      Tally.of(told.removeLast()).ifPresent(tallies::add);
    }
    if (!told.isEmpty()) {
      pass(told, hearing);
    }
  }

  private static void pass(List<String> told, Consumer<String> hearing) {
    String all = told.stream().collect(Collectors.joining("\n"));
    told.clear();
    hearing.accept(all);
  }
}
