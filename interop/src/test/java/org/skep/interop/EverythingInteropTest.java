package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.skep.testkit.peers.NpmFolder;
import org.skep.testkit.peers.SsbPeer;
import tools.jackson.databind.JsonNode;

/**
 * Everything that people do in the open goes both ways between Skep and each of the unmodified
 * programs, Skep dialling.
 */
@Tag("scuttlebutt")
class EverythingInteropTest {
  @TempDir Path folder;
  private final String key = Meeting.randomKey();

  enum Program {
    /** By EBT. */
    SSB_DB2 {
      @Override
      SsbPeer start(Path folder, String key) throws IOException, InterruptedException {
        return SsbPeer.start(NpmFolder.peer(), folder, key);
      }
    },
    /** By {@code createHistoryStream}. */
    SSB_SERVER {
      @Override
      SsbPeer start(Path folder, String key) throws IOException, InterruptedException {
        return SsbPeer.startClassic(folder, key);
      }
    };

    abstract SsbPeer start(Path folder, String key) throws IOException, InterruptedException;
  }

  private SkepProcess skep() throws Exception {
    return SkepProcess.start(folder.resolve("skep"), "Ana", Map.of("SKEP_SSB_NETWORK_KEY", key));
  }

  @ParameterizedTest
  @EnumSource
  void everyActGoesBothWaysOverOneConnectionAndAfterBothRestart(Program program) throws Exception {
    try (SsbPeer ben = program.start(folder.resolve("ben"), key);
        SkepProcess skep = skep()) {
      String ana = skep.feedId();
      skep.must("follow", ben.id());
      ben.follow(ana);
      ben.request(ana);
      byte[] early = Noise.file(40_000, 1);
      ben.show("before they met", ben.addBlob(early), early.length);
      skep.must("connect", ben.address());
      new BothWays(ben, skep, ana, "live").doEverything();
      Await.until(
          "what was shown before",
          Meeting.PATIENCE,
          () -> skep.phone().shownBlob(Noise.hash(early)),
          shown -> shown.filter(bytes -> Arrays.equals(early, bytes)).isPresent());
      assertEquals(1, ben.connections(), "all came over the connection that was there");

      // ssb-ebt tells a peer nothing when it begins to ask for a feed of which both have the same:
      // it must ask before Skep dials.
      skep.stop();
      ben.restart();
      ben.request(ana);
      // Nobody says `connect` again: Skep remembers the address.
      skep.startAgain();
      new BothWays(ben, skep, ana, "after the restart").doEverything();

      benBlocksAna(program, ben, skep);
      anaBlocksBen(ben, skep);
    }
  }

  /**
   * Of one who says that she blocks Ana nothing more is asked or taken, whoever brings it.
   *
   * <p>Ssb-server gives nobody whom it blocks the message that says so, nor what stands behind it
   * (ssb-replicate 1.3.5 ends the stream there), so that Skep learns of it from others alone: here
   * from a file of Ben's messages.
   */
  private void benBlocksAna(Program program, SsbPeer ben, SkepProcess skep) throws Exception {
    String ana = skep.feedId();
    PhoneApp phone = skep.phone();
    assertTrue(ben.isAskedFor(ben.id(), ana));
    ben.block(ana);
    if (program == Program.SSB_SERVER) {
      assertEquals(1, takenIn(ben, skep));
    }
    Await.until(
        "Ben's block at Skep",
        Meeting.PATIENCE,
        () -> phone.relationship(ben.id()),
        stands -> stands.get("blocked_by").asBoolean());
    assertEquals("withheld", phone.standing(ben.id()));
    if (program == Program.SSB_DB2) {
      Await.until(
          "Ben's feed is asked for no more",
          Meeting.PATIENCE,
          () -> ben.isAskedFor(ben.id(), ana),
          asked -> !asked);
    }
    ben.publish("not for Ana");
    assertEquals(0, takenIn(ben, skep));
    assertEquals(Optional.empty(), phone.post("not for Ana"));
  }

  /** Whom Ana blocks is hung up on and not let in again. */
  private static void anaBlocksBen(SsbPeer ben, SkepProcess skep) throws Exception {
    assertEquals(List.of(skep.feedId()), ben.connected());
    skep.must("block", ben.id());
    Await.until("Skep hangs up", Meeting.PATIENCE, ben::connected, List::isEmpty);
    String address = skep.ssbAddress();
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> ben.connect(address));
    assertTrue(refused.toString().contains("server hung up"), refused::toString);
  }

  /** Offers Skep all messages of Ben's, as a stick would bring them: how many it takes in. */
  private int takenIn(SsbPeer ben, SkepProcess skep) throws Exception {
    List<String> values = ben.messages(ben.id()).valueStream().map(JsonNode::toString).toList();
    Path file = Files.write(folder.resolve("ben.jsonl"), values);
    String first = skep.must("ssb", "import", file.toString()).lines().getFirst();
    return Integer.parseInt(first.substring("Taken in: ".length()));
  }

  @ParameterizedTest
  @EnumSource
  void whomARealProgramsPersonBlocksGetsNothingOfHersFromSkep(Program program) throws Exception {
    try (SsbPeer ben = program.start(folder.resolve("ben"), key);
        SsbPeer dan = program.start(folder.resolve("dan"), key);
        SkepProcess skep = skep()) {
      String ana = skep.feedId();
      skep.must("follow", ben.id());
      ben.publish("before the block");
      skep.must("connect", ben.address());
      dan.follow(ana);
      dan.follow(ben.id());
      dan.request(List.of(ana, ben.id()));
      dan.connect(skep.ssbAddress());
      comes(dan, ben.id(), "before the block");

      ben.block(dan.id());
      ben.publish("not for Dan");
      comes(skep, "not for Dan");
      skep.phone().say("for Dan, too");
      comes(dan, ana, "for Dan, too");
      assertEquals(List.of("before the block"), dan.posts(ben.id()));

      dan.restart();
      skep.restart();
      dan.request(List.of(ana, ben.id()));
      dan.connect(skep.ssbAddress());
      ben.publish("not for Dan either");
      comes(skep, "not for Dan either");
      skep.phone().say("for Dan again");
      comes(dan, ana, "for Dan again");
      assertEquals(List.of("before the block"), dan.posts(ben.id()));
    }
  }

  private static void comes(SkepProcess skep, String text) throws Exception {
    PhoneApp phone = skep.phone();
    Await.until(
        "“" + text + "” at Skep", Meeting.PATIENCE, () -> phone.post(text), Optional::isPresent);
  }

  private static void comes(SsbPeer peer, String feed, String text) throws Exception {
    Await.until(
        "“" + text + "” at " + peer.name(),
        Meeting.PATIENCE,
        () -> peer.message(feed, text),
        Optional::isPresent);
  }
}
