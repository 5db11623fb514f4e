package org.skep.networks.scuttlebutt.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skep.networks.scuttlebutt.rpc.RawPeer.call;
import static org.skep.networks.scuttlebutt.rpc.RawPeer.end;
import static org.skep.networks.scuttlebutt.rpc.RawPeer.item;
import static org.skep.networks.scuttlebutt.rpc.RawPeer.request;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skep.kernel.Bytes;
import org.skep.kernel.PeerException;
import org.skep.networks.scuttlebutt.Eventually;
import org.skep.networks.scuttlebutt.VirtualClock;
import org.skep.wire.json.JsNumber;
import org.skep.wire.json.JsString;

/** What a program at the other end may do, in order or not, packet by packet. */
@Timeout(120)
class RpcTrapsTest {
  private final VirtualClock clock = new VirtualClock(0);
  private Optional<RawPeer> opened = Optional.empty();

  private RawPeer against(RpcMethods.Builder methods) {
    RawPeer peer = new RawPeer(clock, methods.sync("whoami", _ -> new JsNumber(1)));
    opened = Optional.of(peer);
    return peer;
  }

  @AfterEach
  void close() {
    opened.ifPresent(RawPeer::close);
  }

  /** That nothing else has come before, and that the connection lives. */
  private static void assertNothingButTheAnswerComes(RawPeer peer, int number) throws Exception {
    peer.say(call(number, request("whoami", "sync")));
    assertEquals(Optional.of(call(-number, "1")), peer.hear());
  }

  // Ends of streams.

  @Test
  void aSourceOfTheirsIsEndedByThemAndThenByUs() throws Exception {
    RawPeer peer = against(RpcMethods.serving());
    RpcStream stream = peer.connection.open(RpcKind.SOURCE, "count");
    assertEquals(1, peer.hear().orElseThrow().request());
    peer.say(item(-1, "7"), end(-1, "true"));
    assertEquals("7", stream.receive().orElseThrow().body().utf8());
    assertEquals(Optional.empty(), stream.receive());
    stream.end();
    assertEquals(Optional.of(end(1, "true")), peer.hear());
  }

  @Test
  void aSourceOfTheirsThatWeLeaveIsOverWhateverStillComes() throws Exception {
    RawPeer peer = against(RpcMethods.serving());
    RpcStream stream = peer.connection.open(RpcKind.SOURCE, "count");
    peer.hear();
    stream.end();
    assertEquals(Optional.of(end(1, "true")), peer.hear());
    peer.say(item(-1, "7"), end(-1, "true"), end(-1, "true"));
    assertNothingButTheAnswerComes(peer, 1);
  }

  /** Whoever never ends its half costs nothing here; what is held is told when the line ends. */
  @Test
  void aStreamThatWeOpenedAndEndedIsForgotten() throws Exception {
    RawPeer peer = against(RpcMethods.serving());
    RpcStream stream = peer.connection.open(RpcKind.SOURCE, "count");
    AtomicBoolean stillHeld = new AtomicBoolean();
    stream.onEnding(() -> stillHeld.set(true));
    stream.end();
    peer.hear(2);
    peer.sayGoodbye();
    peer.ended();
    assertFalse(stillHeld.get());
  }

  @Test
  void aSourceOfOursIsEndedByUsAndTheirAnswerIsTheLastOfIt() throws Exception {
    RawPeer peer =
        against(RpcMethods.serving().source("one", (_, stream) -> stream.send(new JsNumber(1))));
    peer.say(item(5, request("one", "source")));
    assertEquals(List.of(item(-5, "1"), end(-5, "true")), peer.hear(2));
    peer.say(end(5, "true"));
    assertNothingButTheAnswerComes(peer, 6);
  }

  @Test
  void aSinkOfTheirsMayRefuseWhatWeSend() throws Exception {
    RawPeer peer = against(RpcMethods.serving());
    RpcStream stream = peer.connection.open(RpcKind.SINK, "put");
    peer.say(item(-1, "\"a sink says nothing\""), end(-1, "{\"message\":\"full\"}"));
    RpcException refused = assertThrows(RpcException.class, stream::receive);
    assertEquals("full", refused.getMessage());
    assertFalse(stream.send(new JsNumber(1)));
    stream.end();
    peer.hear();
    assertEquals(Optional.of(end(1, "true")), peer.hear());
  }

