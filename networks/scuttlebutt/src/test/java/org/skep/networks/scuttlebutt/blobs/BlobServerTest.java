package org.skep.networks.scuttlebutt.blobs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skep.doors.SystemClock;
import org.skep.doors.ThreadTasks;
import org.skep.kernel.Blobs;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;
import org.skep.kernel.PeerException;
import org.skep.networks.scuttlebutt.Eventually;
import org.skep.networks.scuttlebutt.FakeBlobs;
import org.skep.networks.scuttlebutt.message.BlobId;
import org.skep.networks.scuttlebutt.rpc.BodyType;
import org.skep.networks.scuttlebutt.rpc.MemoryLine;
import org.skep.networks.scuttlebutt.rpc.RpcConnection;
import org.skep.networks.scuttlebutt.rpc.RpcException;
import org.skep.networks.scuttlebutt.rpc.RpcItem;
import org.skep.networks.scuttlebutt.rpc.RpcKind;
import org.skep.networks.scuttlebutt.rpc.RpcLimits;
import org.skep.networks.scuttlebutt.rpc.RpcMethods;
import org.skep.networks.scuttlebutt.rpc.RpcStream;
import org.skep.wire.json.JsArray;
import org.skep.wire.json.JsBool;
import org.skep.wire.json.JsNull;
import org.skep.wire.json.JsNumber;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;
import org.skep.wire.json.JsValue;
import org.skep.wire.json.JsonLimits;
import org.skep.wire.json.JsonParser;

