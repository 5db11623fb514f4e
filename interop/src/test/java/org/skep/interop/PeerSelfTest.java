package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.testkit.peers.NpmFolder;
import org.skep.testkit.peers.SsbPeer;

/** Two real peers read each other, so that a failure of Skep's tests is Skep's. */
@Tag("scuttlebutt")
class PeerSelfTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  @TempDir Path folder;

  @Test
  void twoRealPeersReadEachOtherAndRemainThemselvesAfterARestart() throws Exception {
    NpmFolder npm = NpmFolder.peer();
    try (SsbPeer ana = SsbPeer.start(npm, folder.resolve("ana"), KEY);
        SsbPeer ben = SsbPeer.start(npm, folder.resolve("ben"), KEY)) {
      String text = "é ✓ 😀 and a line\u2028separator";
      ana.publish(text);
      ana.setName("Ana");
      ana.follow(ben.id());
      ana.request(ben.id());
      ben.request(ana.id());
      ben.connect(ana.address());
      Await.until("the post", PATIENCE, () -> ben.posts(ana.id()), List.of(text)::equals);
      Await.until("the name", PATIENCE, () -> ben.nameOf(ana.id()), "Ana"::equals);
      Await.until("the follow", PATIENCE, () -> ben.knowsFollow(ana.id(), ben.id()), f -> f);

      String address = ben.address();
      ben.restart();
      assertEquals(List.of(text), ben.posts(ana.id()));
      assertEquals(3, ben.clock().get(ana.id()).asInt());
      assertEquals(3, ben.messages(ana.id()).size());
      assertEquals(address, ben.address());
    }
  }

  @Test
  void twoClassicServersReadEachOther() throws Exception {
    try (SsbPeer ana = SsbPeer.startClassic(folder.resolve("ana"), KEY);
        SsbPeer ben = SsbPeer.startClassic(folder.resolve("ben"), KEY)) {
      ana.publish("from the one who calls");
      ben.publish("from the one who is called");
      ana.follow(ben.id());
      ben.follow(ana.id());
      ana.connect(ben.address());
      Await.until(
          "the caller's post",
          PATIENCE,
          () -> ben.posts(ana.id()),
          List.of("from the one who calls")::equals);
      Await.until(
          "the other's post",
          PATIENCE,
          () -> ana.posts(ben.id()),
          List.of("from the one who is called")::equals);
    }
  }

  @Test
  void aPeerSaysWhyItRefusesACommand() throws Exception {
    try (SsbPeer ana = SsbPeer.start(NpmFolder.peer(), folder.resolve("ana"), KEY)) {
      var refused = assertThrows(IllegalStateException.class, () -> ana.publish("x".repeat(8_200)));
      assertTrue(refused.toString().contains("8192"), refused::toString);
    }
  }
}
