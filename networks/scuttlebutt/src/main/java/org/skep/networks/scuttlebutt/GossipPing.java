package org.skep.networks.scuttlebutt;

import java.time.Duration;
import java.util.Optional;
import org.skep.kernel.Clock;
import org.skep.kernel.PeerException;
import org.skep.networks.scuttlebutt.rpc.RpcException;
import org.skep.networks.scuttlebutt.rpc.RpcItem;
import org.skep.networks.scuttlebutt.rpc.RpcStream;
import org.skep.wire.json.JsNumber;

/**
 * {@code gossip.ping}: both sides throw the time at each other, so that a connection on which
 * nothing else happens is seen to be alive.
 *
 * <p>Source: npm {@code pull-ping} 2.0.3.
 */
final class GossipPing {
  /** After so long without a ping the side that answered last begins. */
  static final Duration INTERVAL = Duration.ofMinutes(5);

  private GossipPing() {}

  /**
   * Plays until the stream ends.
   *
   * @param serve whether this side throws first
   */
  static void play(RpcStream stream, Clock clock, boolean serve)
      throws RpcException, PeerException, InterruptedException {
    boolean served = serve;
    if (serve) {
      throwTime(stream, clock);
    }
    Optional<RpcItem> item = stream.receive();
    while (item.isPresent()) {
      if (served) {
        served = false;
      } else {
        throwTime(stream, clock);
        if (stream.awaitEnding(clock, INTERVAL)) {
          return;
        }
        throwTime(stream, clock);
        served = true;
      }
      item = stream.receive();
    }
  }

  private static void throwTime(RpcStream stream, Clock clock)
      throws PeerException, InterruptedException {
    stream.send(new JsNumber(clock.wallMillis()));
  }
}
