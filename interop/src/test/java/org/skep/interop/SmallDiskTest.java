package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A node whose disk is full, or can only be read: it says so, loses nothing, and goes on after. */
@Tag("closed")
class SmallDiskTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String FULL = "the disk is full";

  /** Several to a megabyte, so that what room is left within the files of the database is used. */
  private static final String LONG = "and so on ".repeat(600).strip();

  @TempDir Path folder;
  private final String key = Meeting.randomKey();

  private SmallDisk disk() throws Exception {
    return SmallDisk.mount(Files.createDirectory(folder.resolve("ana")), "24m");
  }

  private SkepProcess on(SmallDisk disk) throws Exception {
    return SkepProcess.start(
        disk.folder(), "Ana", Map.of("SKEP_SSB_NETWORK_KEY", key), disk::within);
  }

  private SkepProcess ben() throws Exception {
    return SkepProcess.start(folder.resolve("ben"), "Ben", Map.of("SKEP_SSB_NETWORK_KEY", key));
  }

  private static void awaitFromBen(SkepProcess ana, String ben, String text) throws Exception {
    Await.until(
        "Ben's post “" + text + "”",
        PATIENCE,
        () -> ana.postsBy(ben),
        posts -> posts.contains(text));
  }

  /** Posts until there is no room for another one; tells why. */
  private static String postUntilRefused(SkepProcess ana, List<JsonNode> acknowledged)
      throws Exception {
    PhoneApp.Reply refusal =
        Await.until(
            "a post that finds no room",
            PATIENCE,
            () -> {
              PhoneApp.Reply reply = ana.phone().trySaying(acknowledged.size() + " " + LONG);
              if (reply.status() == 200) {
                acknowledged.add(reply.body());
              }
              return reply;
            },
            reply -> reply.status() != 200);
    assertEquals(507, refusal.status());
    return refusal.body().get("error").asString();
  }

  @Test
  void aFullDiskIsToldOfAndWhenThereIsRoomAllGoesOn() throws Exception {
    List<JsonNode> acknowledged = new ArrayList<>();
    try (SmallDisk disk = disk();
        SkepProcess ben = ben();
        SkepProcess ana = on(disk)) {
      String bensFeed = ben.feedId();
      ana.phone().follow(List.of(bensFeed));
      ana.must("connect", ben.ssbAddress());
      ben.phone().say("before");
      awaitFromBen(ana, bensFeed, "before");

      disk.fill();
      String refusal = postUntilRefused(ana, acknowledged);
      assertTrue(refusal.contains(FULL), refusal);
      for (int i = 0; i < 20; i++) {
        ben.phone().say("meanwhile " + i + " " + LONG);
      }
      assertEquals(1, ana.run("post", "--to", "anybody", LONG).exitCode());
      assertTrue(ana.complaints().getLast().contains(FULL), ana.complaints()::toString);
      Await.until(
          "the status says it", PATIENCE, () -> ana.must("status").text(), s -> s.contains(FULL));
      assertTrue(ana.postsBy(bensFeed).contains("before"), "it can be read");
      assertFalse(ana.postsBy(bensFeed).contains("meanwhile 19 " + LONG), "no room");

      disk.clear();
      awaitFromBen(ana, bensFeed, "meanwhile 19 " + LONG);
      acknowledged.add(ana.phone().say("after"));
      assertFalse(ana.must("status").text().contains(FULL));
      ana.restart();
      for (JsonNode post : acknowledged) {
        assertEquals(PhoneApp.textOf(post), ana.phone().text(post.get("id").asString()));
      }
    }
  }

  @Test
  void aStartWithoutRoomOrOnADiskThatCanOnlyBeReadEndsWithOneSentence() throws Exception {
    try (SmallDisk disk = disk()) {
      try (SkepProcess ana = on(disk)) {
        ana.phone().say("kept");
        ana.stop();
        disk.fill();
        assertRefusesToStart(ana, FULL);
        disk.clear();
        disk.readOnly();
        assertRefusesToStart(ana, "the disk can only be read");
      }
    }
  }

  private static void assertRefusesToStart(SkepProcess skep, String why) throws Exception {
    int before = skep.complaints().size();
    assertEquals(1, skep.run("up", "--port", "0", "--no-browser").exitCode());
    List<String> said = skep.complaints().subList(before, skep.complaints().size());
    assertEquals(1, said.size(), said::toString);
    assertTrue(said.getFirst().contains(why), said::toString);
  }
}
