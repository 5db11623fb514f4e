package org.skep.networks.scuttlebutt.rpc;

import java.time.Duration;
import org.skep.kernel.Clock;

/**
 * How long packets may take on their way through the line, in one direction. Silence between them
 * is nobody's fault; but whoever stops in the middle of one, or takes a byte of what is written now
 * and then, holds a buffer and a thread here. One thread begins and ends packets, another looks.
 */
final class PacketDeadline {
  /** What a packet of no length may take, and how far those that follow each other may lag. */
  static final Duration PATIENCE = Duration.ofMinutes(1);

  /** No line that is of any use is slower. */
  static final int BYTES_PER_SECOND_MIN = 1024;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final Clock clock;
  private volatile boolean busy;
  private volatile long endNanos;

  PacketDeadline(Clock clock) {
    this.clock = clock;
  }

  /**
   * So many bytes, at least 0, are on their way from now on. Where others still are, they get the
   * time they need and no patience of their own.
   */
  void begin(int bytes) {
    long patient = clock.monotonicNanos() + PATIENCE.toNanos();
    long from = busy && endNanos - patient < 0 ? endNanos : patient;
    endNanos = from + bytes * NANOS_PER_SECOND / BYTES_PER_SECOND_MIN;
    busy = true;
  }

  /** All have arrived. */
  void done() {
    busy = false;
  }

  boolean isOver() {
    return busy && clock.monotonicNanos() - endNanos > 0;
  }
}
