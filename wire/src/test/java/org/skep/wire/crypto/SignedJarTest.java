package org.skep.wire.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Bouncy Castle's jar is signed, and reading the first class of it costs a check of all: 0.15 s of
 * CPU. A JVM that only loads ours, as each node's does at its start, is to read none.
 */
final class SignedJarTest {
  /** Those that use it. */
  private static final List<String> OURS =
      List.of(
          "org.skep.wire.age.AgeKeys",
          "org.skep.wire.crypto.BouncyCastle",
          "org.skep.wire.crypto.Digests",
          "org.skep.wire.crypto.Points");

  /** Loads and links what it is told. */
  public static final class Loading {
    private Loading() {}

    public static void main(String[] names) throws ClassNotFoundException {
      for (String name : names) {
        Class.forName(name);
      }
    }
  }

  @Test
  void noneOfItIsReadBeforeItIsUsed() throws IOException, InterruptedException {
    List<String> lines = loading(OURS);
    for (String name : OURS) {
      assertTrue(lines.stream().anyMatch(line -> line.contains(name + " source:")), name);
    }
    assertEquals(List.of(), read(lines));
  }

  /** Else the test above could not fail. */
  @Test
  void whatIsReadIsSeen() throws IOException, InterruptedException {
    assertEquals(1, read(loading(List.of("org.bouncycastle.crypto.CipherParameters"))).size());
  }

  private static List<String> read(List<String> lines) {
    return lines.stream().filter(line -> line.contains(" org.bouncycastle.")).toList();
  }

  private static List<String> loading(List<String> names) throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(
                Stream.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xlog:class+load:stdout",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Loading.class.getName()),
                names.stream())
            .toList();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines;
    try (var reader = process.inputReader()) {
      lines = reader.lines().toList();
    }
    assertEquals(0, process.waitFor(), () -> String.join("\n", lines));
    return lines;
  }
}
