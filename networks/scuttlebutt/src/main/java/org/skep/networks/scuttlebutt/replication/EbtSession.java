package org.skep.networks.scuttlebutt.replication;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skep.kernel.Bytes;
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
 * One {@code ebt.replicate} stream, whichever side opened it: one task receives, another sends, and
 * {@link EbtState} stands between them.
 */
final class EbtSession {
  /** How many entries are read from disk, or offered to the inbox, at a time. */
  private static final int BATCH_MAX = 100;

  private final RpcStream stream;
  private final Replica replica;
  private final EbtState state;

  /**
   * @param weOpened whether this side called; the caller keeps its notes to itself until the other
   *     has sent some, so that a refusal comes before a long clock
   */
  EbtSession(RpcStream stream, Replica replica, boolean weOpened) {
    this.stream = stream;
    this.replica = replica;
    this.state = new EbtState(!weOpened);
  }

  /** Whether the other side has ever sent notes: it speaks the protocol. */
  boolean wasUnderstood() {
    return state.heardNotes();
  }

  /**
   * Replicates until the stream ends.
   *
   * @throws RpcException when the other side ends it with an error
   * @throws PeerException when the connection is gone, or the other side breaks the protocol
   */
  void run(Tasks tasks) throws RpcException, PeerException, InterruptedException {
    try (Replica.Subscription _ = replica.subscribe(listener());
        Tasks.Scope scope = tasks.scope("ebt")) {
      // Before anything is taken in, so that nothing we want looks unasked for.
      state.want(replica.wanted(), replica::head);
      scope.fork("ebt sender", this::sendUntilEnd);
      try {
        receiveUntilEnd();
      } finally {
        state.close();
      }
    }
  }

  private Replica.Listener listener() {
    return new Replica.Listener() {
      @Override
      public void entryKept(FeedId feed) {
        state.entryKept(feed);
      }

      @Override
      public void interestsChanged() {
        state.interestsChanged();
      }
    };
  }

  private void receiveUntilEnd() throws RpcException, PeerException, InterruptedException {
    List<ClassicMessage> batch = new ArrayList<>();
    Optional<RpcItem> item = stream.receive();
    while (item.isPresent()) {
      takeNotesOrMessage(item.get()).ifPresent(batch::add);
      item = batch.size() < BATCH_MAX ? stream.receiveNow() : Optional.empty();
      if (item.isEmpty()) {
        offer(batch);
        batch.clear();
        item = stream.receive();
      }
    }
  }

  private Optional<ClassicMessage> takeNotesOrMessage(RpcItem item) throws PeerException {
    if (item.type() != BodyType.JSON) {
      throw new PeerException("EBT carries JSON only");
    }
    if (MessageShape.of(item.body()) instanceof MessageShape.Bare(Bytes value)) {
      return switch (ClassicCodec.parse(value)) {
        case ClassicCodec.Parsed(ClassicMessage message)
            when state.expects(message.author(), message.sequence()) ->
            Optional.of(message);
        case ClassicCodec.Parsed _ -> Optional.empty();
        case ClassicCodec.Refused _ -> {
          // Some program took it for a message; that ends its author's feed here, not the line.
          ClassicCodec.authorOf(value).ifPresent(state::giveUp);
          yield Optional.empty();
        }
      };
    }
    takeNotes(item);
    return Optional.empty();
  }

  private void takeNotes(RpcItem item) throws PeerException {
    try {
      if (!(item.json() instanceof JsObject object)) {
        throw new PeerException("EBT carries messages and notes only");
      }
      Map<FeedId, Note> notes = Notes.parse(object);
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
    Set<FeedId> refused = replica.offer(batch, state::announced);
    Set<FeedId> feeds = new LinkedHashSet<>();
    batch.forEach(message -> feeds.add(message.author()));
    for (FeedId feed : feeds) {
      if (refused.contains(feed)) {
        state.giveUp(feed);
        continue;
      }
      // What came too early waits for its turn: we have what stands before it, and no more.
      long kept = replica.head(feed);
      state.received(feed, kept);
      if (feed.equals(replica.peer()) && kept > state.announced(feed)) {
        // Its author is told where her new entry has got to; of others' entries she hears later.
        state.acknowledge(feed);
      }
    }
  }

  private void sendUntilEnd() throws InterruptedException {
    try {
      sendWhatIsDue();
    } catch (PeerException e) {
      // The connection is gone; the receiving task hears of it too, and reports it.
      state.close();
    } catch (RuntimeException e) {
      // A stream on which only one side talks looks alive and is not.
      try {
        stream.fail(new RpcException("this side failed"));
      } catch (PeerException gone) {
        e.addSuppressed(gone);
      }
      throw e;
    }
  }

  private void sendWhatIsDue() throws PeerException, InterruptedException {
    boolean open = true;
    while (open) {
      EbtState.Due due = state.awaitDue();
      if (due.interests()) {
        state.want(replica.wanted(), replica::head);
      }
      open = sendNotes(state.notesDue());
      if (!due.feeds().isEmpty() && replica.peerMayReceive()) {
        for (FeedId feed : due.feeds()) {
          open = open && sendEntries(feed);
        }
      }
      open = open && !due.closed();
    }
  }

  private boolean sendNotes(Optional<Map<FeedId, Note>> notes)
      throws PeerException, InterruptedException {
    if (notes.isPresent()) {
      for (JsObject packet : Notes.packets(notes.get())) {
        if (!stream.send(packet)) {
          return false;
        }
      }
    }
    return true;
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
}