/** What a peer gets of our blobs, over a line in memory. */
@Timeout(120)
class BlobServerTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Bytes PICTURE = noise(3 * Blobs.CHUNK_BYTES + 17);

  private final MemoryShelf shelf = new MemoryShelf();
  private final FakeBlobs blobs = shelf.blobs;
  private final MemoryLine.Pair line = MemoryLine.Pair.make();
  private final ThreadTasks tasks = new ThreadTasks();
  private final List<Thread> threads = new ArrayList<>();
  private RpcConnection peer;

  /** Looks like nothing else, the same each time. */
  private static Bytes noise(int length) {
    byte[] bytes = new byte[length];
    int state = 7;
    for (int i = 0; i < length; i++) {
      state = state * 1_103_515_245 + 12_345;
      bytes[i] = (byte) (state >> 16);
    }
    return Bytes.wrap(bytes);
  }

  @BeforeEach
  void connect() {
    BlobServer server = new BlobServer(shelf);
    running(line.there(), server.serve(RpcMethods.serving()));
    peer = running(line.here(), RpcMethods.serving());
  }

  private RpcConnection running(MemoryLine end, RpcMethods.Builder methods) {
    RpcConnection connection =
        new RpcConnection(end, methods.build(), RpcLimits.DEFAULT, new SystemClock());
    threads.add(Thread.ofVirtual().start(() -> run(connection)));
    return connection;
  }

  private void run(RpcConnection connection) {
    try {
      connection.run(tasks);
    } catch (IOException | PeerException e) {
      line.here().breakOff();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @AfterEach
  void cut() throws InterruptedException {
    line.here().breakOff();
    for (Thread thread : threads) {
      thread.join();
    }
    tasks.close();
  }

  private static JsString id(Hash hash) {
    return new JsString(new BlobId(hash).toString());
  }

  private static JsArray list(JsValue... values) {
    return new JsArray(List.of(values));
  }

  private JsValue has(JsValue asked) throws Exception {
    return peer.call("blobs.has", List.of(asked), LONG).json();
  }

  private RpcStream open(JsValue asked) throws Exception {
    return peer.open(RpcKind.SOURCE, "blobs.get", asked);
  }

  private List<RpcItem> got(JsValue asked) throws Exception {
    return all(open(asked));
  }

  private Bytes part(JsObject asked, double start, double end) throws Exception {
    JsObject part = asked.with("start", new JsNumber(start)).with("end", new JsNumber(end));
    return joined(all(peer.open(RpcKind.SOURCE, "blobs.getSlice", part)));
  }

  private static List<RpcItem> all(RpcStream stream) throws Exception {
    List<RpcItem> items = new ArrayList<>();
    Optional<RpcItem> item = stream.receive();
    while (item.isPresent()) {
      items.add(item.get());
      item = stream.receive();
    }
    stream.end();
    return items;
  }

  private static Bytes joined(List<RpcItem> items) {
    return Bytes.concat(items.stream().map(RpcItem::body).toArray(Bytes[]::new));
  }

  private String refused(JsValue asked) {
    return String.valueOf(assertThrows(RpcException.class, () -> got(asked)).getMessage());
  }

  @Test
  void theManifestNamesWhatIsServed() throws Exception {
    assertEquals(
        JsonParser.parse(
            "{\"blobs\":{\"has\":\"async\",\"get\":\"source\",\"getSlice\":\"source\","
                + "\"changes\":\"source\"},"
                + "\"manifest\":\"sync\"}",
            new JsonLimits(1_000, 8)),
        peer.call("manifest", List.of(), LONG).json());
  }

  @Test
  void onlyWhatAnAccountKeepsIsSaidToBeHere() throws Exception {
    Hash mine = blobs.keepPinned(PICTURE);
    Hash foreign = blobs.keep(Bytes.ofUtf8("somebody else's"));
    Hash unknown = new Hash(Bytes.wrap(new byte[32]));

    assertEquals(new JsBool(true), has(id(mine)));
    assertEquals(new JsBool(true), has(JsObject.EMPTY.with("id", id(mine))));
    assertEquals(new JsBool(false), has(id(foreign)));
    assertEquals(
        list(new JsBool(false), new JsBool(true), new JsBool(false)),
        has(list(id(unknown), id(mine), id(foreign))));
    assertEquals(list(), has(list()));
  }

  @Test
  void whatIsNoIdIsRefused() {
    for (JsValue asked :
        List.of(
            new JsString("&nonsense"),
            new JsString(""),
            new JsNumber(1),
            JsNull.NULL,
            JsObject.EMPTY,
            list(new JsString("&nonsense")),
            list(list()))) {
      assertThrows(RpcException.class, () -> has(asked), asked::toString);
      assertThrows(RpcException.class, () -> got(asked), asked::toString);
    }
    assertThrows(
        RpcException.class,
        () ->
            has(
                new JsArray(
                    Collections.nCopies(
                        BlobServer.IDS_MAX + 1, id(new Hash(Bytes.wrap(new byte[32])))))));
  }

  @Test
  void aBlobComesInBinaryPiecesUnderEveryNameItCanBeAskedBy() throws Exception {
    JsString id = id(blobs.keepPinned(PICTURE));

    List<RpcItem> items = got(id);

    assertEquals(PICTURE, joined(items));
    assertEquals(4, items.size());
    for (RpcItem item : items) {
      assertEquals(BodyType.BINARY, item.type());
      assertTrue(item.body().length() <= Blobs.CHUNK_BYTES);
    }
    for (String name : List.of("id", "key", "hash")) {
      assertEquals(PICTURE, joined(got(JsObject.EMPTY.with(name, id))), name);
    }
    assertEquals(0, blobs.leased());
  }

  @Test
  void aPartIsGivenFromItsFirstByteToBeforeItsLast() throws Exception {
    JsObject asked = JsObject.EMPTY.with("key", id(blobs.keepPinned(PICTURE)));
    int length = PICTURE.length();

    assertEquals(PICTURE, part(asked, 0, length));
    assertEquals(PICTURE.slice(100, length), part(asked, 100, length));
    assertEquals(PICTURE.slice(100, 150_000), part(asked, 100, 150_000));
    assertEquals(PICTURE.slice(length - 1, length), part(asked, length - 1, 1e15));
    assertEquals(Bytes.EMPTY, part(asked, 7, 7));
    assertEquals(Bytes.EMPTY, part(asked, length, 1e15));
    for (double[] wrong : new double[][] {{-1, 5}, {5, 4}, {0.5, 4}, {1, Double.NaN}}) {
      assertThrows(RpcException.class, () -> part(asked, wrong[0], wrong[1]));
    }
    assertThrows(RpcException.class, () -> all(peer.open(RpcKind.SOURCE, "blobs.getSlice", asked)));
    assertEquals(0, blobs.leased());
  }

  @Test
  void aLengthThatIsNotTheOneAskedForIsRefused() throws Exception {
    JsObject asked = JsObject.EMPTY.with("key", id(blobs.keepPinned(PICTURE)));
    int length = PICTURE.length();

    assertEquals(PICTURE, joined(got(asked.with("size", new JsNumber(length)))));
    assertEquals(PICTURE, joined(got(asked.with("max", new JsNumber(length)))));
    assertEquals(PICTURE, joined(got(asked.with("max", JsNull.NULL))));
    for (JsObject other :
        List.of(
            asked.with("size", new JsNumber(length + 1)),
            asked.with("size", new JsString("" + length)),
            asked.with("max", new JsNumber(length - 1)))) {
      assertTrue(refused(other).startsWith("incorrect file length"), other::toString);
    }
    assertEquals(0, blobs.leased());
  }

  @Test
  void whatIsNotServedLooksLikeWhatIsNotHere() throws Exception {
    Hash mine = blobs.keepPinned(PICTURE);
    Hash foreign = blobs.keep(Bytes.ofUtf8("somebody else's"));
    String unknown = refused(id(new Hash(Bytes.wrap(new byte[32]))));

    assertEquals("could not get blob", unknown);
    assertEquals(unknown, refused(id(foreign)));
    shelf.peerMayReceive(false);
    assertEquals(unknown, refused(id(mine)));
    assertEquals(new JsBool(false), has(id(mine)));
    assertEquals(0, blobs.reads());
  }

  @Test
  void nothingIsReadAheadOfAPeerThatDoesNotListenAndTheLeaseGoesWithIt() throws Exception {
    Hash large = blobs.keepPinned(noise(64 * Blobs.CHUNK_BYTES));
    RpcStream stream = open(id(large));
    stream.receive();

    // 256 KiB wait on either side, and one piece in each hand.
    assertTrue(blobs.reads() <= 16, () -> blobs.reads() + " pieces were read");
    assertEquals(1, blobs.leased());
    stream.end();
    Eventually.holds("the lease is given back", () -> blobs.leased() == 0);
  }

  @Test
  void newsOfBlobsStandOpenUntilThePeerEndsThem() throws Exception {
    RpcStream changes = peer.open(RpcKind.SOURCE, "blobs.changes");
    has(id(blobs.keepPinned(PICTURE)));
    assertTrue(changes.receiveNow().isEmpty());
    changes.end();
    assertEquals(Optional.empty(), changes.receive());
  }
}
