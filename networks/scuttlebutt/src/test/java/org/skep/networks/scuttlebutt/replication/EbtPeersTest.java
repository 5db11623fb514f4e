package org.skep.networks.scuttlebutt.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skep.kernel.Bytes;
import org.skep.kernel.Diary;
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
import org.skep.wire.json.JsNumber;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;

/** One replica and several peers, at once and one after the other. */
@Timeout(120)
class EbtPeersTest {
  private static final SeedIdentity ANA = SeedIdentity.numbered(1);
  private static final SeedIdentity EVE = SeedIdentity.numbered(3);
  private static final FeedId ANAS = MemoryReplica.feed(ANA);
  private static final FeedId EVES = MemoryReplica.feed(EVE);
  private static final JsObject VERSION_3 =
      JsObject.EMPTY.with("version", new JsNumber(3)).with("format", "classic");

  private final VirtualClock clock = new VirtualClock(1_700_000_000_000L);
  private final MemoryReplica ana = new MemoryReplica(ANA);
  private final MemoryReplica eve = new MemoryReplica(EVE);
  private final List<Visitor> visitors = new ArrayList<>();

  @AfterEach
  void end() {
    visitors.forEach(Visitor::leave);
  }

  /** Somebody who calls Ana and says what a test wants. */
  private final class Visitor {
    private final Peers peers = new Peers(clock);
    private final FeedId id;
    private final RpcStream stream;
    private final Map<FeedId, Note> heard = new LinkedHashMap<>();
    private final List<Long> entries = new ArrayList<>();

    Visitor(int number) throws Exception {
      id = MemoryReplica.feed(SeedIdentity.numbered(number));
      peers.answering(ana.facing(id), ana.turns, false);
      RpcConnection line = peers.calling(RpcMethods.serving());
      stream = line.open(RpcKind.DUPLEX, "ebt.replicate", VERSION_3);
      visitors.add(this);
    }

    void says(FeedId feed, Note note) throws Exception {
      stream.send(Notes.packets(Map.of(feed, note)).getFirst());
    }

    void sends(ClassicMessage message) throws Exception {
      stream.send(new RpcItem(BodyType.JSON, message.text()));
    }

    /** Takes in whatever has come. */
    private void listen() {
      Optional<RpcItem> item = stream.receiveNow();
      while (item.isPresent()) {
        try {
          if (item.get().json() instanceof JsObject object) {
            if (object.get("author").orElse(null) instanceof JsString) {
              entries.add((long) ((JsNumber) object.get("sequence").orElseThrow()).value());
            } else {
              heard.putAll(Notes.parse(object));
            }
          }
        } catch (RpcException e) {
          throw new AssertionError(e);
        }
        item = stream.receiveNow();
      }
    }

    Optional<Note> note(FeedId feed) {
      listen();
      return Optional.ofNullable(heard.get(feed));
    }

    boolean isAskedFor(FeedId feed) {
      return note(feed).filter(Note::receive).isPresent();
    }

    void eventuallyHears(FeedId feed, Note note) {
      Eventually.holds(note.toString(), () -> note(feed).equals(Optional.of(note)));
    }

    void leave() {
      peers.close();
    }
  }

  /** Waits for something while time flies. */
  private void inTime(String what, BooleanSupplier holds) {
    Eventually.holds(
        what,
        () -> {
          clock.pass(Duration.ofSeconds(1));
          return holds.getAsBoolean();
        });
  }

  private ClassicMessage eves(int sequence) {
    while (eve.messages(EVES).size() < sequence) {
      eve.post(EVE, "post");
    }
    return eve.messages(EVES).get(sequence - 1);
  }

  @Test
  void aFeedIsAskedOfOnePeerAndOfTheOtherWhenThatOneLeaves() throws Exception {
    ana.want(EVES, true);
    Visitor ben = new Visitor(2);
    ben.eventuallyHears(EVES, new Note(0, true));
    Visitor cid = new Visitor(4);
    cid.eventuallyHears(EVES, new Note(0, false));
    ben.leave();
    cid.eventuallyHears(EVES, new Note(0, true));
  }

  @Test
  void whoHasMoreIsAskedInstead() throws Exception {
    ana.want(EVES, true);
    Visitor ben = new Visitor(2);
    ben.says(EVES, new Note(0, true));
    ben.eventuallyHears(EVES, new Note(0, true));
    Visitor cid = new Visitor(4);
    cid.eventuallyHears(EVES, new Note(0, false));
    cid.says(EVES, new Note(2, true));
    cid.eventuallyHears(EVES, new Note(0, true));
    ben.eventuallyHears(EVES, new Note(0, false));
    cid.sends(eves(1));
    cid.sends(eves(2));
    Eventually.holds("both came", () -> ana.messages(EVES).size() == 2);
    Eventually.holds(
        "Ben, who wants it, is sent it",
        () -> {
          ben.listen();
          return ben.entries.equals(List.of(1L, 2L));
        });
    cid.listen();
    assertEquals(List.of(), cid.entries, "nothing is sent back to where it came from");
  }

