package org.skep.networks.scuttlebutt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skep.networks.scuttlebutt.replication.Peers;
import org.skep.networks.scuttlebutt.rpc.RpcKind;
import org.skep.networks.scuttlebutt.rpc.RpcMethods;
import org.skep.networks.scuttlebutt.rpc.RpcStream;
import org.skep.wire.json.JsNumber;

@Timeout(60)
class GossipPingTest {
  private static final long START_MILLIS = 1_700_000_000_000L;
  private static final JsNumber THEIRS = new JsNumber(42);

  private final VirtualClock clock = new VirtualClock(START_MILLIS);
  private final Peers peers = new Peers();

  @AfterEach
  void end() {
    peers.close();
  }

  private RpcStream against(boolean serving) throws Exception {
    peers.answering(
        RpcMethods.serving()
            .duplex("gossip.ping", (_, stream) -> GossipPing.play(stream, clock, serving)));
    return peers.calling(RpcMethods.serving()).open(RpcKind.DUPLEX, "gossip.ping");
  }

  private static long thrown(RpcStream stream) throws Exception {
    return (long) assertInstanceOf(JsNumber.class, stream.receive().orElseThrow().json()).value();
  }

  private void eventuallyRests() {
    Eventually.holds("it rests", () -> clock.sleepers().equals(List.of(Duration.ofMinutes(5))));
  }

  @Test
  void whoServesThrowsTheTimeFirstAndRestsAfterTheReturnOfItsAnswer() throws Exception {
    RpcStream stream = against(true);
    assertEquals(START_MILLIS, thrown(stream));
    stream.send(THEIRS);
    clock.set(START_MILLIS + 7);
    stream.send(THEIRS);
    assertEquals(START_MILLIS + 7, thrown(stream), "the second is thrown back at once");
    eventuallyRests();
    stream.end();
    Eventually.holds("its rest ends with the stream", () -> clock.sleepers().isEmpty());
  }

  @Test
  void whatIsThrownIsThrownBackAndAfterTheIntervalTheSidesChange() throws Exception {
    RpcStream stream = against(false);
    for (int round = 0; round < 3; round++) {
      long now = clock.wallMillis();
      stream.send(THEIRS);
      assertEquals(now, thrown(stream));
      eventuallyRests();
      clock.pass(GossipPing.INTERVAL.minusMillis(1));
      eventuallyRests();
      clock.pass(Duration.ofMillis(1));
      assertEquals(now + GossipPing.INTERVAL.toMillis(), thrown(stream));
      // The answer to what it threw; it rests no more and waits for our next.
      stream.send(THEIRS);
    }
    stream.end();
    assertEquals(Optional.empty(), stream.receive(), "who is ended ends");
  }
}
