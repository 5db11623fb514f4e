package org.skep.networks.scuttlebutt.blobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skep.doors.SystemClock;
import org.skep.doors.ThreadTasks;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;
import org.skep.kernel.PeerException;
import org.skep.networks.scuttlebutt.Eventually;
import org.skep.networks.scuttlebutt.VirtualClock;
import org.skep.networks.scuttlebutt.message.BlobId;
import org.skep.networks.scuttlebutt.rpc.BodyType;
import org.skep.networks.scuttlebutt.rpc.MemoryLine;
import org.skep.networks.scuttlebutt.rpc.RpcConnection;
import org.skep.networks.scuttlebutt.rpc.RpcException;
import org.skep.networks.scuttlebutt.rpc.RpcItem;
import org.skep.networks.scuttlebutt.rpc.RpcKind;
import org.skep.networks.scuttlebutt.rpc.RpcLimits;
import org.skep.networks.scuttlebutt.rpc.RpcMethods;
import org.skep.networks.scuttlebutt.rpc.RpcRequest;
import org.skep.networks.scuttlebutt.rpc.RpcStream;
import org.skep.wire.crypto.Digests;
import org.skep.wire.json.JsArray;
import org.skep.wire.json.JsBool;
import org.skep.wire.json.JsNumber;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;
import org.skep.wire.json.JsValue;

/** Two sides that want and give blobs, and peers that don't keep to the rules. */
@Timeout(120)
class BlobExchangeTest {
  private static final Bytes PICTURE = noise(200_000);
  private static final Hash NAME = new Hash(Digests.sha256(PICTURE));

  private final VirtualClock clock = new VirtualClock(1_700_000_000_000L);
  private final MemoryShelf ana = new MemoryShelf();
  private final MemoryShelf ben = new MemoryShelf();
  private final ThreadTasks tasks = new ThreadTasks();
  private final List<Thread> threads = new ArrayList<>();
  private final List<MemoryLine.Pair> lines = new ArrayList<>();
  private final List<String> faults = new CopyOnWriteArrayList<>();

  private static Bytes noise(int length) {
    byte[] bytes = new byte[length];
    int state = 11;
    for (int i = 0; i < length; i++) {
      state = state * 1_103_515_245 + 12_345;
      bytes[i] = (byte) (state >> 16);
    }
    return Bytes.wrap(bytes);
  }

  /** Connects a shelf to whatever serves the methods; gives the far end. */
  private RpcConnection connect(MemoryShelf shelf, RpcMethods.Builder methods) {
    MemoryLine.Pair line = MemoryLine.Pair.make();
    lines.add(line);
    BlobExchange exchange = new BlobExchange(shelf, clock);
    RpcConnection here = running(line.here(), exchange.serve(RpcMethods.serving()));
    RpcConnection there = running(line.there(), methods);
    start(() -> exchange.run(here, tasks));
    return there;
  }

  private void connect(MemoryShelf one, MemoryShelf other) {
    BlobExchange exchange = new BlobExchange(other, clock);
    RpcConnection there = connect(one, exchange.serve(RpcMethods.serving()));
    start(() -> exchange.run(there, tasks));
  }

  private interface Work {
    void run() throws PeerException, IOException, InterruptedException;
  }

  private void start(Work work) {
    threads.add(
        Thread.ofVirtual()
            .start(() -> {
              try {
                work.run();
              } catch (PeerException | IOException e) {
                faults.add(String.valueOf(e.getMessage()));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            }));
  }

  private RpcConnection running(MemoryLine end, RpcMethods.Builder methods) {
    // Not on the clock of the test, which may run ahead of the threads and find a packet stuck.
    RpcConnection connection =
        new RpcConnection(end, methods.build(), RpcLimits.DEFAULT, new SystemClock());
    start(() -> connection.run(tasks));
    return connection;
  }

  @AfterEach
  void cut() throws InterruptedException {
    lines.forEach(line -> line.here().breakOff());
    // As a session does, whose tasks end with its connection.
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      thread.join();
    }
    tasks.close();
  }

