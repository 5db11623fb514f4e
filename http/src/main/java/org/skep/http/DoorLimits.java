package org.skep.http;

import java.time.Duration;

/**
 * What the door gives each client at most.
 *
 * @param connectionsMax open connections, all sites together; more wait, or are closed at once
 * @param eventStreamsMax open streams of server-sent events; one more is refused with 503
 * @param idleTimeout a connection on which nothing moves for so long is closed
 * @param bodyTimeout a request body must have arrived whole within this time
 * @param heartbeat a quiet event stream says so this often; shorter than the idle timeout
 */
public record DoorLimits(
    int connectionsMax,
    int eventStreamsMax,
    Duration idleTimeout,
    Duration bodyTimeout,
    Duration heartbeat) {
  /**
   * The longest request line and header fields together. Browsers send us the cookies of every
   * program on this computer's other ports as well, so that this is more than usual.
   */
  public static final int HEADER_BYTES_MAX = 16 * 1024;

  /** What an ordinary node uses. */
  public static final DoorLimits DEFAULT =
      new DoorLimits(
          256, 64, Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(15));

  public DoorLimits {
    if (connectionsMax < 1 || eventStreamsMax < 1) {
      throw new IllegalArgumentException("a door that lets nobody in");
    }
    if (heartbeat.compareTo(idleTimeout) >= 0) {
      throw new IllegalArgumentException("a heartbeat comes before the idle timeout");
    }
  }
}
