package org.skep.networks.scuttlebutt.replication;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.skep.networks.scuttlebutt.message.ClassicMessage;

/**
 * Messages of one stream that are offered to the inbox together, because each offer waits for the
 * disk: so many, so many bytes, and what comes within so short a time, whatever else comes with it.
 * One thread.
 */
final class Gathering {
  static final int MESSAGES_MAX = 1_000;

  /** The last message may go beyond it. */
  static final int BYTES_MAX = 512 << 10;

  static final Duration TIME_MAX = Duration.ofMillis(250);

  /** From so many on it is a flood, of which more is worth waiting for. */
  static final int FLOOD_MIN = 32;

  private final List<ClassicMessage> messages = new ArrayList<>();
  private final long endNanos;
  private long bytes;

  /**
   * @param nowNanos monotonic
   */
  Gathering(long nowNanos) {
    this.endNanos = nowNanos + TIME_MAX.toNanos();
  }

  void add(ClassicMessage message) {
    messages.add(message);
    bytes += message.text().length();
  }

  /** Whether there is room for more, and time. */
  boolean isOpen(long nowNanos) {
    return messages.size() < MESSAGES_MAX && bytes < BYTES_MAX && nowNanos - endNanos < 0;
  }

  boolean isFlood() {
    return messages.size() >= FLOOD_MIN;
  }

  /** In the order in which they came. */
  List<ClassicMessage> messages() {
    return List.copyOf(messages);
  }
}
