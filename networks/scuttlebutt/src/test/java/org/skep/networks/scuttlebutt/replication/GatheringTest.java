package org.skep.networks.scuttlebutt.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.skep.networks.scuttlebutt.handshake.SeedIdentity;
import org.skep.networks.scuttlebutt.message.ClassicMessage;

class GatheringTest {
  private static final long NOW = Long.MAX_VALUE - 5;
  private static final long END = NOW + Gathering.TIME_MAX.toNanos();

  private final MemoryReplica ana = new MemoryReplica(SeedIdentity.numbered(1));
  private final Gathering gathering = new Gathering(NOW);

  private ClassicMessage post(String text) {
    return ana.post(SeedIdentity.numbered(1), text);
  }

  @Test
  void itIsOverInTimeThoughNothingWasGathered() {
    assertTrue(gathering.isOpen(END - 1));
    assertFalse(gathering.isOpen(END), "what is not wanted may come without end");
  }

  @Test
  void soManyMessagesAreGathered() {
    ClassicMessage one = post("short");
    for (int i = 0; i < Gathering.MESSAGES_MAX; i++) {
      assertTrue(gathering.isOpen(NOW));
      gathering.add(one);
    }
    assertFalse(gathering.isOpen(NOW));
  }

  @Test
  void soManyBytesAreGatheredAndTheLastMessageGoesBeyond() {
    ClassicMessage one = post("x".repeat(7_000));
    long bytes = 0;
    while (bytes < Gathering.BYTES_MAX) {
      assertTrue(gathering.isOpen(NOW));
      gathering.add(one);
      bytes += one.text().length();
    }
    assertFalse(gathering.isOpen(NOW));
  }

  @Test
  void fewAreNoFlood() {
    ClassicMessage one = post("first");
    for (int i = 1; i < Gathering.FLOOD_MIN; i++) {
      gathering.add(one);
      assertFalse(gathering.isFlood());
    }
    ClassicMessage last = post("last");
    gathering.add(last);
    assertTrue(gathering.isFlood());
    assertEquals(List.of(one, last), gathering.messages().subList(30, 32));
  }
}
