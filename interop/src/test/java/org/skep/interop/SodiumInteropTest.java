package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;
import org.skep.testkit.peers.LineProcess;
import org.skep.testkit.peers.NpmFolder;
import org.skep.wire.crypto.Ed25519;

/** The libsodium that the JavaScript programs use and Skep judge the same signatures alike. */
@Tag("messages")
class SodiumInteropTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void signaturesOnWhichLibrariesDifferGetLibsodiumsVerdict() throws Exception {
    LineProcess script =
        LineProcess.start(
            "small-order.js",
            NpmFolder.peer().node("small-order.js"),
            Map.of(),
            folder.resolve("errors.txt"));
    List<String> lines = script.remainingLines(PATIENCE);
    assertEquals(0, script.awaitEnd(PATIENCE));
    assertTrue(lines.stream().anyMatch(line -> line.contains(" true ")));
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      boolean good =
          Ed25519.verify(
              new PublicKey(Bytes.ofHex(words[1])), Bytes.ofHex(words[2]), Bytes.ofHex(words[3]));
      assertEquals(words[4], String.valueOf(good), words[0]);
    }
  }
}
