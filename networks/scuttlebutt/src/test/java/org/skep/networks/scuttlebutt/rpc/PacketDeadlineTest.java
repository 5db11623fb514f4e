package org.skep.networks.scuttlebutt.rpc;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.skep.networks.scuttlebutt.VirtualClock;

class PacketDeadlineTest {
  private static final Duration MOST = PacketDeadline.PATIENCE.minusSeconds(1);
  private static final int SECOND_BYTES = PacketDeadline.BYTES_PER_SECOND_MIN;

  private final VirtualClock clock = new VirtualClock(0);
  private final PacketDeadline deadline = new PacketDeadline(clock);

  @Test
  void aLongPacketMayTakeLong() {
    deadline.begin(10 * SECOND_BYTES);
    clock.pass(PacketDeadline.PATIENCE.plusSeconds(10));
    assertFalse(deadline.isOver());
    clock.pass(Duration.ofNanos(1));
    assertTrue(deadline.isOver());
  }

  @Test
  void whatHasArrivedIsNeverLate() {
    deadline.begin(1);
    deadline.done();
    clock.pass(Duration.ofDays(1));
    assertFalse(deadline.isOver());
    deadline.begin(1);
    assertFalse(deadline.isOver(), "each beginning has its patience");
  }

  @Test
  void packetsThatFollowEachOtherShareOnePatience() {
    deadline.begin(1);
    clock.pass(MOST);
    deadline.begin(1);
    clock.pass(MOST);
    assertTrue(deadline.isOver());
  }

  @Test
  void aLineThatIsFastEnoughLastsForEver() {
    for (int i = 0; i < 1_000; i++) {
      deadline.begin(SECOND_BYTES);
      clock.pass(Duration.ofSeconds(1));
      assertFalse(deadline.isOver());
    }
  }

  @Test
  void beingFastBeforeIsNoCredit() {
    for (int i = 0; i < 1_000; i++) {
      deadline.begin(100 * SECOND_BYTES);
    }
    clock.pass(PacketDeadline.PATIENCE.plusSeconds(101));
    assertTrue(deadline.isOver());
  }
}
