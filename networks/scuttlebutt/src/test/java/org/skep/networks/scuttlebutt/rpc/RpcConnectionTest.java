package org.skep.networks.scuttlebutt.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skep.doors.SystemClock;
import org.skep.doors.ThreadTasks;
import org.skep.kernel.Bytes;
import org.skep.kernel.Clock;
import org.skep.kernel.PeerException;
import org.skep.networks.scuttlebutt.Eventually;
import org.skep.wire.json.JsArray;
import org.skep.wire.json.JsNumber;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;
import org.skep.wire.json.JsValue;

@Timeout(120)
class RpcConnectionTest {
  private static final RpcLimits SMALL = new RpcLimits(4096, 2, 3, 1024, 1024, 1024);
  private static final Duration LONG = Duration.ofSeconds(60);

  private final Clock clock = new SystemClock();
  private final ThreadTasks tasks = new ThreadTasks();
  private final MemoryLine.Pair line = MemoryLine.Pair.make();
  private final List<Running> running = new ArrayList<>();

  /** A connection that runs on a thread of its own, and how it ended. */
  private final class Running {
    private final RpcConnection connection;
    private final Thread thread;
    private volatile Optional<Exception> failure = Optional.empty();

    Running(MemoryLine end, RpcMethods methods) {
      this.connection = new RpcConnection(end, methods, SMALL, clock);
      this.thread = Thread.ofVirtual().start(this::run);
      running.add(this);
    }

    private void run() {
      try {
        connection.run(tasks);
      } catch (IOException | PeerException | InterruptedException e) {
        failure = Optional.of(e);
      }
    }

    Optional<Exception> ended() throws InterruptedException {
      thread.join();
      return failure;
    }

    <T extends Exception> T failed(Class<T> how) throws InterruptedException {
      return assertInstanceOf(how, ended().orElseThrow());
    }
  }

  private RpcConnection here() {
    return new Running(line.here(), RpcMethods.serving().build()).connection;
  }

  private Running there(RpcMethods.Builder methods) {
    return new Running(line.there(), methods.build());
  }

  @AfterEach
  void cut() throws InterruptedException {
    line.here().breakOff();
    for (Running each : running) {
      each.thread.join();
    }
    tasks.close();
  }

  /** Writes packets by hand, for what an honest program would not send. */
  private void say(Frame... frames) throws IOException {
    FrameOutput output = new FrameOutput(line.here().output());
    for (Frame frame : frames) {
      output.write(frame);
    }
  }

  private FrameInput heard() {
    return new FrameInput(line.here().input(), 1 << 20, new PacketDeadline(clock));
  }

  private static Frame json(int request, boolean stream, boolean end, String text) {
    return new Frame(request, stream, end, BodyType.JSON, Bytes.ofUtf8(text));
  }

  private static JsNumber number(int value) {
    return new JsNumber(value);
  }

  /** A duplex that listens until the other side ends it. */
  private static RpcMethods.Builder listening() {
    return RpcMethods.serving().duplex("open", (_, stream) -> stream.receive());
  }

  @Test
  void aCallIsAnswered() throws Exception {
    there(RpcMethods.serving().async("echo", request -> new JsArray(request.arguments())));
    RpcItem answer = here().call("echo", List.of(new JsString("é ✓ 😀"), number(7)), LONG);
    assertEquals("[\"é ✓ 😀\",7]", answer.body().utf8());
  }

  @Test
  void theManifestNamesWhatIsServedAndNothingElse() throws Exception {
    there(
        RpcMethods.serving()
            .sync("whoami", _ -> JsObject.EMPTY)
            .source("createHistoryStream", (_, _) -> {})
            .duplex("ebt.replicate", (_, _) -> {})
            .async("ebt.clock", _ -> JsObject.EMPTY));
    assertEquals(
        "{\"whoami\":\"sync\",\"createHistoryStream\":\"source\","
            + "\"ebt\":{\"replicate\":\"duplex\",\"clock\":\"async\"},\"manifest\":\"sync\"}",
        here().call("manifest", List.of(), LONG).body().utf8());
  }

