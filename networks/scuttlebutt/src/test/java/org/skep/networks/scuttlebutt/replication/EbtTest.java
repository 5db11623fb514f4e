package org.skep.networks.scuttlebutt.replication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.skep.doors.SystemClock;
import org.skep.kernel.Bytes;
import org.skep.kernel.Clock;
import org.skep.kernel.PeerException;
import org.skep.kernel.PublicKey;
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
import org.skep.wire.crypto.Digests;
import org.skep.wire.json.JsNumber;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;

@Timeout(120)
class EbtTest {
  private static final SeedIdentity ANA = SeedIdentity.numbered(1);
  private static final SeedIdentity BEN = SeedIdentity.numbered(2);
  private static final SeedIdentity EVE = SeedIdentity.numbered(3);
  private static final FeedId ANAS = MemoryReplica.feed(ANA);
  private static final FeedId BENS = MemoryReplica.feed(BEN);
  private static final FeedId EVES = MemoryReplica.feed(EVE);
  private static final JsObject VERSION_3 =
      JsObject.EMPTY.with("version", new JsNumber(3)).with("format", "classic");

  private static final Clock CLOCK = new SystemClock();

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
  void bothSidesEndWithBothFeedsByteForByte() {
    posts(ana, ANA, 250);
    posts(ben, BEN, 120);
    friends();
    peers.answering(ana);
    peers.calling(ben);
    eventuallySame(ana, ben, ANAS);
    eventuallySame(ana, ben, BENS);
  }

  @Test
  void whatIsPostedWhileConnectedArrivesInBothDirections() {
    friends();
    peers.answering(ana);
    peers.calling(ben);
    for (int i = 1; i <= 3; i++) {
      posts(ana, ANA, i);
      posts(ben, BEN, i);
      eventuallySame(ana, ben, ANAS);
      eventuallySame(ana, ben, BENS);
    }
  }

  @Test
  void theAuthorHearsThatHerNewEntryHasArrived() {
    posts(ana, ANA, 2);
    friends();
    ben.connectedTo(ANAS);
    peers.answering(ana);
    peers.calling(ben);
    eventuallySame(ana, ben, ANAS);
    posts(ana, ANA, 1);
    Eventually.holds("Ben's computer said so", () -> ana.acknowledged(ANAS) == 3);
  }

  @Test
  void onlyWhatIsMissingIsSentAfterABreak() throws Exception {
    posts(ana, ANA, 10);
    friends();
    ben.offer(ANAS, ana.messages(ANAS).subList(0, 7), 7);
    List<Long> sequences = new ArrayList<>();
    peers.answering(ana);
    RpcConnection raw = peers.calling(RpcMethods.serving());
    RpcStream stream = raw.open(RpcKind.DUPLEX, "ebt.replicate", VERSION_3);
    stream.send(notes(Map.of(ANAS, new Note(7, true))));
    while (sequences.size() < 3) {
      RpcItem item = stream.receive().orElseThrow();
      if (item.json() instanceof JsObject o
          && o.get("sequence").orElse(null) instanceof JsNumber(double sequence)) {
        sequences.add((long) sequence);
      }
    }
    assertEquals(List.of(8L, 9L, 10L), sequences);
  }

  @Test
  void historyEndsWhereThePeerSaidItDid() {
    posts(ana, ANA, 5);
    friends();
    peers.answering(ana);
    peers.calling(ben);
    eventuallySame(ana, ben, ANAS);
    posts(ana, ANA, 2);
    eventuallySame(ana, ben, ANAS);
    assertEquals(5, ben.checkpoint(ANAS));
  }

  @Test
  void aFeedWithoutHistoryIsAllNews() {
    friends();
    peers.answering(ana);
    peers.calling(ben);
    posts(ana, ANA, 1);
    // Ana sends nothing before she has heard Ben's notes.
    eventuallySame(ana, ben, ANAS);
    posts(ben, BEN, 1);
    eventuallySame(ana, ben, BENS);
    assertEquals(0, ana.checkpoint(BENS));
  }

  @Test
  void aFeedThatTheAccountDoesNotWantIsNeverServed() {
    posts(ana, EVE, 5);
    posts(ana, ANA, 5);
    friends();
    ben.want(EVES, true);
    peers.answering(ana);
    peers.calling(ben);
    eventuallySame(ana, ben, ANAS);
    posts(ana, EVE, 1);
    posts(ana, ANA, 1);
    eventuallySame(ana, ben, ANAS);
    assertEquals(List.of(), ben.messages(EVES));
  }

