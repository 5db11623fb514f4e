package org.skep.networks.scuttlebutt.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skep.networks.scuttlebutt.Eventually;
import org.skep.networks.scuttlebutt.VirtualClock;
import org.skep.networks.scuttlebutt.handshake.SeedIdentity;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.rpc.RpcConnection;
import org.skep.networks.scuttlebutt.rpc.RpcException;
import org.skep.networks.scuttlebutt.rpc.RpcItem;
import org.skep.networks.scuttlebutt.rpc.RpcKind;
import org.skep.networks.scuttlebutt.rpc.RpcLimits;
import org.skep.networks.scuttlebutt.rpc.RpcMethods;
import org.skep.networks.scuttlebutt.rpc.RpcStream;
import org.skep.wire.json.JsBool;
import org.skep.wire.json.JsNumber;
import org.skep.wire.json.JsObject;

@Timeout(120)
class HistoryTest {
  private static final SeedIdentity ANA = SeedIdentity.numbered(1);
  private static final SeedIdentity EVE = SeedIdentity.numbered(3);
  private static final FeedId ANAS = MemoryReplica.feed(ANA);
  private static final JsBool TRUE = new JsBool(true);
  private static final JsBool FALSE = new JsBool(false);

  private final Peers peers = new Peers();
  private final MemoryReplica ana = new MemoryReplica(ANA);
  private final RpcConnection caller = peers.calling(RpcMethods.serving());

  @BeforeEach
  void fivePosts() {
    for (int i = 1; i <= 5; i++) {
      ana.post(ANA, "post " + i);
    }
    peers.answering(ana);
  }

  @AfterEach
  void end() {
    peers.close();
  }

  private static JsObject of(FeedId feed) {
    return JsObject.EMPTY.with("id", feed.toString());
  }

  private static JsObject bare() {
    return of(ANAS).with("keys", FALSE);
  }

  private RpcStream open(JsObject options) throws Exception {
    return caller.open(RpcKind.SOURCE, "createHistoryStream", options);
  }

  private List<String> all(JsObject options) throws Exception {
    RpcStream stream = open(options);
    List<String> items = new ArrayList<>();
    Optional<RpcItem> item = stream.receive();
    while (item.isPresent()) {
      items.add(item.get().body().utf8());
      item = stream.receive();
    }
    return items;
  }

  private List<String> texts(int fromSequence, int toSequence) {
    return ana.messages(ANAS).subList(fromSequence - 1, toSequence).stream()
        .map(message -> message.text().utf8())
        .toList();
  }

  @Test
  void allEntriesComeByteForByte() throws Exception {
    assertEquals(texts(1, 5), all(bare()));
  }

  @Test
  void theSequenceIsTheFirstEntryWanted() throws Exception {
    assertEquals(texts(4, 5), all(bare().with("sequence", new JsNumber(4))));
    assertEquals(texts(4, 5), all(bare().with("seq", new JsNumber(4))));
    assertEquals(texts(1, 5), all(bare().with("seq", new JsNumber(0))));
    assertEquals(List.of(), all(bare().with("seq", new JsNumber(6))));
  }

  @Test
  void twoDifferentSequencesAreRefused() throws Exception {
    JsObject options = bare().with("sequence", new JsNumber(1)).with("seq", new JsNumber(2));
    assertThrows(RpcException.class, () -> all(options));
    assertEquals(
        5, all(bare().with("sequence", new JsNumber(1)).with("seq", new JsNumber(1))).size());
  }

  @Test
  void theLimitIsKept() throws Exception {
    assertEquals(texts(1, 2), all(bare().with("limit", new JsNumber(2))));
    assertEquals(List.of(), all(bare().with("limit", new JsNumber(0))));
    assertEquals(texts(1, 5), all(bare().with("limit", new JsNumber(-1))));
  }

  @Test
  void byDefaultEachEntryComesInAnEnvelope() throws Exception {
    ClassicMessage first = ana.messages(ANAS).getFirst();
    assertEquals(
        "{\"key\":\"" + first.id() + "\",\"value\":" + first.text().utf8() + ",\"timestamp\":1}",
        all(of(ANAS)).getFirst());
  }