  private static final Duration LEAP_MAX = Duration.ofMillis(100);

  /**
   * Waits for something while time flies, ten times as fast as it does: any faster, and a busy
   * machine has not answered before the patience for an answer is over. When the machine stands
   * still for a while, time does so too.
   */
  private void inTime(String what, BooleanSupplier holds) {
    AtomicLong before = new AtomicLong(System.nanoTime());
    Eventually.holds(
        what,
        () -> {
          long now = System.nanoTime();
          long passed = 10 * (now - before.getAndSet(now));
          clock.pass(Duration.ofNanos(Math.min(passed, LEAP_MAX.toNanos())));
          return holds.getAsBoolean();
        });
  }

  private static JsObject says(Hash blob, double number) {
    return JsObject.EMPTY.with(new BlobId(blob).toString(), new JsNumber(number));
  }

  /** A peer that offers the picture and serves parts of it as told. */
  private RpcMethods.Builder offering(RpcMethods.Stream get) {
    return RpcMethods.serving()
        .source(
            "blobs.createWants",
            (_, stream) -> {
              stream.send(JsObject.EMPTY);
              stream.send(says(NAME, PICTURE.length()));
              stream.receive();
            })
        .source("blobs.get", get);
  }

  private static void send(RpcStream stream, Bytes bytes)
      throws PeerException, InterruptedException {
    for (int at = 0; at < bytes.length(); at += 50_000) {
      Bytes part = bytes.slice(at, Math.min(at + 50_000, bytes.length()));
      stream.send(new RpcItem(BodyType.BINARY, part));
    }
  }

  @Test
  void whatOneWantsAndTheOtherHasComes() {
    ben.give(PICTURE);
    ana.want(NAME);
    connect(ana, ben);
    inTime("it came", () -> ana.has(NAME));
    assertEquals(List.of(), faults);
  }

  @Test
  void whatIsWantedLaterOrComesThereLaterComesToo() {
    connect(ana, ben);
    ben.give(PICTURE);
    ana.want(NAME);
    inTime("wanted later", () -> ana.has(NAME));
    Bytes other = noise(7);
    Hash later = new Hash(Digests.sha256(other));
    ana.want(later);
    inTime("the other side hears of it", () -> clock.sleepers().contains(Duration.ofSeconds(1)));
    ben.give(other);
    inTime("came there later", () -> ana.has(later));
  }

  @Test
  void whatSomebodyElseWantsIsNoReasonToWantIt() {
    connect(ana, ben);
    MemoryShelf cid = new MemoryShelf();
    cid.give(PICTURE);
    connect(ben, cid);
    ana.want(NAME);
    inTime("both lines were used", () -> clock.monotonicNanos() > 60_000_000_000L);
    assertFalse(ben.has(NAME));
    assertFalse(ana.has(NAME));
  }

  @Test
  void aPeerThatMayNotReceiveHearsNothing() throws Exception {
    ana.want(NAME);
    Hash ours = ana.give(noise(3));
    ana.peerMayReceive(false);
    RpcConnection there = connect(ana, RpcMethods.serving());
    RpcStream wants = there.open(RpcKind.SOURCE, "blobs.createWants");
    assertEquals(JsObject.EMPTY, wants.receive().orElseThrow().json());
    inTime("time passed", () -> clock.monotonicNanos() > 10_000_000_000L);
    assertEquals(Optional.empty(), wants.receiveNow());
    assertEquals(
        new JsBool(false),
        there
            .call(
                "blobs.has",
                List.of(new JsString(new BlobId(ours).toString())),
                Duration.ofHours(1))
            .json());
  }

