package org.skep.interop;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.testkit.peers.SsbPeer;
import tools.jackson.databind.JsonNode;

/**
 * Skep and the unmodified ssb-server, which knows no EBT here, read each other by {@code
 * createHistoryStream} alone.
 */
@Tag("scuttlebutt")
class ClassicServerInteropTest {
  @TempDir Path folder;

  @Test
  void bothReadEachOtherWhenTheServerDialsAndAfterBothRestart() throws Exception {
    String key = Meeting.randomKey();
    try (SsbPeer peer = SsbPeer.startClassic(folder.resolve("peer"), key);
        SkepProcess skep =
            SkepProcess.start(
                folder.resolve("skep"), Meeting.ANAS_NAME, Map.of("SKEP_SSB_NETWORK_KEY", key))) {
      Meeting meeting = new Meeting(peer, skep);
      meeting.prepare();
      peer.connect(skep.ssbAddress());
      meeting.bothReadEverything();
      meeting.bothReadNewsAtOnce();
      everythingIsAskedAsHistory(peer, meeting);

      peer.restart();
      skep.restart();
      meeting.bothRememberEverything();
      // Skep listens on another port now.
      peer.connect(skep.ssbAddress());
      meeting.bothReadWhatCameAfterARestart();
      everythingIsAskedAsHistory(peer, meeting);
    }
  }

  /** Skep comes to follow both feeds by history streams, and knows no other way here. */
  private static void everythingIsAskedAsHistory(SsbPeer peer, Meeting meeting) throws Exception {
    for (String feed : List.of(meeting.ana(), peer.id())) {
      Await.until(
          "a live history stream of " + feed,
          Meeting.PATIENCE,
          () -> peer.asked().valueStream().toList(),
          asked -> asked.stream().anyMatch(options -> isLive(options, feed)));
    }
  }

  private static boolean isLive(JsonNode options, String feed) {
    return options.get("id").asString().equals(feed)
        && options.get("live").asBoolean()
        && !options.get("keys").asBoolean();
  }
}
