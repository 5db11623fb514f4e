package org.skep.app.frozen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.skep.app.Config;
import org.skep.app.Node;
import org.skep.app.QuietNode;
import org.skep.networks.scuttlebutt.message.SignCap;

/** What older versions left opens, and shows what it showed. */
class FrozenFolderTest {
  @TempDir Path data;

  @ParameterizedTest
  @ValueSource(ints = {9, 10, 11})
  void itShowsWhatItShowedAlsoBuiltAnew(int format) throws Exception {
    Frozen.unpack(format, data);
    try (QuietNode node = new QuietNode(data, SignCap.NONE, new SteppingClock())) {
      assertEquals(Frozen.told(format), Telling.of(node));
      List<String> views = node.engine().dumpViews();
      node.engine().rebuild((_, _) -> {});
      assertEquals(views, node.engine().dumpViews());
      assertEquals(Frozen.told(format), Telling.of(node));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {9, 10, 11})
  void aWholeNodeStartsOnItAndKnowsItsPeople(int format) throws Exception {
    Frozen.unpack(format, data);
    Map<String, String> anyPorts = Map.of("http.port", "0", "ssb.port", "0");
    try (Node node = Node.start(Config.read(data, anyPorts, Map.of()))) {
      assertEquals(List.of("Ana Sofia \u2713", "Ben"), List.copyOf(node.people().values()));
    }
  }
}
