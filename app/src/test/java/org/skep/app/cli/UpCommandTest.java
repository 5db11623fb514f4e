package org.skep.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.app.Config;
import org.skep.app.Node;

/** A second start on a folder where Skep runs. */
class UpCommandTest {
  @TempDir Path data;

  @Test
  void anAnswerWhereNothingIsAskedChangesNothingAndIsNoFailure() throws Exception {
    Config config =
        Config.read(
            data,
            Map.of("http.port", "0", "ssb.port", "0"),
            Map.of("SKEP_STATE_DIR", data.resolve("state").toAbsolutePath().toString()));
    try (Node node = Node.start(config)) {
      node.addPerson("Ana", Optional.empty());
      for (String answer : List.of("--moved", "--copied")) {
        String[] command = {"up", answer, "--no-browser", "--data", data.toString()};
        assertEquals(0, SkepCommand.run(command), answer);
      }
    }
  }
}
