package org.skep.networks.scuttlebutt.replication;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skep.kernel.Bytes;
import org.skep.kernel.Clock;
import org.skep.kernel.PeerException;
import org.skep.kernel.Tasks;
import org.skep.networks.scuttlebutt.message.ClassicCodec;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.MessageShape;
import org.skep.networks.scuttlebutt.rpc.BodyType;
import org.skep.networks.scuttlebutt.rpc.RpcException;
import org.skep.networks.scuttlebutt.rpc.RpcItem;
import org.skep.networks.scuttlebutt.rpc.RpcStream;
import org.skep.wire.json.JsObject;

/**
 * One {@code ebt.replicate} stream, whichever side opened it: one task receives, another sends, a
 * third sees to it that what was promised comes, and {@link EbtState} stands between them.
 */
final class EbtSession {
  /** How many entries are read from disk at a time. */
  private static final int BATCH_MAX = 100;

  /**
   * How long the other side may take to send its first notes, on which whoever called waits: a
   * program that is busy building its tables says nothing for some time.
   */
  static final Duration FIRST_NOTES_MAX = Duration.ofSeconds(30);

  /** How long the next message of a flood is waited for. */
  private static final Duration GAP_MAX = Duration.ofMillis(20);

  private final RpcStream stream;
  private final Replica replica;
  private final AskedPeers turns;
  private final Clock clock;
  private final EbtState state;
  private final EbtDiary diary;
  private final PeerClock met;
  private final AskedPeers.Line line = new Line();
  private final boolean weOpened;
  private boolean begun;

  /** When a feed last moved forward by what came here. */
  private volatile long progressNanos;

  /** Whether entries are being taken in: what does not come meanwhile is not late. */
  private volatile boolean busy;

  private volatile boolean stalled;

  /**
   * @param weOpened whether this side called; the caller keeps its notes to itself until the other
   *     has sent some, so that a refusal comes before a long clock
   */
  EbtSession(RpcStream stream, Replica replica, AskedPeers turns, Clock clock, boolean weOpened) {
    this.stream = stream;
    this.replica = replica;
    this.turns = turns;
    this.clock = clock;
    this.weOpened = weOpened;
    this.met = replica.recall().at(clock.wallMillis());
    this.state =
        new EbtState(
            !weOpened,
            met.entries(),
            // A list, because a copy of this very node may be at the other end.
            new LinkedHashSet<>(List.of(replica.own(), replica.peer())));
    this.diary = new EbtDiary(replica, state);
    this.progressNanos = clock.monotonicNanos();
  }

  private final class Line implements AskedPeers.Line {
    @Override
    public FeedId peer() {
      return replica.peer();
    }

    @Override
    public FeedId own() {
      return replica.own();
    }

    @Override
    public Map<FeedId, EbtState.Ask> promised() {
      return state.promised();
    }

    @Override
    public long weHave(FeedId feed) {
      return state.weHave(feed);
    }

    @Override
    public void reconsider(Collection<FeedId> feeds) {
      state.reconsider(feeds);
    }
  }

  /** Whether the other side has ever sent notes: it speaks the protocol. */
  boolean wasUnderstood() {
    return state.heardNotes();
  }

  /**
   * Replicates until the stream ends.
   *
   * @throws RpcException when the other side ends it with an error, or takes the call and never
   *     sends notes
   * @throws PeerException when the connection is gone, or the other side breaks the protocol or its
   *     promises
   */
  void run(Tasks tasks) throws RpcException, PeerException, InterruptedException {
    turns.join(line);
    try (Replica.Subscription _ = replica.subscribe(listener());
        Tasks.Scope scope = tasks.scope("ebt")) {
      // Before anything is taken in, so that nothing we want looks unasked for.
      Map<FeedId, Long> heads = replica.wantedHeads();
      state.want(heads);
      diary.metAgain(met.entries(), heads);
      scope.fork("ebt sender", () -> guard(this::sendWhatIsDue));
      scope.fork("ebt watch", () -> guard(this::watch));
      try {
        receiveUntilEnd();
      } catch (RuntimeException | Error e) {
        cut(e);
        throw e;
      } finally {
        state.close();
      }
    } finally {
      turns.leave(line);
      if (state.heardNotes()) {
        replica.remember(met.with(state.theirClock()));
      }
    }
    if (stalled) {
      throw new PeerException("the other side promised entries and sends none");
    }
  }