  @Test
  void aDuplexOfWhichTheyEndTheirHalfGoesOnTheOtherWay() throws Exception {
    RawPeer peer =
        against(
            RpcMethods.serving()
                .duplex(
                    "count",
                    (_, stream) -> {
                      int items = 0;
                      while (stream.receive().isPresent()) {
                        items++;
                      }
                      stream.send(new JsNumber(items));
                      stream.send(new JsString("and goodbye"));
                    }));
    peer.say(item(1, request("count", "duplex")), item(1, "1"), item(1, "2"), end(1, "true"));
    assertEquals(
        List.of(item(-1, "2"), item(-1, "\"and goodbye\""), end(-1, "true")), peer.hear(3));
    assertNothingButTheAnswerComes(peer, 2);
  }

  @Test
  void aDuplexThatTheyEndWithAnErrorIsOverBothWays() throws Exception {
    RawPeer peer =
        against(
            RpcMethods.serving()
                .duplex(
                    "count",
                    (_, stream) -> {
                      try {
                        stream.receive();
                      } catch (RpcException e) {
                        stream.send(new JsNumber(1));
                      }
                    }));
    peer.say(item(1, request("count", "duplex")), end(1, "{\"message\":\"no\"}"));
    assertEquals(Optional.of(end(-1, "true")), peer.hear());
  }

  @Test
  void itemsArriveAsTheTypeTheyWereSentAs() throws Exception {
    RawPeer peer =
        against(
            RpcMethods.serving()
                .duplex(
                    "echo",
                    (_, stream) -> {
                      Optional<RpcItem> item = stream.receive();
                      while (item.isPresent()) {
                        stream.send(item.get());
                        item = stream.receive();
                      }
                    }));
    peer.say(item(1, request("echo", "duplex")));
    for (BodyType type : BodyType.values()) {
      peer.say(new Frame(1, true, false, type, Bytes.ofUtf8("[\"✓\"]")));
      Frame echo = new Frame(-1, true, false, type, Bytes.ofUtf8("[\"✓\"]"));
      assertEquals(Optional.of(echo), peer.hear());
    }
  }

  @Test
  void anItemWithoutBytesIsNotSentForOthersTakeItForAGoodbye() throws Exception {
    RawPeer peer = against(RpcMethods.serving());
    RpcStream stream = peer.connection.open(RpcKind.DUPLEX, "echo");
    RpcItem nothing = new RpcItem(BodyType.BINARY, Bytes.EMPTY);
    assertThrows(IllegalArgumentException.class, () -> stream.send(nothing));
  }

  // What is not served.