  @Test
  void aFeedThatIsFollowedWhileConnectedIsFetched() {
    posts(ana, ANA, 5);
    peers.answering(ana);
    peers.calling(ben);
    ben.want(ANAS, true);
    eventuallySame(ana, ben, ANAS);
  }

  @Test
  void aFriendOfBothIsPassedOn() {
    posts(ana, EVE, 30);
    ana.want(EVES, true);
    ben.want(EVES, true);
    peers.answering(ana);
    peers.calling(ben);
    eventuallySame(ana, ben, EVES);
  }

  @Test
  void aFeedThatIsUnfollowedWhileConnectedIsRefusedInANote() throws Exception {
    ana.want(BENS, true);
    peers.answering(ana);
    RpcStream stream = open();
    assertEquals(new Note(0, true), awaitNote(stream, BENS));
    ana.want(BENS, false);
    assertEquals(Note.NONE, awaitNote(stream, BENS));
  }

  @Test
  void aPeerThatMayNotReceiveIsSentNothingButMaySend() {
    posts(ana, ANA, 5);
    posts(ben, BEN, 5);
    friends();
    ana.peerMayReceive(false);
    peers.answering(ana);
    peers.calling(ben);
    eventuallySame(ana, ben, BENS);
    assertEquals(List.of(), ben.messages(ANAS));
  }

  @Test
  void whatThePeerHasIsAcknowledged() throws Exception {
    posts(ana, ANA, 5);
    friends();
    ben.offer(ANAS, ana.messages(ANAS).subList(0, 3), 3);
    peers.answering(ana);
    peers.calling(ben);
    Eventually.holds("the note is heard", () -> ana.acknowledged(ANAS) >= 3);
  }

  @Test
  void aFeedThatNobodyAskedForIsRefusedInANoteAndItsMessagesDropped() throws Exception {
    peers.answering(ana);
    RpcStream stream = open();
    stream.send(notes(Map.of(BENS, new Note(1, true))));
    assertEquals(Note.NONE, awaitNote(stream, BENS));
    stream.send(item(new MemoryReplica(BEN).post(BEN, "unasked")));
    stream.send(notes(Map.of(EVES, new Note(1, true))));
    assertEquals(Note.NONE, awaitNote(stream, EVES), "the connection lives");
    assertEquals(List.of(), ana.messages(BENS));
  }

  @Test
  void afterAForgedMessageTheFeedIsNotAskedForAnyMore() throws Exception {
    ana.want(BENS, true);
    peers.answering(ana);
    RpcStream stream = open();
    MemoryReplica real = new MemoryReplica(BEN);
    ClassicMessage first = real.post(BEN, "first");
    ClassicMessage second = real.post(BEN, "second");
    String forged = first.text().utf8().replace("first", "forge");
    stream.send(notes(Map.of(BENS, new Note(2, true))));
    awaitNote(stream, BENS);
    stream.send(new RpcItem(BodyType.JSON, Bytes.ofUtf8(forged)));
    assertEquals(Note.NONE, awaitNote(stream, BENS));
    stream.send(item(first));
    stream.send(item(second));
    stream.send(notes(Map.of(EVES, new Note(1, true))));
    awaitNote(stream, EVES);
    assertEquals(List.of(), ana.messages(BENS));
  }

  @Test
  void whateverIsNeitherMessageNorNotesEndsTheConnection() throws Exception {
    for (RpcItem nonsense :
        List.of(
            RpcItem.json(new JsNumber(7)),
            new RpcItem(BodyType.TEXT, Bytes.ofUtf8("{}")),
            new RpcItem(BodyType.BINARY, Bytes.ofHex("00")))) {
      try (Peers pair = new Peers()) {
        pair.answering(ana);
        RpcConnection raw = pair.calling(RpcMethods.serving());
        RpcStream stream = raw.open(RpcKind.DUPLEX, "ebt.replicate", VERSION_3);
        stream.send(nonsense);
        assertThrows(
            PeerException.class,
            () -> {
              while (stream.receive().isPresent()) {
                Thread.onSpinWait();
              }
            });
      }
    }
  }

