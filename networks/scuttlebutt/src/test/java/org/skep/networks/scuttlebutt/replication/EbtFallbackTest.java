package org.skep.networks.scuttlebutt.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.skep.networks.scuttlebutt.Eventually;
import org.skep.networks.scuttlebutt.VirtualClock;
import org.skep.networks.scuttlebutt.handshake.SeedIdentity;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.rpc.BodyType;
import org.skep.networks.scuttlebutt.rpc.RpcConnection;
import org.skep.networks.scuttlebutt.rpc.RpcException;
import org.skep.networks.scuttlebutt.rpc.RpcItem;
import org.skep.networks.scuttlebutt.rpc.RpcKind;
import org.skep.networks.scuttlebutt.rpc.RpcMethods;
import org.skep.networks.scuttlebutt.rpc.RpcStream;
import org.skep.wire.json.JsBool;
import org.skep.wire.json.JsObject;

/** Peers that don't speak EBT, or take the call and don't: they are asked by history streams. */
@Timeout(120)
class EbtFallbackTest {
  private static final SeedIdentity ANA = SeedIdentity.numbered(1);
  private static final SeedIdentity BEN = SeedIdentity.numbered(2);
  private static final SeedIdentity EVE = SeedIdentity.numbered(3);
  private static final FeedId ANAS = MemoryReplica.feed(ANA);
  private static final FeedId BENS = MemoryReplica.feed(BEN);
  private static final FeedId EVES = MemoryReplica.feed(EVE);

  private final Peers peers = new Peers();
  private final MemoryReplica ana = new MemoryReplica(ANA);
  private final MemoryReplica ben = new MemoryReplica(BEN);

  @AfterEach
  void end() {
    peers.close();
  }

  private static void posts(MemoryReplica replica, SeedIdentity author, int count) {
    for (int i = 1; i <= count; i++) {
      replica.post(author, "post " + i + " é ✓ 😀");
    }
  }

  private void friends() {
    ana.want(BENS, true);
    ben.want(ANAS, true);
  }

  private static void eventuallySame(MemoryReplica one, MemoryReplica other, FeedId feed) {
    Eventually.holds(
        "both have the same", () -> one.messages(feed).size() == other.messages(feed).size());
    assertEquals(texts(one, feed), texts(other, feed));
  }

  private static List<Bytes> texts(MemoryReplica replica, FeedId feed) {
    return replica.messages(feed).stream().map(ClassicMessage::text).toList();
  }

  @Test
  void whoIsFollowedLaterIsFetchedAsHistoryToo() {
    posts(ana, ANA, 3);
    posts(ana, EVE, 2);
    friends();
    ana.want(EVES, true);
    HistoryServer history = new HistoryServer(ana, new SystemClock());
    peers.answering(RpcMethods.serving().source("createHistoryStream", history::serve));
    peers.calling(ben);
    eventuallySame(ana, ben, ANAS);

    ben.want(EVES, true);

    eventuallySame(ana, ben, EVES);
  }

  @Test
  void aPeerThatKnowsNoEbtIsAskedForHistory() {
    posts(ana, ANA, 250);
    friends();
    HistoryServer history = new HistoryServer(ana, new SystemClock());
    peers.answering(RpcMethods.serving().source("createHistoryStream", history::serve));
    peers.calling(ben);
    eventuallySame(ana, ben, ANAS);
    posts(ana, ANA, 3);
    eventuallySame(ana, ben, ANAS);
    assertEquals(250, ben.checkpoint(ANAS));
  }

  @Test
  void aPeerThatTakesEbtAndStaysSilentIsAskedForHistory() {
    posts(ana, ANA, 5);
    friends();
    VirtualClock clock = new VirtualClock(0);
    HistoryServer history = new HistoryServer(ana, clock);
    try (Peers pair = new Peers(clock)) {
      pair.answering(
          RpcMethods.serving()
              .source("createHistoryStream", history::serve)
              .duplex("ebt.replicate", (_, stream) -> stream.receive()));
      pair.calling(ben);
      Eventually.holds(
          "its first notes are awaited",
          () -> clock.sleepers().contains(EbtSession.FIRST_NOTES_MAX));
      assertEquals(List.of(), ben.messages(ANAS));

      clock.pass(EbtSession.FIRST_NOTES_MAX);

      eventuallySame(ana, ben, ANAS);
    }
  }

