package org.skep.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.skep.bench.jmh.Messages;
import org.skep.doors.ProcessEnd;
import org.skep.wire.crypto.Accelerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What single operations cost, as JMH measures it. */
final class JmhBenchmark implements Benchmark {
  @Override
  public String name() {
    return "jmh";
  }

  @Override
  public List<String> words() {
    return List.of(
        "Single operations, warm, by JMH: the mean of three seconds after three more, in as many fresh",
        "processes as there are rounds, with the error that JMH reckons (99.9 %). Messages are those of",
        "a fixture, whatever the size that is asked for; a box of the line has 4,096 bytes, a letter",
        "some 400 for two readers; signatures are over 800 bytes. Each side of the handshake is by",
        "itself. The second column is without libsodium, where there is another.");
  }

  @Override
  public List<Size> sizes() {
    return List.of();
  }

  @Override
  public String duration() {
    return "about nine minutes";
  }

  @Override
  public void run(Path folder, Setting setting, Consumer<String> out)
      throws IOException, InterruptedException {
    Map<String, JsonNode> columns = new LinkedHashMap<>();
    columns.put(Accelerator.name(), measure(folder.resolve("jmh"), setting.rounds(), Map.of()));
    if (Accelerator.name().startsWith("libsodium")) {
      columns.put(
          "without libsodium",
          measure(folder.resolve("bare"), setting.rounds(), Map.of(Accelerator.VARIABLE, "off")));
    }
    out.accept("");
    JmhReport.lines(columns).forEach(out);
  }

  /**
   * Runs JMH in a process of its own, because a process has one library for as long as it lives.
   */
  private static JsonNode measure(Path place, int forks, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path results = Files.createDirectories(place).resolve("results.json");
    Path output = place.resolve("jmh.out");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "org.openjdk.jmh.Main",
                Messages.class.getPackageName() + ".*",
                "-f",
                Integer.toString(forks),
                "-wi",
                "3",
                "-w",
                "1s",
                "-i",
                "3",
                "-r",
                "1s",
                "-foe",
                "true",
                "-rf",
                "json",
                "-rff",
                results.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    ProcessEnd.whenAsked(process::destroyForcibly);
    if (process.waitFor() != 0) {
      throw new IOException("JMH failed:\n" + Files.readString(output));
    }
    return JsonMapper.shared().readTree(Files.readString(results));
  }
}