  @Test
  void anotherVersionOrFormatIsRefused() throws Exception {
    peers.answering(ana);
    RpcConnection raw = peers.calling(RpcMethods.serving());
    for (JsObject options :
        List.of(
            JsObject.EMPTY,
            JsObject.EMPTY.with("version", new JsNumber(2)),
            VERSION_3.with("format", "bendybutt-v1"))) {
      RpcStream stream = raw.open(RpcKind.DUPLEX, "ebt.replicate", options);
      assertThrows(RpcException.class, stream::receive);
    }
  }

  @Test
  void theSameConnectionReplicatesOnceAtATime() throws Exception {
    peers.answering(ana);
    RpcConnection raw = peers.calling(RpcMethods.serving());
    RpcStream first = raw.open(RpcKind.DUPLEX, "ebt.replicate", VERSION_3);
    assertInstanceOf(JsObject.class, first.receive().orElseThrow().json());
    RpcStream second = raw.open(RpcKind.DUPLEX, "ebt.replicate", VERSION_3);
    RpcException refused = assertThrows(RpcException.class, second::receive);
    assertEquals("already replicating", refused.getMessage());
  }

  @Test
  void aMessageThatCanNotBeReadCostsItsAuthorsFeedAndNotTheLine() throws Exception {
    friends();
    ben.want(EVES, true);
    peers.answering(ben);
    RpcConnection raw = peers.calling(RpcMethods.serving());
    RpcStream stream = raw.open(RpcKind.DUPLEX, "ebt.replicate", VERSION_3);
    posts(ana, EVE, 1);
    posts(ana, ANA, 1);
    stream.send(notes(Map.of(EVES, new Note(2, true), ANAS, new Note(1, true))));
    JsObject unreadable =
        JsObject.EMPTY
            .with("author", EVES.toString())
            .with("sequence", new JsNumber(1))
            .with("content", "not canonical.box");
    stream.send(unreadable);
    stream.send(new RpcItem(BodyType.JSON, ana.messages(ANAS).getFirst().text()));
    eventuallySame(ana, ben, ANAS);

    stream.send(new RpcItem(BodyType.JSON, ana.messages(EVES).getFirst().text()));
    posts(ana, ANA, 1);
    stream.send(new RpcItem(BodyType.JSON, ana.messages(ANAS).getLast().text()));

    eventuallySame(ana, ben, ANAS);
    assertEquals(List.of(), ben.messages(EVES), "what follows an unreadable entry is no use");
  }

  @Test
  void aPeerThatSpeaksOfManyFeedsCostsAboutAsMuchAsOthers() throws Exception {
    EbtState state = new EbtState(true, Map.of(), Set.of());
    state.want(Map.of(ANAS, 0L));
    Map<FeedId, Note> many = new LinkedHashMap<>();
    for (int i = 0; i < 2 * EbtState.UNWANTED_FEEDS_MAX; i++) {
      many.put(new FeedId(new PublicKey(Digests.sha256(Bytes.ofUtf8("feed " + i)))), Note.NONE);
    }
    many.put(ANAS, new Note(3, true));

    state.notesArrived(many);

    assertEquals(Optional.of(3L), state.nextToSend(ANAS), "a wanted feed is never left out");
    assertEquals(
        EbtState.UNWANTED_FEEDS_MAX + 1, state.awaitDue(CLOCK).notes().size(), "of the others");
  }

  /** On a clock that stands still: it is not the time that ends the waiting for more. */
  @Test
  void aFloodOfLongMessagesIsTakenInByTheHalfMebibyte() throws Exception {
    // Enough for a second heap, where some were taken in one by one before they were a flood.
    int count = 200;
    for (int i = 0; i < count; i++) {
      ben.post(BEN, i + "x".repeat(7_000));
    }
    friends();
    try (Peers pair = new Peers(new VirtualClock(0))) {
      pair.answering(ana);
      RpcConnection raw = pair.calling(RpcMethods.serving());
      RpcStream stream = raw.open(RpcKind.DUPLEX, "ebt.replicate", VERSION_3);
      stream.send(notes(Map.of(BENS, new Note(count, true))));
      for (ClassicMessage message : ben.messages(BENS)) {
        stream.send(item(message));
      }
      int least = Gathering.BYTES_MAX / 8_192;
      Eventually.holds("the first are taken in", () -> ana.messages(BENS).size() >= least);
    }
  }