  @Test
  void aPeerThatSaysMuchAndNoNotesIsAskedForHistoryToo() {
    posts(ana, ANA, 5);
    friends();
    VirtualClock clock = new VirtualClock(0);
    HistoryServer history = new HistoryServer(ana, clock);
    Bytes unasked = new MemoryReplica(EVE).post(EVE, "unasked").text();
    try (Peers pair = new Peers(clock)) {
      pair.answering(
          RpcMethods.serving()
              .source("createHistoryStream", history::serve)
              .duplex(
                  "ebt.replicate",
                  (_, stream) -> {
                    while (stream.send(new RpcItem(BodyType.JSON, unasked))) {
                      clock.pass(EbtSession.FIRST_NOTES_MAX.dividedBy(10));
                    }
                  }));
      pair.calling(ben);
      eventuallySame(ana, ben, ANAS);
    }
  }

  @Test
  void aPeerWithoutEbtThatDoesNotAnswerForAFeedIsFollowedAllTheSame() {
    posts(ana, ANA, 5);
    friends();
    VirtualClock clock = new VirtualClock(0);
    HistoryServer history = new HistoryServer(ana, clock);
    AtomicInteger unanswered = new AtomicInteger();
    try (Peers pair = new Peers(clock)) {
      pair.answering(
          RpcMethods.serving()
              .source(
                  "createHistoryStream",
                  (request, stream) -> {
                    if (request.options().get("live").equals(Optional.of(new JsBool(true)))) {
                      history.serve(request, stream);
                    } else {
                      unanswered.incrementAndGet();
                      while (stream.send(JsObject.EMPTY.with("sync", new JsBool(true)))) {
                        clock.pass(HistoryClient.SILENCE_MAX.dividedBy(10));
                      }
                    }
                  }));
      pair.calling(ben);
      eventuallySame(ana, ben, ANAS);
      assertEquals(1, unanswered.get(), "nor asked in vain once more");
    }
  }

  @Test
  void aPeerThatDialsInAndAsksForHistoryIsAskedForItToo() throws Exception {
    posts(ana, ANA, 120);
    posts(ana, EVE, 2);
    friends();
    ana.want(EVES, true);
    HistoryServer history = new HistoryServer(ana, new SystemClock());
    peers.answering(ben);
    RpcConnection old =
        peers.calling(RpcMethods.serving().source("createHistoryStream", history::serve));
    old.open(RpcKind.SOURCE, "createHistoryStream", HistoryRequest.from(ANAS, 120, true));
    eventuallySame(ana, ben, ANAS);
    posts(ana, ANA, 3);
    eventuallySame(ana, ben, ANAS);
    ben.want(EVES, true);
    eventuallySame(ana, ben, EVES);
  }

  @Test
  void whoDialsInAndReadsHistoryOnceIsNotAskedForAny() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    friends();
    peers.answering(ben);
    RpcConnection reader =
        peers.calling(
            RpcMethods.serving().source("createHistoryStream", (_, _) -> asked.incrementAndGet()));
    RpcStream once =
        reader.open(RpcKind.SOURCE, "createHistoryStream", HistoryRequest.from(BENS, 0, false));
    assertEquals(Optional.empty(), once.receive());
    assertEquals(0, asked.get());
  }

  @Test
  void whoeverWeDialledIsAskedForEachFeedOnceThoughItAsksToo() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    posts(ana, ANA, 3);
    posts(ben, BEN, 1);
    friends();
    HistoryServer history = new HistoryServer(ana, new SystemClock());
    RpcConnection there =
        peers.answering(
            RpcMethods.serving()
                .source(
                    "createHistoryStream",
                    (request, stream) -> {
                      if (request.options().string("id").equals(Optional.of(ANAS.toString()))) {
                        asked.incrementAndGet();
                      }
                      history.serve(request, stream);
                    }));
    peers.calling(ben);
    eventuallySame(ana, ben, ANAS);
    RpcStream live =
        there.open(RpcKind.SOURCE, "createHistoryStream", HistoryRequest.from(BENS, 0, true));
    assertTrue(live.receive().isPresent());
    posts(ana, ANA, 1);
    eventuallySame(ana, ben, ANAS);
    assertEquals(2, asked.get(), "what is there, and what is to come");
  }

  @Test
  void aPeerThatRefusesAfterItHasUnderstoodIsNotAskedForHistory() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    CountDownLatch ended = new CountDownLatch(1);
    ben.want(ANAS, true);
    peers.answering(
        RpcMethods.serving()
            .source("createHistoryStream", (_, _) -> asked.incrementAndGet())
            .duplex(
                "ebt.replicate",
                (_, stream) -> {
                  stream.send(JsObject.EMPTY);
                  stream.receive();
                  throw new RpcException("reconnected to peer");
                })
            .duplex("last", (_, _) -> ended.countDown()));
    RpcConnection calling = peers.calling(RpcMethods.serving());
    try (ThreadTasks tasks = new ThreadTasks()) {
      new Replication(ben, ben.turns, new SystemClock(), tasks).call(calling);
    }
    calling.open(RpcKind.DUPLEX, "last").receive();
    ended.await();
    assertEquals(0, asked.get());
  }
}