  @Test
  void aMethodThatIsNotServedIsAnsweredWithAnError() throws Exception {
    there(RpcMethods.serving());
    RpcConnection here = here();
    RpcException call =
        assertThrows(RpcException.class, () -> here.call("blobs.has", List.of(), LONG));
    assertEquals("muxrpc: no such command: blobs.has", call.getMessage());
    RpcStream stream = here.open(RpcKind.SOURCE, "blobs.get");
    RpcException refused = assertThrows(RpcException.class, stream::receive);
    assertEquals("muxrpc: no such command: blobs.get", refused.getMessage());
  }

  @Test
  void aMethodCalledAsSomethingElseIsRefused() throws Exception {
    there(RpcMethods.serving().source("numbers", (_, _) -> {}).sync("name", _ -> number(1)));
    RpcConnection here = here();
    assertThrows(RpcException.class, () -> here.call("numbers", List.of(), LONG));
    assertThrows(RpcException.class, here.open(RpcKind.DUPLEX, "numbers")::receive);
    assertThrows(RpcException.class, here.open(RpcKind.SOURCE, "name")::receive);
  }

  @Test
  void anErrorCarriesANameAndASentenceAndNoStack() throws Exception {
    there(
        RpcMethods.serving()
            .async(
                "fail",
                _ -> {
                  throw new RpcException("there is no such feed");
                })
            .async(
                "break",
                _ -> {
                  throw new IllegalStateException("the password is swordfish");
                }));
    FrameInput heard = heard();
    say(json(1, false, false, "{\"name\":[\"fail\"],\"args\":[]}"));
    Frame first = heard.read().orElseThrow();
    assertTrue(first.end());
    assertEquals("{\"name\":\"Error\",\"message\":\"there is no such feed\"}", first.body().utf8());
    say(json(2, false, false, "{\"name\":[\"break\"],\"args\":[]}"));
    Frame second = heard.read().orElseThrow();
    assertTrue(second.end());
    assertEquals(
        "{\"name\":\"Error\",\"message\":\"the request could not be served\"}",
        second.body().utf8());
  }

  @Test
  void anErrorOfOursEndsTheLine() throws Exception {
    there(
        RpcMethods.serving()
            .async(
                "break",
                _ -> {
                  throw new StackOverflowError();
                }));
    FrameInput heard = heard();
    say(json(1, false, false, "{\"name\":[\"break\"],\"args\":[]}"));
    assertEquals(Optional.empty(), heard.read());
  }

  @Test
  void aSourceIsReadToItsEnd() throws Exception {
    there(
        RpcMethods.serving()
            .source(
                "count",
                (_, stream) -> {
                  for (int i = 1; i <= 5; i++) {
                    stream.send(number(i));
                  }
                }));
    RpcStream stream = here().open(RpcKind.SOURCE, "count");
    List<JsValue> items = new ArrayList<>();
    Optional<RpcItem> item = stream.receive();
    while (item.isPresent()) {
      items.add(item.get().json());
      item = stream.receive();
    }
    assertEquals(List.of(number(1), number(2), number(3), number(4), number(5)), items);
  }

  @Test
  void aDuplexCarriesBothWaysAtOnce() throws Exception {
    there(
        RpcMethods.serving()
            .duplex(
                "double",
                (_, stream) -> {
                  Optional<RpcItem> item = stream.receive();
                  while (item.isPresent()) {
                    double value = ((JsNumber) item.get().json()).value();
                    stream.send(new JsNumber(value * 2));
                    item = stream.receive();
                  }
                }));
    RpcStream stream = here().open(RpcKind.DUPLEX, "double");
    for (int i = 0; i < 100; i++) {
      stream.send(number(i));
      assertEquals(number(i * 2), stream.receive().orElseThrow().json());
    }
    stream.end();
    assertFalse(stream.send(number(1)), "nothing is sent after the end");
  }