  @Test
  void withoutValuesTheIdsAloneCome() throws Exception {
    assertEquals(
        "\"" + ana.messages(ANAS).getFirst().id() + "\"",
        all(of(ANAS).with("values", FALSE)).getFirst());
  }

  @Test
  void aLiveStreamGoesOn() throws Exception {
    RpcStream stream = open(bare().with("live", TRUE).with("sequence", new JsNumber(5)));
    assertEquals(texts(5, 5).getFirst(), stream.receive().orElseThrow().body().utf8());
    ana.post(ANA, "post 6");
    assertEquals(texts(6, 6).getFirst(), stream.receive().orElseThrow().body().utf8());
  }

  @Test
  void whoFollowsFromAnEntryOnHasWhatStandsBeforeIt() throws Exception {
    all(bare().with("sequence", new JsNumber(4)));
    open(bare().with("live", TRUE).with("sequence", new JsNumber(3))).receive();
    assertEquals(2, ana.acknowledged(ANAS), "one that only reads says nothing of what it has");
  }

  @Test
  void aLiveStreamMayLeaveOutWhatIsOld() throws Exception {
    RpcStream stream = open(bare().with("live", TRUE).with("old", FALSE));
    List<String> old = texts(1, 5);
    List<String> heard = new ArrayList<>();
    Eventually.holds(
        "something new is heard",
        () -> {
          ana.post(ANA, "new");
          stream.receiveNow().ifPresent(item -> heard.add(item.body().utf8()));
          return !heard.isEmpty();
        });
    assertFalse(old.contains(heard.getFirst()), heard.getFirst());
  }

  @Test
  void aFeedThatIsNotServedLooksEmpty() throws Exception {
    ana.post(EVE, "hidden");
    assertEquals(List.of(), all(of(MemoryReplica.feed(EVE))));
    assertEquals(List.of(), all(of(MemoryReplica.feed(SeedIdentity.numbered(9)))));
  }

  @Test
  void aPeerThatMayNotReceiveGetsNothing() throws Exception {
    ana.peerMayReceive(false);
    assertEquals(List.of(), all(bare()));
  }

  @Test
  void whileFriendsComeAndGoALiveStreamLooksOnceASecondAtMost() throws Exception {
    Duration second = EbtState.INTERESTS_EVERY;
    VirtualClock clock = new VirtualClock(0);
    try (Peers pair = new Peers(clock)) {
      RpcConnection reader = pair.calling(RpcMethods.serving());
      // The stream alone: who serves a whole replication asks meanwhile, and sleeps as long.
      HistoryServer server = new HistoryServer(ana, clock);
      pair.answering(RpcMethods.serving().source("createHistoryStream", server::serve));
      ana.peerMayReceive(false);
      RpcStream stream =
          reader.open(RpcKind.SOURCE, "createHistoryStream", bare().with("live", TRUE));
      Eventually.holds(
          "it has looked, and waits",
          () -> {
            ana.want(MemoryReplica.feed(EVE), true);
            return clock.sleepers().contains(second);
          });
      ana.peerMayReceive(true);
      Eventually.holds("it waits on", () -> clock.sleepers().contains(second));
      assertTrue(stream.receiveNow().isEmpty());

      clock.pass(second);

      assertEquals(texts(1, 1).getFirst(), stream.receive().orElseThrow().body().utf8());
    }
  }

  @Test
  void nonsenseIsRefused() throws Exception {
    for (JsObject options :
        List.of(
            JsObject.EMPTY,
            JsObject.EMPTY.with("id", "@nobody"),
            bare().with("sequence", new JsNumber(1.5)))) {
      assertThrows(RpcException.class, () -> all(options));
    }
  }

  @Test
  void liveStreamsThatTheOtherSideEndsLeaveRoomThoughNothingHappens() throws Exception {
    for (int i = 0; i < RpcLimits.DEFAULT.streamsMax(); i++) {
      open(of(ANAS).with("live", TRUE).with("old", FALSE)).end();
    }
    Eventually.holds("there is room for another", this::isServed);
  }

  private boolean isServed() {
    try {
      return all(bare()).size() == 5;
    } catch (Exception tooManyStreams) {
      return false;
    }
  }
}