  @Test
  void whatCameHalfGoesOnWhereItEndedAlsoFromSomebodyElse() {
    ana.want(NAME);
    connect(
        ana,
        offering((_, stream) -> {
          send(stream, PICTURE.slice(0, 120_000));
          throw new RpcException("gone");
        }));
    inTime("some came", () -> ana.blobs.begun(NAME) == 120_000);

    List<JsObject> asked = new CopyOnWriteArrayList<>();
    AtomicInteger whole = new AtomicInteger();
    connect(
        ana,
        offering((_, _) -> whole.incrementAndGet())
            .source(
                "blobs.getSlice",
                (request, stream) -> {
                  asked.add(request.options());
                  send(stream, PICTURE.slice(120_000, PICTURE.length()));
                }));
    inTime("it came", () -> ana.has(NAME));
    assertEquals(0, whole.get());
    assertEquals(Optional.of(new JsNumber(120_000)), asked.getFirst().get("start"));
    assertEquals(Optional.of(new JsNumber(PICTURE.length())), asked.getFirst().get("end"));
  }

  @Test
  void whereThereAreNoPartsWhatIsHereIsPassedOver() {
    ana.want(NAME);
    connect(
        ana,
        offering((_, stream) -> {
          send(stream, PICTURE.slice(0, 120_000));
          throw new RpcException("gone");
        }));
    inTime("some came", () -> ana.blobs.begun(NAME) == 120_000);
    connect(ana, offering((_, stream) -> send(stream, PICTURE)));
    inTime("it came", () -> ana.has(NAME));
  }

  @Test
  void whatIsNotWhatItsNameSaysIsNotKeptAndAnotherIsAsked() {
    ana.want(NAME);
    AtomicInteger served = new AtomicInteger();
    connect(
        ana,
        offering((_, stream) -> {
          send(stream, noise(PICTURE.length() - 1));
          served.incrementAndGet();
        }));
    inTime("the wrong one was given", () -> served.get() == 1);
    inTime("nothing of it stays", () -> ana.blobs.begun(NAME) == 0);
    assertFalse(ana.has(NAME));
    ben.give(PICTURE);
    connect(ana, ben);
    inTime("the right one came", () -> ana.has(NAME));
    assertEquals(List.of(), faults, "the first line lives");
  }

  @Test
  void anEndlessBlobIsCutOff() {
    ana.want(NAME);
    AtomicInteger pieces = new AtomicInteger();
    connect(
        ana,
        offering((_, stream) -> {
          while (stream.send(new RpcItem(BodyType.BINARY, noise(100_000)))) {
            pieces.incrementAndGet();
          }
        }));
    inTime("it began", () -> pieces.get() > 0);
    int most = (int) (BlobShelf.BLOB_BYTES_MAX / 100_000) + 10;
    Eventually.holds("it was ended", () -> ana.blobs.begun(NAME) == 0);
    assertTrue(pieces.get() <= most, () -> pieces + " pieces");
    assertFalse(ana.has(NAME));
  }

  @Test
  void aTrickleIsGivenUp() {
    ana.want(NAME);
    AtomicInteger pieces = new AtomicInteger();
    connect(
        ana,
        offering((_, stream) -> {
          while (stream.send(new RpcItem(BodyType.BINARY, PICTURE.slice(0, 1)))) {
            pieces.incrementAndGet();
            clock.sleep(Duration.ofSeconds(30));
          }
        }));
    inTime("it began", () -> pieces.get() > 0);
    ben.give(PICTURE);
    connect(ana, ben);
    inTime("the other one's came", () -> ana.has(NAME));
  }

  @Test
  void silenceIsGivenUp() {
    ana.want(NAME);
    AtomicInteger opened = new AtomicInteger();
    connect(
        ana,
        offering((_, stream) -> {
          opened.incrementAndGet();
          stream.receive();
        }));
    inTime("it was asked", () -> opened.get() == 1);
    ben.give(PICTURE);
    connect(ana, ben);
    inTime("the other one's came", () -> ana.has(NAME));
  }