  @Test
  void aReaderThatIsSlowStopsTheOtherSideFromSending() throws Exception {
    int items = 3000;
    CountDownLatch read = new CountDownLatch(1);
    AtomicInteger received = new AtomicInteger();
    there(
        RpcMethods.serving()
            .duplex(
                "slow",
                (_, stream) -> {
                  read.await();
                  while (stream.receive().isPresent()) {
                    received.incrementAndGet();
                  }
                }));
    RpcStream stream = here().open(RpcKind.DUPLEX, "slow");
    RpcItem item = new RpcItem(BodyType.BINARY, Bytes.wrap(new byte[100]));
    AtomicInteger sent = new AtomicInteger();
    Thread sender =
        Thread.ofVirtual()
            .start(() -> {
              try {
                while (sent.get() < items && stream.send(item)) {
                  sent.incrementAndGet();
                }
              } catch (PeerException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    int room =
        (SMALL.inboundBytesMax() + SMALL.outboxBytesMax()) / Frame.memoryBytes(item.body())
            + MemoryLine.ROOM_BYTES / (Frame.HEADER_BYTES + 100);
    Eventually.holds(
        "the sender fills all the room and waits",
        () -> sent.get() > room - 10 && sender.getState() == Thread.State.WAITING);
    assertTrue(sent.get() <= room + 4, "sent " + sent.get());
    read.countDown();
    Eventually.holds("all arrive", () -> received.get() == items);
  }

  @Test
  void whoeverEndsAStreamStopsTheOtherSideFromSending() throws Exception {
    CountDownLatch stopped = new CountDownLatch(1);
    there(
        RpcMethods.serving()
            .source(
                "endless",
                (_, stream) -> {
                  while (stream.send(number(1))) {
                    Thread.onSpinWait();
                  }
                  stopped.countDown();
                }));
    RpcStream stream = here().open(RpcKind.SOURCE, "endless");
    assertTrue(stream.receive().isPresent());
    stream.end();
    stopped.await();
  }

  @Test
  void aCallWithoutAnswerEndsAtItsDeadline() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    there(
        RpcMethods.serving()
            .async(
                "never",
                _ -> {
                  never.await();
                  return number(1);
                }));
    RpcConnection here = here();
    RpcException late =
        assertThrows(RpcException.class, () -> here.call("never", List.of(), Duration.ofMillis(1)));
    assertEquals("no answer in time", late.getMessage());
  }

  @Test
  void aGoodbyeEndsBothSidesAndWhateverIsOpen() throws Exception {
    Running there = there(listening().sync("whoami", _ -> number(1)));
    Running here = new Running(line.here(), RpcMethods.serving().build());
    RpcStream stream = here.connection.open(RpcKind.DUPLEX, "open");
    here.connection.call("whoami", List.of(), LONG);
    here.connection.close();
    assertEquals(Optional.empty(), there.ended());
    assertEquals(Optional.empty(), here.ended());
    assertThrows(PeerException.class, stream::receive);
    assertThrows(PeerException.class, () -> here.connection.call("whoami", List.of(), LONG));
  }

  @Test
  void aLineThatBreaksEndsWhateverIsOpen() throws Exception {
    there(listening().sync("whoami", _ -> number(1)));
    Running here = new Running(line.here(), RpcMethods.serving().build());
    RpcStream stream = here.connection.open(RpcKind.DUPLEX, "open");
    here.connection.call("whoami", List.of(), LONG);
    line.there().breakOff();
    here.failed(IOException.class);
    assertThrows(PeerException.class, stream::receive);
  }

  @Test
  void tooManyStreamsAreRefusedAndTheConnectionLives() throws Exception {
    there(listening().sync("whoami", _ -> number(1)));
    RpcConnection here = here();
    List<RpcStream> streams = new ArrayList<>();
    for (int i = 0; i <= SMALL.streamsMax(); i++) {
      streams.add(here.open(RpcKind.DUPLEX, "open"));
    }
    RpcException refused = assertThrows(RpcException.class, streams.getLast()::receive);
    assertEquals("too many streams at once", refused.getMessage());
    assertEquals("1", here.call("whoami", List.of(), LONG).body().utf8());
    streams.getFirst().end();
    Eventually.holds("there is room again", () -> opens(here));
  }

  private static boolean opens(RpcConnection connection) {
    try {
      RpcStream stream = connection.open(RpcKind.DUPLEX, "open");
      stream.send(number(1));
      return stream.receive().isEmpty();
    } catch (RpcException e) {
      return false;
    } catch (PeerException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void tooManyCallsAtOnceAreRefused() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    there(
        RpcMethods.serving()
            .async(
                "wait",
                _ -> {
                  go.await();
                  return number(1);
                }));
    FrameInput heard = heard();
    for (int i = 1; i <= SMALL.callsMax() + 1; i++) {
      say(json(i, false, false, "{\"name\":[\"wait\"],\"args\":[]}"));
    }
    Frame refused = heard.read().orElseThrow();
    assertEquals(-(SMALL.callsMax() + 1), refused.request());
    assertTrue(refused.end());
    go.countDown();
    assertFalse(heard.read().orElseThrow().end());
  }

  @Test
  void latePacketsOfARefusedStreamOpenNothing() throws Exception {
    there(RpcMethods.serving().sync("whoami", _ -> number(1)));
    say(
        json(1, true, false, "{\"name\":[\"no\"],\"type\":\"duplex\",\"args\":[]}"),
        json(1, true, false, "{\"name\":[\"whoami\"],\"type\":\"duplex\",\"args\":[]}"),
        json(1, true, true, "true"),
        json(2, false, false, "{\"name\":\"whoami\",\"type\":\"sync\",\"args\":[]}"));
    FrameInput heard = heard();
    assertEquals(-1, heard.read().orElseThrow().request(), "one refusal");
    Frame answer = heard.read().orElseThrow();
    assertEquals(-2, answer.request(), "and nothing more before the answer");
    assertEquals("1", answer.body().utf8());
  }

  @Test
  void aRequestThatIsNoneIsAnsweredWithAnError() throws Exception {
    there(RpcMethods.serving());
    List<String> bodies =
        List.of(
            "7",
            "{\"name\":[],\"args\":[]}",
            "{\"name\":[\"a\"],\"args\":7}",
            "{",
            "{\"name\":[\"" + "a".repeat(65) + "\"],\"args\":[]}",
            "[".repeat(1000));
    FrameInput heard = heard();
    for (int i = 0; i < bodies.size(); i++) {
      say(json(i + 1, i % 2 == 0, false, bodies.get(i)));
      Frame answer = heard.read().orElseThrow();
      assertEquals(-(i + 1), answer.request());
      assertTrue(answer.end(), bodies.get(i));
    }
  }

  @Test
  void twoCallsWithOneNumberEndTheConnection() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Running there =
        there(
            RpcMethods.serving()
                .async(
                    "wait",
                    _ -> {
                      never.await();
                      return number(1);
                    }));
    Frame call = json(1, false, false, "{\"name\":[\"wait\"],\"args\":[]}");
    say(call, call);
    assertEquals("two calls have the same number", there.failed(PeerException.class).getMessage());
  }

  @Test
  void whoeverAsksWithoutListeningLosesTheConnection() throws Exception {
    Running there = there(RpcMethods.serving());
    FrameOutput output = new FrameOutput(line.here().output());
    assertThrows(
        IOException.class,
        () -> {
          for (int i = 1; i < 1_000_000; i++) {
            output.write(json(i, false, false, "{\"name\":[\"no\"],\"args\":[]}"));
          }
        });
    assertEquals(
        "the other side asks faster than it listens",
        there.failed(PeerException.class).getMessage());
  }

  @Test
  void aPeerThatBreaksAMethodsRulesLosesTheConnection() throws Exception {
    Running there =
        there(
            RpcMethods.serving()
                .duplex(
                    "strict",
                    (_, _) -> {
                      throw new PeerException("it sent nonsense");
                    }));
    say(json(1, true, false, "{\"name\":[\"strict\"],\"type\":\"duplex\",\"args\":[]}"));
    assertEquals("it sent nonsense", there.failed(PeerException.class).getMessage());
  }

  @Test
  void thatTheConnectionGoesIsNoFaultOfWhatIsDoneBesideIt() throws Exception {
    Running there = there(RpcMethods.serving());
    here().close();
    assertEquals(Optional.empty(), there.ended());
    there.connection.beside(() -> there.connection.open(RpcKind.SOURCE, "blobs.get").end());
  }

  @Test
  void aFaultOfWhatIsDoneBesideItCutsTheConnection() throws Exception {
    Running there = there(RpcMethods.serving());
    IllegalStateException fault = new IllegalStateException("made up");
    assertThrows(
        IllegalStateException.class,
        () ->
            there.connection.beside(() -> {
              throw fault;
            }));
    assertEquals(fault, there.failed(PeerException.class).getCause());
  }
}
