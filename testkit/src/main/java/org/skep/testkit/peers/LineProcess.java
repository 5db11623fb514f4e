package org.skep.testkit.peers;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A child process that is read and written line by line, always with a deadline.
 *
 * <p>What it says on standard error goes to a file and into the message of any failure.
 */
public final class LineProcess {
  private final String name;
  private final Process process;
  private final Path errors;
  private final BufferedWriter input;

  /** Lines read; an empty Optional marks the end of the output. */
  private final BlockingQueue<Optional<String>> output = new LinkedBlockingQueue<>();

  private LineProcess(String name, Process process, Path errors) {
    this.name = name;
    this.process = process;
    this.errors = errors;
    this.input = process.outputWriter(StandardCharsets.UTF_8);
    // Not a virtual one: reading a pipe holds its carrier, and as many children as there are cores
    // would keep everybody else from being heard.
    Thread.ofPlatform().daemon().name(name + " output").start(this::pump);
  }

  /**
   * Starts the command.
   *
   * @param errors the file that receives standard error
   * @param environment added to this process's own
   */
  public static LineProcess start(
      String name, List<String> command, Map<String, String> environment, Path errors)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
    return new LineProcess(name, builder.start(), errors);
  }

  private void pump() {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        output.add(Optional.of(line));
      }
    } catch (IOException e) {
      // A killed process closes its pipe under the reader: the end of the output either way.
    } finally {
      output.add(Optional.empty());
    }
  }

  public void writeLine(String line) throws IOException {
    input.write(line);
    input.write('\n');
    input.flush();
  }

  /** The next line of standard output. */
  public String readLine(Duration patience) throws IOException, InterruptedException {
    Optional<String> line = output.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    if (line == null) {
      throw failure("said nothing for " + patience.toSeconds() + " s");
    }
    return line.orElseThrow(() -> failure("ended"));
  }

  /** The first line that begins with {@code prefix}, without the prefix; others are passed over. */
  public String awaitLine(String prefix, Duration patience)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      String line = readLine(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
      if (line.startsWith(prefix)) {
        return line.substring(prefix.length());
      }
    }
  }

  /**
   * As {@link #awaitLine}, for a line without which the child is of no use: when it does not come,
   * the child is killed, for nobody else holds it yet.
   */
  public String awaitReady(String prefix, Duration patience)
      throws IOException, InterruptedException {
    boolean ready = false;
    try {
      String rest = awaitLine(prefix, patience);
      ready = true;
      return rest;
    } finally {
      if (!ready) {
        kill();
      }
    }
  }

  /** Every line up to the end of the output. */
  public List<String> remainingLines(Duration patience) throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>();
    while (true) {
      Optional<String> line = output.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (line == null) {
        throw failure("did not close its output within " + patience.toSeconds() + " s");
      }
      if (line.isEmpty()) {
        return lines;
      }
      lines.add(line.get());
    }
  }

  /** Closes standard input, by which the peers here are asked to end. */
  public void closeInput() throws IOException {
    input.close();
  }

  /** SIGTERM, as Ctrl-C or a service manager would end it. */
  public void terminate() {
    process.destroy();
  }

  /** SIGKILL: nothing is flushed, nothing is said. */
  public void kill() {
    process.destroyForcibly();
  }

  public long pid() {
    return process.pid();
  }

  /** The processes it started, and theirs, as long as they run. */
  public List<ProcessHandle> helpers() {
    return process.descendants().toList();
  }

  public int awaitEnd(Duration patience) throws InterruptedException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      throw failure("did not end within " + patience.toSeconds() + " s");
    }
    return process.exitValue();
  }

  /** As {@link #awaitEnd}, for {@code close()}: an interrupt kills the process and is kept. */
  public void awaitEndUninterrupted(Duration patience) {
    try {
      awaitEnd(patience);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private IllegalStateException failure(String what) {
    String said;
    try {
      said = Files.readString(errors, StandardCharsets.UTF_8);
    } catch (IOException e) {
      said = "(its error output cannot be read: " + e.getMessage() + ")";
    }
    return new IllegalStateException(name + " " + what + "\n" + said);
  }
}
