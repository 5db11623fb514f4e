package org.skep.networks.scuttlebutt.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skep.kernel.Bytes;
import org.skep.networks.scuttlebutt.Eventually;
import org.skep.networks.scuttlebutt.Transcript;
import org.skep.networks.scuttlebutt.Transcript.Packet;
import org.skep.networks.scuttlebutt.Transcript.Side;
import org.skep.networks.scuttlebutt.handshake.SeedIdentity;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.rpc.RpcConnection;
import org.skep.networks.scuttlebutt.rpc.RpcItem;
import org.skep.networks.scuttlebutt.rpc.RpcKind;
import org.skep.networks.scuttlebutt.rpc.RpcMethods;
import org.skep.networks.scuttlebutt.rpc.RpcStream;
import org.skep.wire.json.JsArray;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsValue;
import org.skep.wire.json.JsonLimits;
import org.skep.wire.json.JsonParser;

/** What unmodified programs said to each other, said to ours. */
@Timeout(120)
class ReplayTest {
  private final Peers peers = new Peers();

  @AfterEach
  void end() {
    peers.close();
  }

  private static SeedIdentity identity(Transcript recorded, Side side) {
    return new SeedIdentity(recorded.seed(side));
  }

  private static FeedId feed(Transcript recorded, Side side) {
    return MemoryReplica.feed(identity(recorded, side));
  }

  /** A replica of one side, which follows the other. */
  private static MemoryReplica replica(Transcript recorded, Side side, Side friend) {
    MemoryReplica replica = new MemoryReplica(identity(recorded, side));
    replica.want(feed(recorded, friend), true);
    return replica;
  }

  private static void eventuallyHas(MemoryReplica replica, List<ClassicMessage> messages) {
    assertFalse(messages.isEmpty());
    FeedId author = messages.getFirst().author();
    Eventually.holds(
        "all messages arrive", () -> replica.messages(author).size() == messages.size());
    assertEquals(
        messages.stream().map(ClassicMessage::text).toList(),
        replica.messages(author).stream().map(ClassicMessage::text).toList());
  }

  private static void sayEverything(OutputStream out, Transcript recorded, Side side)
      throws IOException {
    for (Bytes box : recorded.boxes(side)) {
      out.write(box.toArray());
    }
    out.flush();
  }

  @Test
  void whatAnUnmodifiedCallerSendsIsKept() throws Exception {
    Transcript recorded = Transcript.load("ebt");
    MemoryReplica ours = replica(recorded, Side.SERVER, Side.CLIENT);
    peers.answering(ours);
    peers.drainAnswers();
    sayEverything(peers.rawOutput(), recorded, Side.CLIENT);
    eventuallyHas(ours, recorded.messages(Side.CLIENT));
  }

  @Test
  void whatAnUnmodifiedAnswererSendsIsKept() throws Exception {
    Transcript recorded = Transcript.load("ebt");
    MemoryReplica ours = replica(recorded, Side.CLIENT, Side.SERVER);
    peers.answering(ours, true);
    // Our first request has the number that the recorded one had; answers before it would be to
    // nothing.
    peers.awaitFirstWord();
    peers.drainAnswers();
    sayEverything(peers.rawOutput(), recorded, Side.SERVER);
    eventuallyHas(ours, recorded.messages(Side.SERVER));
  }

  @Test
  void historyIsServedAsAnUnmodifiedProgramServesIt() throws Exception {
    Transcript recorded = Transcript.load("history");
    MemoryReplica theirs = replica(recorded, Side.SERVER, Side.CLIENT);
    List<ClassicMessage> messages = recorded.messages(Side.SERVER);
    assertTrue(theirs.offer(feed(recorded, Side.SERVER), messages, messages.size()));
    peers.answering(theirs);
    RpcConnection caller = peers.calling(RpcMethods.serving());
    int asked = 0;
    for (Packet packet : recorded.packets()) {
      if (packet.from() == Side.CLIENT && packet.body().contains("createHistoryStream")) {
        assertEquals(
            answers(recorded, packet.request()), served(caller, packet.body()), packet.body());
        asked++;
      }
    }
    assertEquals(3, asked);
  }

  private static List<String> answers(Transcript recorded, int request) {
    return recorded.packets().stream()
        .filter(packet -> packet.from() == Side.SERVER && packet.request() == -request)
        .map(Packet::body)
        .filter(body -> !body.equals("true"))
        .map(ReplayTest::withoutArrival)
        .toList();
  }

  private static List<String> served(RpcConnection caller, String request) throws Exception {
    JsObject asked = (JsObject) JsonParser.parse(request, new JsonLimits(request.length(), 10));
    JsArray arguments = (JsArray) asked.get("args").orElseThrow();
    JsValue options = arguments.items().getFirst();
    RpcStream stream = caller.open(RpcKind.SOURCE, "createHistoryStream", options);
    List<String> items = new ArrayList<>();
    Optional<RpcItem> item = stream.receive();
    while (item.isPresent()) {
      items.add(withoutArrival(item.get().body().utf8()));
      item = stream.receive();
    }
    return items;
  }

  /** When a message arrived is each node's own knowledge. */
  private static String withoutArrival(String body) {
    return body.startsWith("{\"key\"") ? body.replaceFirst(",\"timestamp\":[0-9.]+}$", "}") : body;
  }
}