  @ParameterizedTest
  @ValueSource(strings = {"source", "sink", "duplex"})
  void anUnknownStreamIsEndedWithAnError(String type) throws Exception {
    RawPeer peer = against(RpcMethods.serving());
    peer.say(item(1, request("tunnel.connect", type)));
    Frame refused = peer.hear().orElseThrow();
    assertEquals(
        end(-1, "{\"name\":\"Error\",\"message\":\"muxrpc: no such command: tunnel.connect\"}"),
        refused);
    assertNothingButTheAnswerComes(peer, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sync", "async", "source", "nonsense"})
  void anUnknownCallIsAnsweredWithAnErrorWhateverItCallsItself(String type) throws Exception {
    RawPeer peer = against(RpcMethods.serving());
    peer.say(call(1, request("invite.use", type)));
    Frame refused = peer.hear().orElseThrow();
    assertEquals(-1, refused.request());
    assertTrue(refused.end());
    assertFalse(refused.stream());
  }

  @ParameterizedTest
  @CsvSource({"numbers,sink", "numbers,duplex", "numbers,async", "numbers,nonsense", "whoami,sync"})
  void aStreamOfAnotherKindThanItsMethodIsRefused(String name, String type) throws Exception {
    RawPeer peer = against(RpcMethods.serving().source("numbers", (_, _) -> {}));
    peer.say(item(1, request(name, type)));
    Frame refused = peer.hear().orElseThrow();
    assertTrue(refused.stream() && refused.end());
    assertTrue(refused.body().utf8().contains("\"message\""), refused.body()::utf8);
    assertNothingButTheAnswerComes(peer, 2);
  }

  @Test
  void aStreamThatDoesNotSayItsKindIsRefused() throws Exception {
    RawPeer peer = against(RpcMethods.serving().source("numbers", (_, _) -> {}));
    peer.say(item(1, "{\"name\":[\"numbers\"],\"args\":[]}"));
    assertTrue(peer.hear().orElseThrow().body().utf8().contains("\"message\""));
  }

  // Numbers.

  @Test
  void packetsOfNoRequestArePassedOver() throws Exception {
    RawPeer peer = against(RpcMethods.serving());
    peer.say(
        call(0, request("whoami", "sync")),
        item(0, request("whoami", "source")),
        end(0, "true"),
        call(-9, "1"),
        new Frame(-9, false, true, BodyType.JSON, Bytes.ofUtf8("{\"message\":\"no\"}")),
        item(-9, "1"),
        end(-9, "true"),
        item(Integer.MIN_VALUE + 1, "1"));
    assertNothingButTheAnswerComes(peer, 1);
  }

  @Test
  void theEndOfAStreamThatNeverWasIsAnsweredWithItsEnd() throws Exception {
    RawPeer peer = against(RpcMethods.serving());
    peer.say(end(4, "true"));
    assertEquals(Optional.of(end(-4, "true")), peer.hear());
    assertNothingButTheAnswerComes(peer, 5);
  }

  @Test
  void aNumberThatIsUsedAgainOpensNothing() throws Exception {
    RawPeer peer =
        against(RpcMethods.serving().source("one", (_, stream) -> stream.send(new JsNumber(1))));
    peer.say(item(1, request("one", "source")));
    peer.hear(2);
    peer.say(end(1, "true"), item(1, request("one", "source")), end(1, "true"));
    assertNothingButTheAnswerComes(peer, 2);
  }

  @Test
  void aCallAndAStreamMayHaveOneNumber() throws Exception {
    RawPeer peer = against(RpcMethods.serving().duplex("open", (_, stream) -> stream.receive()));
    peer.say(item(1, request("open", "duplex")));
    assertNothingButTheAnswerComes(peer, 1);
  }

  @Test
  void theGreatestNumberIsAsGoodAsAnother() throws Exception {
    assertNothingButTheAnswerComes(against(RpcMethods.serving()), Integer.MAX_VALUE);
  }

  // Goodbyes.

  @Test
  void aGoodbyeIsAnsweredWithAGoodbye() throws Exception {
    RawPeer peer = against(RpcMethods.serving());
    peer.sayGoodbye();
    assertEquals(Optional.empty(), peer.hear());
    assertEquals(Optional.empty(), peer.ended());
  }

  @Test
  void theEndOfTheBoxStreamIsAGoodbyeToo() throws Exception {
    RawPeer peer = against(RpcMethods.serving());
    peer.endLine();
    assertEquals(Optional.empty(), peer.hear());
    assertEquals(Optional.empty(), peer.ended());
  }

  @Test
  void whoAsksWhileOurGoodbyeIsOnItsWayDoesNothingWrong() throws Exception {
    RawPeer peer = against(RpcMethods.serving());
    peer.connection.close();
    peer.say(call(1, request("no", "async")), item(2, request("no", "source")), end(3, "true"));
    peer.sayGoodbye();
    assertEquals(Optional.empty(), peer.ended());
  }

  // Time.

  /** The clock goes on until the connection ends. */
  private void passUntilEnded(RawPeer peer) {
    Eventually.holds(
        "the connection is given up",
        () -> {
          clock.pass(RpcConnection.LOOK_EVERY);
          return !peer.runs();
        });
  }

  @Test
  void whoAsksForMuchAndReadsNothingIsCutOff() throws Exception {
    RawPeer peer =
        against(
            RpcMethods.serving()
                .source(
                    "endless",
                    (_, stream) -> {
                      while (stream.send(new JsNumber(1))) {
                        Thread.onSpinWait();
                      }
                    }));
    peer.say(item(1, request("endless", "source")));
    passUntilEnded(peer);
    assertEquals("the other side does not take what is written", peer.fault());
  }

  @Test
  void whoTakesAPacketNowAndThenIsCutOffToo() throws Exception {
    AtomicInteger sent = new AtomicInteger();
    RawPeer peer =
        against(
            RpcMethods.serving()
                .source(
                    "endless",
                    (_, stream) -> {
                      while (stream.send(new JsNumber(1))) {
                        sent.incrementAndGet();
                      }
                    }));
    peer.say(item(1, request("endless", "source")));
    while (peer.runs()) {
      int before = sent.get();
      Frame unused = peer.hear().orElseThrow();
      assertEquals(-1, unused.request());
      Eventually.holds("the next is on its way", () -> sent.get() > before || !peer.runs());
      for (int i = 0; i < 5; i++) {
        Eventually.holds(
            "looking", () -> clock.sleepers().contains(RpcConnection.LOOK_EVERY) || !peer.runs());
        clock.pass(RpcConnection.LOOK_EVERY);
      }
    }
    assertEquals("the other side does not take what is written", peer.fault());
  }

  @ParameterizedTest
  @ValueSource(strings = {"02", "0200000010", "020000001000000001", "02000000100000000122"})
  void aPacketThatStopsInItsMiddleIsCutOff(String begun) throws Exception {
    RawPeer peer = against(RpcMethods.serving());
    peer.sayBytes(begun);
    passUntilEnded(peer);
    assertEquals("the other side began a packet and did not end it", peer.fault());
  }

  @Test
  void silenceBetweenPacketsIsNobodysFault() throws Exception {
    RawPeer peer = against(RpcMethods.serving());
    for (int i = 0; i < 100; i++) {
      Eventually.holds("looking", () -> clock.sleepers().contains(RpcConnection.LOOK_EVERY));
      clock.pass(Duration.ofHours(1));
    }
    assertNothingButTheAnswerComes(peer, 1);
  }

  /** The reading thread waits for a method that has just given up. */
  @Test
  void whoBreaksTheRulesWhileItsItemsWaitLosesTheConnectionAllTheSame() throws Exception {
    CountDownLatch broken = new CountDownLatch(1);
    RawPeer peer =
        against(
            RpcMethods.serving()
                .duplex(
                    "strict",
                    (_, _) -> {
                      broken.await();
                      throw new PeerException("it sent nonsense");
                    }));
    peer.say(item(1, request("strict", "duplex")));
    Frame one = item(1, "\"" + "a".repeat(100) + "\"");
    Thread flood = floodUntilItHasToWait(peer, one);
    broken.countDown();
    assertEquals("it sent nonsense", peer.fault());
    flood.join();
  }

  @Test
  void packetsWithoutAnythingInThemAreNoWayIntoTheMemoryEither() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    RawPeer peer = against(RpcMethods.serving().duplex("deaf", (_, _) -> over.await()));
    peer.say(item(1, request("deaf", "duplex")));
    Thread flood = floodUntilItHasToWait(peer, item(1, ""));
    over.countDown();
    peer.close();
    flood.join();
  }

  /** Says it again and again, until all the room there is for what nobody reads is full. */
  private static Thread floodUntilItHasToWait(RawPeer peer, Frame one) throws InterruptedException {
    AtomicInteger sent = new AtomicInteger();
    Thread flood =
        Thread.ofVirtual()
            .start(() -> {
              try {
                while (true) {
                  peer.say(one);
                  sent.incrementAndGet();
                }
              } catch (IOException e) {
                // The line is cut.
              }
            });
    int onTheWay = MemoryLine.ROOM_BYTES / (Frame.HEADER_BYTES + one.body().length());
    int unread = RawPeer.LIMITS.inboundBytesMax() / Frame.memoryBytes(one.body());
    Eventually.holds(
        "all the room is full",
        () -> sent.get() >= onTheWay + unread && flood.getState() == Thread.State.WAITING);
    assertTrue(sent.get() <= onTheWay + unread + 2, "sent " + sent.get());
    return flood;
  }
}
