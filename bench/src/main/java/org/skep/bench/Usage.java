package org.skep.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.skep.kernel.Clock;

/** What a process uses, as its operating system counts it. */
record Usage(long pid) {
  private static final Duration LOOK_EVERY = Duration.ofMillis(10);

  /** What it has computed so far, on all cores together, in itself and in the kernel. */
  Duration cpu() {
    return cpuUnlessEnded()
        .orElseThrow(() -> new IllegalStateException("a process that is measured has ended"));
  }

  private Optional<Duration> cpuUnlessEnded() {
    return ProcessHandle.of(pid).flatMap(process -> process.info().totalCpuDuration());
  }

  /** The most memory that it ever had at once (resident), in bytes; known on Linux only. */
  OptionalLong mostMemory() {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
          .findFirst();
    } catch (IOException | UncheckedIOException e) {
      // Another system, or the process has just ended.
      return OptionalLong.empty();
    }
  }

  /**
   * What a process has used.
   *
   * @param memoryBytes the most that it had resident; 0 where nobody knows
   */
  record Total(Duration cpu, long memoryBytes) {}

  Total total() {
    return new Total(cpu(), mostMemory().orElse(0));
  }

  /** Waits until the process ends; what is not seen is what it used since the last look. */
  Total untilEnd(Clock clock, Duration patience) throws IOException, InterruptedException {
    Total[] last = {new Total(Duration.ZERO, 0)};
    Until.holds(
        clock,
        "a process ended",
        LOOK_EVERY,
        patience,
        () -> {
          Optional<Duration> cpu = cpuUnlessEnded();
          last[0] =
              new Total(
                  cpu.orElse(last[0].cpu()),
                  Math.max(last[0].memoryBytes(), mostMemory().orElse(0)));
          return cpu.isEmpty();
        });
    return last[0];
  }
}
