package org.skep.testkit.peers;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineProcessTest {
  @TempDir Path folder;

  @Test
  void aChildThatNeverGetsReadyIsEnded() throws Exception {
    List<String> command = List.of("sh", "-c", "echo not yet; exec sleep 600");
    LineProcess child =
        LineProcess.start("sleeper", command, Map.of(), folder.resolve("sleeper.err"));
    assertThrows(
        IllegalStateException.class, () -> child.awaitReady("READY ", Duration.ofMillis(200)));
    assertNotEquals(0, child.awaitEnd(Duration.ofSeconds(30)));
  }
}
