package org.skep.testkit.peers;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineProcessTest {
  @TempDir Path folder;

  /** A program that waits for ever. */
  static final class NeverReady {
    private NeverReady() {}

    public static void main(String[] arguments) throws IOException {
      System.out.println("not yet");
      System.in.read();
    }
  }

  @Test
  void aChildThatNeverGetsReadyIsEnded() throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            NeverReady.class.getName());
    LineProcess child =
        LineProcess.start("sleeper", command, Map.of(), folder.resolve("sleeper.err"));
    assertThrows(
        IllegalStateException.class, () -> child.awaitReady("READY ", Duration.ofMillis(200)));
    assertNotEquals(0, child.awaitEnd(Duration.ofSeconds(30)));
  }
}