  private Replica.Listener listener() {
    return new Replica.Listener() {
      @Override
      public void entryKept(FeedId feed, long sequence) {
        state.entryKept(feed, sequence);
      }

      @Override
      public void interestsChanged() {
        state.interestsChanged();
      }
    };
  }

  private void receiveUntilEnd() throws RpcException, PeerException, InterruptedException {
    long end = clock.monotonicNanos() + FIRST_NOTES_MAX.toNanos();
    Optional<RpcItem> item = next(end);
    while (item.isPresent()) {
      offer(gather(item.get()));
      item = next(end);
    }
  }

  /**
   * @param firstNotesEndNanos when those must be here that the caller waits for: until then it says
   *     nothing itself, so that nothing else would notice that the session is none
   */
  private Optional<RpcItem> next(long firstNotesEndNanos)
      throws RpcException, PeerException, InterruptedException {
    return !weOpened || state.heardNotes()
        ? stream.receive()
        : stream.receiveBy(clock, firstNotesEndNanos);
  }

  /** The messages that are there, and of a flood those that come within a moment. */
  private List<ClassicMessage> gather(RpcItem first) throws PeerException, InterruptedException {
    Gathering gathering = new Gathering(clock.monotonicNanos());
    Optional<RpcItem> item = Optional.of(first);
    while (item.isPresent()) {
      takeNotesOrMessage(item.get()).ifPresent(gathering::add);
      item = more(gathering);
    }
    return gathering.messages();
  }

  private Optional<RpcItem> more(Gathering gathering) throws InterruptedException {
    if (!gathering.isOpen(clock.monotonicNanos())) {
      return Optional.empty();
    }
    Optional<RpcItem> there = stream.receiveNow();
    return there.isEmpty() && gathering.isFlood() ? stream.receiveSoon(clock, GAP_MAX) : there;
  }

  private Optional<ClassicMessage> takeNotesOrMessage(RpcItem item) throws PeerException {
    if (item.type() != BodyType.JSON) {
      throw new PeerException("EBT carries JSON only");
    }
    Optional<ClassicMessage> bare = ClassicCodec.parseBare(item.body());
    if (bare.isPresent()) {
      return bare.filter(this::isExpected);
    }
    if (MessageShape.of(item.body()) instanceof MessageShape.Bare(Bytes value)) {
      return switch (ClassicCodec.parse(value)) {
        case ClassicCodec.Parsed(ClassicMessage message) ->
            Optional.of(message).filter(this::isExpected);
        case ClassicCodec.Refused(String reason) -> {
          // Some program took it for a message; that ends its author's feed here, not the line.
          ClassicCodec.authorOf(value)
              .ifPresent(author -> {
                diary.cannotBeRead(author, reason);
                state.giveUp(author);
              });
          yield Optional.empty();
        }
      };
    }
    takeNotes(item);
    return Optional.empty();
  }

  private boolean isExpected(ClassicMessage message) {
    return state.expects(message.author(), message.sequence());
  }

  private void takeNotes(RpcItem item) throws PeerException {
    try {
      if (!(item.json() instanceof JsObject object)) {
        throw new PeerException("EBT carries messages and notes only");
      }
      Map<FeedId, Note> notes = Notes.parse(object);
      diary.theySay(notes);
      state.notesArrived(notes);
      notes.forEach((feed, note) -> {
        if (note.sequence() > 0) {
          replica.peerHas(feed, note.sequence());
        }
      });
    } catch (RpcException e) {
      throw new PeerException("EBT carries messages and notes only", e);
    }
  }