  @Test
  void whatNobodyWantsAnyMoreIsNotFetched() {
    ana.want(NAME);
    ana.wantNothingAfterAll();
    AtomicInteger opened = new AtomicInteger();
    connect(ana, offering((_, _) -> opened.incrementAndGet()));
    inTime("time passed", () -> clock.monotonicNanos() > 30_000_000_000L);
    assertEquals(0, opened.get());
    assertEquals(0, ana.blobs.begun(NAME));
  }

  @Test
  void anOlderProgramIsAskedForEachAndAnswersByTruthValues() {
    ana.want(new Hash(Digests.sha256(noise(1))), NAME);
    List<JsValue> asked = new CopyOnWriteArrayList<>();
    connect(
        ana,
        RpcMethods.serving()
            .async(
                "blobs.has",
                (RpcRequest request) -> {
                  JsArray ids = (JsArray) request.arguments().getFirst();
                  asked.addAll(ids.items());
                  String name = new BlobId(NAME).toString();
                  return new JsArray(
                      ids.items().stream()
                          .<JsValue>map(id -> new JsBool(id.toString().contains(name)))
                          .toList());
                })
            .source("blobs.get", (_, stream) -> send(stream, PICTURE)));
    inTime("it came", () -> ana.has(NAME));
    assertEquals(2, asked.size());
  }

  @Test
  void tooManyWantsArePassedOverAndTheRestGoesOn() {
    Map<Hash, Long> many = new LinkedHashMap<>();
    for (int i = 0; i <= BlobWants.THEIRS_MAX + 10; i++) {
      many.put(new Hash(Digests.sha256(Bytes.ofUtf8("blob " + i))), 1L);
    }
    ana.want(NAME);
    connect(
        ana,
        RpcMethods.serving()
            .source(
                "blobs.createWants",
                (_, stream) -> {
                  stream.send(BlobWants.wanted(many.keySet()));
                  stream.send(says(NAME, PICTURE.length()));
                  stream.receive();
                })
            .source("blobs.get", (_, stream) -> send(stream, PICTURE)));
    inTime("it came", () -> ana.has(NAME));
    assertEquals(List.of(), faults);
    BlobWants wants = new BlobWants();
    assertEquals(BlobWants.THEIRS_MAX, wants.hear(BlobWants.wanted(many.keySet())).wanted().size());
  }

  @Test
  void wantsAreToldOnceAConnection() throws Exception {
    RpcConnection there = connect(ana, RpcMethods.serving());
    RpcStream first = there.open(RpcKind.SOURCE, "blobs.createWants");
    first.receive();
    RpcStream second = there.open(RpcKind.SOURCE, "blobs.createWants");
    assertThrows(RpcException.class, second::receive);
  }

  @Test
  void nonsenseAmongWantsIsPassedOver() throws Exception {
    BlobWants wants = new BlobWants();
    wants.want(List.of(NAME));
    BlobWants.Heard heard =
        wants.hear(
            JsObject.EMPTY
                .with("&nonsense", new JsNumber(-1))
                .with("", new JsNumber(5))
                .with(new BlobId(NAME).toString(), "here"));
    assertEquals(0, heard.wanted().size() + heard.offers());
    assertEquals(0, wants.hear(says(NAME, 0)).offers());
    assertEquals(0, wants.hear(says(NAME, 1e15)).offers(), "too long for us");
    assertEquals(1, wants.hear(says(NAME, 12)).offers());
    assertEquals(0, wants.hear(says(new Hash(Digests.sha256(noise(9))), 12)).offers(), "unasked");
    assertEquals(Optional.of(Map.entry(NAME, 12L)), wants.nextOffered());
    assertEquals(Optional.empty(), wants.nextOffered());
  }

  @Test
  void aBlobThatIsWantedNoMoreIsNoOfferAnyMore() throws Exception {
    BlobWants wants = new BlobWants();
    wants.want(List.of(NAME));
    wants.hear(says(NAME, 12));
    wants.want(List.of());
    assertEquals(Optional.empty(), wants.nextOffered());
    assertEquals(List.of(NAME), wants.want(List.of(NAME)), "it is said anew");
  }
}