  @Test
  void whoRefusesAFeedIsNotAskedForIt() throws Exception {
    ana.want(EVES, true);
    Visitor ben = new Visitor(2);
    ben.eventuallyHears(EVES, new Note(0, true));
    Visitor cid = new Visitor(4);
    cid.eventuallyHears(EVES, new Note(0, false));
    ben.says(EVES, Note.NONE);
    ben.eventuallyHears(EVES, new Note(0, false));
    cid.eventuallyHears(EVES, new Note(0, true));
    isWrittenDown(ben, new Diary.Happening.Declined());
  }

  @Test
  void afterAForgeryOnlyTheForgerLosesTheFeed() throws Exception {
    ana.want(EVES, true);
    Visitor ben = new Visitor(2);
    ben.says(EVES, new Note(1, true));
    ben.eventuallyHears(EVES, new Note(0, true));
    Visitor cid = new Visitor(4);
    cid.says(EVES, new Note(1, true));
    MemoryReplica forger = new MemoryReplica(EVE);
    ClassicMessage other = forger.post(EVE, "forged");
    ben.stream.send(
        new RpcItem(BodyType.JSON, Bytes.ofUtf8(other.text().utf8().replace("forged", "forget"))));
    ben.eventuallyHears(EVES, Note.NONE);
    cid.eventuallyHears(EVES, new Note(0, true));
    cid.sends(eves(1));
    Eventually.holds("the real one", () -> ana.messages(EVES).equals(List.of(eves(1))));
  }

  @Test
  void whatIsPromisedAndDoesNotComeIsAskedOfSomebodyElse() throws Exception {
    ana.want(EVES, true);
    Visitor liar = new Visitor(2);
    liar.says(EVES, new Note(1_000_000, true));
    liar.eventuallyHears(EVES, new Note(0, true));
    Visitor cid = new Visitor(4);
    cid.says(EVES, new Note(1, true));
    cid.eventuallyHears(EVES, new Note(0, false));
    inTime("Cid is asked", () -> cid.isAskedFor(EVES));
    cid.sends(eves(1));
    Eventually.holds("it came", () -> ana.messages(EVES).size() == 1);
    Eventually.holds("the liar is told", () -> !liar.isAskedFor(EVES));
    isWrittenDown(
        liar,
        new Diary.Happening.Asked(0),
        new Diary.Happening.Has(1_000_000),
        new Diary.Happening.Failed("it promised more and sent nothing"),
        new Diary.Happening.Spared());
    isWrittenDown(
        cid,
        new Diary.Happening.Spared(),
        new Diary.Happening.Has(1),
        new Diary.Happening.Asked(0));
  }

  private void isWrittenDown(Visitor peer, Diary.Happening... happenings) {
    List<Diary.Happening> written = ana.diary(peer.id, EVES);
    assertTrue(written.containsAll(List.of(happenings)), written::toString);
  }

  @Test
  void ofAFeedNothingIsWrittenDownBeforeItIsWanted() throws Exception {
    Visitor ben = new Visitor(2);
    ben.says(EVES, new Note(7, true));
    ben.eventuallyHears(EVES, Note.NONE);
    assertEquals(List.of(), ana.diary(ben.id, EVES));
    ana.want(EVES, true);
    ben.eventuallyHears(EVES, new Note(0, true));
    assertEquals(
        List.of(new Diary.Happening.Has(7), new Diary.Happening.Asked(0)), ana.diary(ben.id, EVES));
  }

  @Test
  void aLineOnWhichNothingThatWasPromisedComesIsCutAFewTimesAndNoMore() throws Exception {
    ana.want(EVES, true);
    for (int i = 0; i < AskedPeers.CUTS_MAX; i++) {
      Visitor liar = new Visitor(2);
      liar.says(EVES, new Note(1_000_000, true));
      inTime("cut", () -> liar.stream.isEnding());
      assertThrows(
          Exception.class,
          () -> {
            while (liar.stream.receive().isPresent()) {
              Thread.onSpinWait();
            }
          });
    }
    Visitor liar = new Visitor(2);
    liar.says(EVES, new Note(1_000_000, true));
    Visitor honest = new Visitor(4);
    honest.says(EVES, new Note(1, true));
    inTime("the honest one is asked", () -> honest.isAskedFor(EVES));
    long begin = clock.monotonicNanos();
    inTime("ten minutes", () -> clock.monotonicNanos() - begin > Duration.ofMinutes(10).toNanos());
    assertFalse(liar.stream.isEnding(), "its line stands: cutting it again would change nothing");
    assertTrue(honest.isAskedFor(EVES));
  }