  /** Whatever part of it fails: a session of which a part is missing looks alive and is not. */
  @ParameterizedTest
  @EnumSource(MemoryReplica.Door.class)
  void aSessionThatFailsByOurFaultEndsTheLine(MemoryReplica.Door broken) throws Exception {
    posts(ana, ANA, 1);
    posts(ben, BEN, 1);
    friends();
    ana.breaks(broken);
    peers.answering(ana);
    RpcStream stream = open();
    stream.send(notes(Map.of(BENS, new Note(1, true), ANAS, new Note(0, true))));
    stream.send(item(ben.messages(BENS).getFirst()));
    assertThrows(
        PeerException.class,
        () -> {
          while (stream.receive().isPresent()) {
            Thread.onSpinWait();
          }
        });
  }

  @Test
  void whoCallsKeepsItsNotesUntilTheOtherSideHasSentSome() throws Exception {
    EbtState calling = new EbtState(false, Map.of(), Set.of());
    calling.want(Map.of(ANAS, 0L));
    // Whoever would have to wait hears of the interruption; whoever has something to do does not.
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> calling.awaitDue(CLOCK));
    calling.notesArrived(Map.of());
    assertEquals(Set.of(ANAS), calling.awaitDue(CLOCK).notes());
    assertEquals(Optional.of(new Note(0, true)), calling.say(ANAS, true));
    assertEquals(Optional.empty(), calling.say(ANAS, true), "once");

    EbtState answering = new EbtState(true, Map.of(), Set.of());
    answering.want(Map.of(ANAS, 0L));
    assertEquals(Set.of(ANAS), answering.awaitDue(CLOCK).notes());
  }

  @Test
  void theWantedFeedsAreReadAnewAtMostOnceASecond() throws Exception {
    VirtualClock clock = new VirtualClock(0);
    EbtState state = new EbtState(true, Map.of(), Set.of());
    state.interestsChanged();
    assertTrue(state.awaitDue(clock).interests(), "the first time at once");
    state.interestsChanged();
    state.notesArrived(Map.of(ANAS, Note.NONE));
    assertFalse(state.awaitDue(clock).interests(), "other things are due meanwhile");
    clock.pass(EbtState.INTERESTS_EVERY);
    assertTrue(state.awaitDue(clock).interests());
  }

  @Test
  void whatCameTooEarlyWaitsForItsTurnAndItsAuthorIsToldOnlyThen() throws Exception {
    MemoryReplica there = new MemoryReplica(BEN);
    ClassicMessage first = there.post(BEN, "first");
    ClassicMessage second = there.post(BEN, "second");
    ana.want(BENS, true);
    ana.connectedTo(BENS);
    peers.answering(ana);
    RpcStream stream = open();
    stream.send(notes(Map.of(BENS, new Note(0, true))));
    assertEquals(new Note(0, true), awaitNote(stream, BENS));

    stream.send(item(second));
    Eventually.holds("the second waits", () -> ana.waiting(BENS) == 1);
    stream.send(notes(Map.of(EVES, new Note(1, true))));
    assertEquals(Map.of(EVES, Note.NONE), nextNotes(stream), "of Ben's feed there is no news");
    assertEquals(List.of(), ana.messages(BENS));

    stream.send(item(first));
    assertEquals(Map.of(BENS, new Note(2, true)), nextNotes(stream));
    assertEquals(List.of(first, second), ana.messages(BENS));
    assertEquals(0, ana.waiting(BENS));
  }

  private RpcStream open() throws Exception {
    RpcConnection raw = peers.calling(RpcMethods.serving());
    return raw.open(RpcKind.DUPLEX, "ebt.replicate", VERSION_3);
  }

  private static JsObject notes(Map<FeedId, Note> notes) {
    return Notes.packets(new LinkedHashMap<>(notes)).getFirst();
  }

  private static RpcItem item(ClassicMessage message) {
    return new RpcItem(BodyType.JSON, message.text());
  }

  /** The next note about one feed. */
  private static Note awaitNote(RpcStream stream, FeedId feed) throws Exception {
    while (true) {
      Optional<Note> note = Optional.ofNullable(nextNotes(stream).get(feed));
      if (note.isPresent()) {
        return note.get();
      }
    }
  }

  /** The next packet that is no message. */
  private static Map<FeedId, Note> nextNotes(RpcStream stream) throws Exception {
    while (true) {
      Optional<RpcItem> item = stream.receive();
      if (item.orElseThrow().json() instanceof JsObject object
          && !(object.get("author").orElse(null) instanceof JsString)) {
        return Notes.parse(object);
      }
    }
  }
}
