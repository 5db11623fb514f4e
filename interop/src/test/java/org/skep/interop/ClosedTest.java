package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.testkit.peers.LineProcess;
import org.skep.testkit.peers.MissingToolException;
import org.skep.testkit.peers.Tools;

/**
 * A first start sends no packet.
 *
 * <p>Skep runs in an unprivileged network namespace whose only way out, default route and name
 * server included, is one end of a veth pair; the counters of that end tell everything.
 */
@Tag("closed")
class ClosedTest {
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @TempDir Path folder;

  /** What the way out counted, and who listened. */
  private record Seen(List<String> lines) {
    long packets(String direction) {
      return Long.parseLong(only(direction + " ").trim());
    }

    List<String> listeners() {
      return lines.stream().filter(line -> line.startsWith("listens ")).toList();
    }

    String only(String prefix) {
      List<String> found = lines.stream().filter(line -> line.startsWith(prefix)).toList();
      assertEquals(1, found.size(), () -> "lines '" + prefix + "' in " + lines);
      return found.getFirst().substring(prefix.length());
    }
  }

  @Test
  void oneNameLookUpMovesTheCounters() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes =
        Path.of(NameLookup.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .toString();
    Seen seen = inNamespace(List.of(java, "-cp", classes, NameLookup.class.getName()));
    assertTrue(seen.packets("sent") > 0, () -> "a look-up was not counted: " + seen);
    assertTrue(seen.packets("arrived") > 0, () -> "a look-up did not arrive: " + seen);
  }

  @Test
  void aFirstStartAndAPostSendNoPacketWithinAMinute() throws Exception {
    Path script = folder().resolve("first-minute.sh");
    List<String> command =
        new ArrayList<>(List.of("sh", script.toString(), folder.resolve("data").toString()));
    List<String> skep = SkepProcess.commandLine("up");
    command.addAll(skep.subList(0, skep.size() - 1));
    Seen seen = inNamespace(command);
    assertTrue(seen.only("ready ").startsWith("http://"), seen::toString);
    assertTrue(Long.parseLong(seen.only("seconds ")) >= 60, seen::toString);
    assertEquals(0, seen.packets("sent"), seen::toString);
    assertEquals(0, seen.packets("arrived"), seen::toString);
    assertTrue(seen.listeners().size() >= 2, () -> "page and SSB port: " + seen);
    for (String listener : seen.listeners()) {
      assertTrue(
          listener.startsWith("listens 127.0.0.1:") || listener.startsWith("listens [::1]:"),
          listener);
    }
  }

  static Path folder() {
    String closed = System.getProperty("skep.interop.closed");
    if (closed == null) {
      throw new IllegalStateException("start this test by ./skep interop closed");
    }
    return Path.of(closed);
  }

  private Seen inNamespace(List<String> command) throws IOException, InterruptedException {
    String use = "watch Skep's packets in a network namespace";
    Path unshare = Tools.require("unshare", use + " (Debian package util-linux)");
    Tools.require("ip", use + " (Debian package iproute2)");
    Tools.require("ss", use + " (Debian package iproute2)");
    List<String> words =
        new ArrayList<>(
            List.of(unshare.toString(), "--user", "--map-root-user", "--net", "--mount"));
    words.addAll(List.of("sh", folder().resolve("namespace.sh").toString(), folder.toString()));
    words.addAll(command);
    Path errors = folder.resolve("namespace.err");
    LineProcess process =
        LineProcess.start(
            "namespace",
            words,
            Map.of("SKEP_STATE_DIR", folder.resolve("state").toString()),
            errors);
    process.closeInput();
    int exitCode = process.awaitEnd(PATIENCE);
    List<String> lines = process.remainingLines(PATIENCE);
    if (exitCode != 0) {
      throw new MissingToolException(
          "Skep could not be watched in a network namespace (exit code %d): %s %s"
              .formatted(exitCode, lines, Files.readString(errors)));
    }
    return new Seen(lines);
  }
}