  @Test
  void ofUnchangedFeedsNothingIsSaidWhenThePeerIsMetAgain() throws Exception {
    ana.want(EVES, true);
    Visitor ben = new Visitor(2);
    ben.says(EVES, new Note(2, true));
    ben.says(ANAS, new Note(0, true));
    ben.sends(eves(1));
    ben.sends(eves(2));
    Eventually.holds("both came", () -> ana.messages(EVES).size() == 2);
    ben.leave();

    Visitor again = new Visitor(2);
    again.eventuallyHears(ANAS, new Note(0, true));
    assertEquals(Optional.empty(), again.note(EVES), "both have what they had");

    ana.offer(EVES, List.of(eves(3)), 3);
    again.eventuallyHears(EVES, new Note(3, true));
    again.says(EVES, new Note(2, true));
    Eventually.holds(
        "it is sent",
        () -> {
          again.listen();
          return again.entries.equals(List.of(3L));
        });
  }

  @Test
  void whoIsWantedAgainOnTheSameLineIsAskedForAgain() throws Exception {
    ana.want(EVES, true);
    ana.remember(visitor(2), new PeerClock(clock.wallMillis(), Map.of(EVES, 0L)));
    Visitor ben = new Visitor(2);
    ben.eventuallyHears(ANAS, new Note(0, true));
    ana.want(EVES, false);
    inTime("refused", () -> ben.note(EVES).equals(Optional.of(Note.NONE)));
    ana.want(EVES, true);
    inTime("asked for", () -> ben.note(EVES).equals(Optional.of(new Note(0, true))));
  }

  @Test
  void aFeedThatWasLetGoOfIsAskedForFromItsBeginning() throws Exception {
    EbtState state = new EbtState(true, Map.of(), Set.of());
    state.want(Map.of(EVES, 5L));
    state.want(Map.of());
    state.want(Map.of(EVES, 0L));
    assertEquals(Optional.of(new Note(0, true)), state.say(EVES, true));
    assertTrue(state.expects(EVES, 1));
  }

  @Test
  void aFeedThatMovedOnIsSpokenOfWhenThePeerIsMetAgain() throws Exception {
    ana.want(EVES, true);
    ana.remember(visitor(2), new PeerClock(clock.wallMillis(), Map.of(EVES, 2L)));
    Visitor ben = new Visitor(2);
    ben.eventuallyHears(EVES, new Note(0, true));
  }

  @Test
  void afterADayEverythingIsSaidAgain() throws Exception {
    ana.want(EVES, true);
    ana.remember(visitor(2), new PeerClock(clock.wallMillis(), Map.of(EVES, 0L)));
    Visitor ben = new Visitor(2);
    ben.eventuallyHears(ANAS, new Note(0, true));
    assertEquals(Optional.empty(), ben.note(EVES));
    ben.leave();
    clock.pass(Duration.ofHours(24));
    new Visitor(2).eventuallyHears(EVES, new Note(0, true));
  }

  @Test
  void aRefusalIsForgottenUntilThePeerIsMetAgain() throws Exception {
    ana.want(EVES, true);
    Visitor ben = new Visitor(2);
    ben.says(EVES, Note.NONE);
    ben.says(ANAS, Note.NONE);
    ben.eventuallyHears(EVES, new Note(0, false));
    ben.eventuallyHears(ANAS, new Note(0, false));
    ben.leave();
    assertEquals(Map.of(), ana.recall(visitor(2)).entries());

    Visitor again = new Visitor(2);
    again.eventuallyHears(EVES, new Note(0, true));
    again.eventuallyHears(ANAS, new Note(0, true));
  }

  @Test
  void theOwnFeedAndThePeersAreAlwaysSpokenOf() throws Exception {
    FeedId bens = visitor(2);
    ana.want(bens, true);
    ana.remember(bens, new PeerClock(clock.wallMillis(), Map.of(ANAS, 0L, bens, 0L)));
    Visitor ben = new Visitor(2);
    ben.eventuallyHears(ANAS, new Note(0, true));
    ben.eventuallyHears(bens, new Note(0, true));
  }

  private static FeedId visitor(int number) {
    return MemoryReplica.feed(SeedIdentity.numbered(number));
  }
}
