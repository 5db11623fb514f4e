package org.skep.http;

import java.time.Duration;

/**
 * What the door gives each client at most.
 *
 * @param connectionsMax open connections of each site; more wait. At most half of them may be
 *     without a request: where one more comes, the one without for longest is closed, so that
 *     nobody locks others out by holding connections open
 * @param eventStreamsMax open streams of server-sent events; one more is refused with 503
 * @param idleTimeout a connection on which nothing moves for so long is closed
 * @param headTimeout a connection has so long, from when it was opened or last answered, until the
 *     head of a request has arrived whole
 * @param bodyTimeout a request body must have arrived whole within this time
 * @param answerTimeout an answer, or one event, must have been taken whole within this time
 * @param heartbeat a quiet event stream says so this often; shorter than the idle timeout
 */
public record DoorLimits(
    int connectionsMax,
    int eventStreamsMax,
    Duration idleTimeout,
    Duration headTimeout,
    Duration bodyTimeout,
    Duration answerTimeout,
    Duration heartbeat) {
  /**
   * The longest request line and header fields together. Browsers send us the cookies of every
   * program on this computer's other ports as well, so that this is more than usual.
   */
  public static final int HEADER_BYTES_MAX = 16 * 1024;

  /** As much of a body that was refused for its length is taken and thrown away, and so long. */
  static final int DISCARDED_BYTES_MAX = 1 << 20;

  static final Duration LINGER = Duration.ofSeconds(1);

  /** What an ordinary node uses. */
  public static final DoorLimits DEFAULT =
      new DoorLimits(
          256,
          64,
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Duration.ofSeconds(60),
          Duration.ofMinutes(5),
          Duration.ofSeconds(15));

  public DoorLimits {
    if (connectionsMax < 1 || eventStreamsMax < 1) {
      throw new IllegalArgumentException("a door that lets nobody in");
    }
    if (heartbeat.compareTo(idleTimeout) >= 0) {
      throw new IllegalArgumentException("a heartbeat comes before the idle timeout");
    }
  }
}
