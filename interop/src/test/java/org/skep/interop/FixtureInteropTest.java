package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.testkit.peers.NpmFolder;
import org.skep.testkit.peers.SsbPeer;
import org.skep.testkit.scuttlebutt.Fixture;

/** The made-up past is one that the unmodified ssb-db2 takes, message by message. */
@Tag("scuttlebutt")
class FixtureInteropTest {
  @TempDir Path folder;

  @Test
  void theRealProgramTakesEveryMessageAndNamesItAlike() throws Exception {
    try (SsbPeer judge =
        SsbPeer.start(NpmFolder.peer(), folder.resolve("judge"), Meeting.randomKey())) {
      for (Fixture fixture :
          List.of(new Fixture(1, 3_000, 40), new Fixture(2, 2, 2), new Fixture(3, 500, 250))) {
        FixtureFile file = FixtureFile.write(fixture, folder.resolve("fixture-" + fixture.seed()));
        assertEquals(fixture.messages(), file.ids().size());
        assertEquals(file.ids(), judge.loadAndName(file.path()), fixture.toString());
      }
    }
  }

  @Test
  void aMessageThatWasTouchedIsRefused() throws Exception {
    FixtureFile file = FixtureFile.write(new Fixture(4, 60, 5), folder.resolve("fixture"));
    List<String> lines = new ArrayList<>(Files.readAllLines(file.path()));
    lines.set(40, lines.get(40).replace("\"timestamp\":1", "\"timestamp\":2"));
    Path touched = Files.write(folder.resolve("touched"), lines);
    try (SsbPeer judge =
        SsbPeer.start(NpmFolder.peer(), folder.resolve("judge"), Meeting.randomKey())) {
      String reason =
          String.valueOf(
              assertThrows(IllegalStateException.class, () -> judge.loadAndName(touched))
                  .getMessage());
      assertTrue(reason.contains("validation in addBatch() failed"), reason);
    }
  }
}
