package org.skep.networks.scuttlebutt.rpc;

import java.time.Duration;
import org.skep.kernel.Clock;

/**
 * How long one packet may take on its way through the line, in one direction. Silence between
 * packets is nobody's fault; but whoever stops in the middle of one, or does not take what is
 * written, holds a buffer and a thread here. One thread begins and ends packets, another looks.
 */
final class PacketDeadline {
  /** What a packet of no length may take. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  /** No line that is of any use is slower. */
  static final int BYTES_PER_SECOND_MIN = 1024;

  private final Clock clock;
  private volatile boolean busy;
  private volatile long endNanos;

  PacketDeadline(Clock clock) {
    this.clock = clock;
  }

  /** So many bytes, at least 0, are on their way from now on. */
  void begin(int bytes) {
    Duration atMost = PATIENCE.plusSeconds(bytes / BYTES_PER_SECOND_MIN);
    endNanos = clock.monotonicNanos() + atMost.toNanos();
    busy = true;
  }

  /** They have arrived. */
  void done() {
    busy = false;
  }

  boolean isOver() {
    return busy && clock.monotonicNanos() - endNanos > 0;
  }
}