  private void offer(List<ClassicMessage> batch) throws InterruptedException {
    if (batch.isEmpty()) {
      return;
    }
    Map<FeedId, Long> before = new LinkedHashMap<>();
    batch.forEach(
        message -> before.computeIfAbsent(message.author(), author -> state.weHave(author)));
    busy = true;
    Set<FeedId> refused = replica.offer(batch, state::announced);
    busy = false;
    Set<FeedId> feeds = new LinkedHashSet<>(before.keySet());
    refused.forEach(state::giveUp);
    feeds.removeAll(refused);
    for (FeedId feed : feeds) {
      // What came too early waits for its turn: we have what stands before it, and no more.
      long kept = replica.head(feed);
      state.received(feed, kept);
      if (kept > before.getOrDefault(feed, kept)) {
        progressNanos = clock.monotonicNanos();
        turns.delivered(feed, line);
      }
      if (feed.equals(replica.peer()) && kept > state.announced(feed)) {
        // Its author is told where her new entry has got to; of others' entries she hears later.
        state.acknowledge(feed);
      }
    }
  }

  private interface Part {
    void run() throws PeerException, InterruptedException;
  }

  private void guard(Part part) throws InterruptedException {
    try {
      part.run();
    } catch (PeerException e) {
      // The connection is gone; the receiving task hears of it too, and reports it.
      state.close();
    } catch (RuntimeException | Error e) {
      cut(e);
      throw e;
    }
  }

  /** A session of which one part has ended looks alive and is not; so the line goes with it. */
  private void cut(Throwable ourFault) {
    stream.connection().abort(new PeerException("this program failed", ourFault));
  }

  private void sendWhatIsDue() throws PeerException, InterruptedException {
    boolean open = true;
    while (open) {
      EbtState.Due due = state.awaitDue(clock);
      if (due.interests()) {
        state.want(replica.wantedHeads());
      }
      open = sendNotes(due.notes());
      if (!due.entries().isEmpty() && replica.peerMayReceive()) {
        for (FeedId feed : due.entries()) {
          open = open && sendEntries(feed);
        }
      }
      open = open && !due.closed();
    }
  }

  /** The first time also when there is nothing to say: a caller waits for it. */
  private boolean sendNotes(Set<FeedId> feeds) throws PeerException, InterruptedException {
    Map<FeedId, Note> notes = new LinkedHashMap<>();
    for (FeedId feed : feeds) {
      state.say(feed, isAsked(feed)).ifPresent(note -> notes.put(feed, note));
    }
    diary.weSay(notes);
    if (begun && notes.isEmpty()) {
      return true;
    }
    begun = true;
    for (JsObject packet : Notes.packets(notes)) {
      if (!stream.send(packet)) {
        return false;
      }
    }
    return true;
  }

  private boolean isAsked(FeedId feed) {
    Optional<EbtState.Ask> ask = state.ask(feed);
    if (ask.isEmpty()) {
      turns.giveUp(feed, line);
      return false;
    }
    return turns.take(feed, line, ask.get().theyHave(), ask.get().weHave());
  }

  private boolean sendEntries(FeedId feed) throws PeerException, InterruptedException {
    Optional<Long> from = state.nextToSend(feed);
    while (from.isPresent()) {
      List<Replica.Entry> entries = replica.after(feed, from.get(), BATCH_MAX);
      for (Replica.Entry entry : entries) {
        if (!stream.send(new RpcItem(BodyType.JSON, entry.text()))) {
          return false;
        }
        state.sent(feed, entry.sequence());
      }
      from = entries.size() < BATCH_MAX ? Optional.empty() : state.nextToSend(feed);
    }
    state.upToDate(feed, replica.head(feed));
    return true;
  }

  private void watch() throws PeerException, InterruptedException {
    StallWatch watch = new StallWatch();
    while (true) {
      clock.sleep(StallWatch.EVERY);
      long now = clock.monotonicNanos();
      StallWatch.Findings findings = watch.look(now, state.overdue(), busy ? now : progressNanos);
      if (!findings.late().isEmpty()) {
        diary.late(findings.late());
        turns.passOn(findings.late(), line);
      }
      if (findings.dead() && turns.mayCut(replica.peer(), now)) {
        stalled = true;
        stream.fail(new RpcException("nothing came of what was promised"));
        return;
      }
    }
  }
}
