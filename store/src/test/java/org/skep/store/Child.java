package org.skep.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Another Java process that runs one of the test's main classes, and can be killed like -9. */
final class Child implements AutoCloseable {
  private final Process process;
  private final BufferedReader said;

  private Child(Process process) {
    this.process = process;
    this.said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static Child start(Class<?> main, Path folder) throws IOException {
    return new Child(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** The next so many lines it says; fewer only when it ended. */
  List<String> hear(int lines) throws IOException {
    List<String> heard = new ArrayList<>();
    for (Optional<String> line = line();
        line.isPresent();
        line = heard.size() < lines ? line() : Optional.empty()) {
      heard.add(line.get());
    }
    return heard;
  }

  private Optional<String> line() throws IOException {
    return Optional.ofNullable(said.readLine());
  }

  /** Kills it at whatever it is doing, and gives what it still said before. */
  List<String> kill() throws IOException, InterruptedException {
    // Through its handle, because the process itself would close the stream we still read.
    process.toHandle().destroyForcibly();
    process.waitFor();
    return hear(Integer.MAX_VALUE);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
