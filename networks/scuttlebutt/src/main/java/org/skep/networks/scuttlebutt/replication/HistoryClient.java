package org.skep.networks.scuttlebutt.replication;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.skep.kernel.Bytes;
import org.skep.kernel.Clock;
import org.skep.kernel.Diary;
import org.skep.kernel.PeerException;
import org.skep.kernel.Tasks;
import org.skep.networks.scuttlebutt.message.ClassicCodec;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.MessageShape;
import org.skep.networks.scuttlebutt.rpc.RpcConnection;
import org.skep.networks.scuttlebutt.rpc.RpcException;
import org.skep.networks.scuttlebutt.rpc.RpcItem;
import org.skep.networks.scuttlebutt.rpc.RpcKind;
import org.skep.networks.scuttlebutt.rpc.RpcStream;

/**
 * Fetches feeds by {@code createHistoryStream} from a program that does not speak EBT: what it has
 * first, one feed after another, then one live stream a feed.
 */
final class HistoryClient {
  /** How many feeds are followed on one connection; each is a stream there and a task here. */
  static final int FEEDS_MAX = 256;

  /** How long the next message of what is there already may take. */
  static final Duration SILENCE_MAX = Duration.ofSeconds(20);

  private static final int BATCH_MAX = 100;

  private final RpcConnection connection;
  private final Replica replica;
  private final Clock clock;
  private final Semaphore changes = new Semaphore(1);
  private volatile boolean gone;

  HistoryClient(RpcConnection connection, Replica replica, Clock clock) {
    this.connection = connection;
    this.replica = replica;
    this.clock = clock;
  }

  /** Fetches, also what is wanted later, until the connection ends. */
  void run(Tasks tasks) throws PeerException, InterruptedException {
    Set<FeedId> begun = new HashSet<>();
    try (Replica.Subscription _ = replica.subscribe(listener());
        Tasks.Scope scope = tasks.scope("history")) {
      while (true) {
        changes.acquire();
        changes.drainPermits();
        if (gone) {
          return;
        }
        Set<FeedId> wanted = replica.wanted();
        // Who is wanted again later is fetched again: her feed may have been let go of.
        begun.retainAll(wanted);
        List<FeedId> fresh =
            wanted.stream()
                .filter(feed -> !begun.contains(feed))
                .limit(FEEDS_MAX - begun.size())
                .toList();
        begun.addAll(fresh);
        fetchOld(fresh);
        for (FeedId feed : fresh) {
          scope.fork("history", () -> connection.beside(() -> follow(feed)));
        }
        // While friends' pasts arrive, whom they follow changes all the time.
        clock.sleep(EbtState.INTERESTS_EVERY);
      }
    }
  }

  private Replica.Listener listener() {
    return new Replica.Listener() {
      @Override
      public void entryKept(FeedId feed, long sequence) {}

      @Override
      public void interestsChanged() {
        changes.release();
      }
    };
  }

  /** Whoever does not answer is asked no further: what is there comes by the live streams, too. */
  private void fetchOld(List<FeedId> feeds) throws PeerException, InterruptedException {
    for (FeedId feed : feeds) {
      if (!fetchOld(feed)) {
        return;
      }
    }
  }

  /**
   * A feed that fails costs that feed only.
   *
   * @return false when nothing more came, and no end either
   */
  private boolean fetchOld(FeedId feed) throws PeerException, InterruptedException {
    RpcStream stream = open(feed, false);
    List<ClassicMessage> batch = new ArrayList<>();
    boolean sound = true;
    boolean answered = true;
    try {
      Optional<ClassicMessage> message = next(inTime(stream), feed);
      while (sound && message.isPresent()) {
        batch.add(message.get());
        if (batch.size() >= BATCH_MAX) {
          sound = flush(feed, batch, Replica.END_UNKNOWN);
        }
        message = next(inTime(stream), feed);
      }
    } catch (RpcException e) {
      // It does not have the feed, or will not give it; or it says neither.
      answered = stream.isEnding();
      replica.happened(
          feed,
          new Diary.Happening.Failed(
              answered ? "it answered: " + e.getMessage() : "it did not answer in time"));
    } finally {
      stream.end();
    }
    if (sound) {
      flush(feed, batch, Replica.END_UNKNOWN);
    }
    return answered;
  }

  /** What a stream carries. */
  private interface Items {
    Optional<RpcItem> next() throws RpcException, PeerException, InterruptedException;
  }

  /** Until the next message; whoever sends anything else is no less silent. */
  private Items inTime(RpcStream stream) {
    long end = clock.monotonicNanos() + SILENCE_MAX.toNanos();
    return () -> stream.receiveBy(clock, end);
  }

  private void follow(FeedId feed) throws InterruptedException {
    try {
      long end = replica.head(feed);
      RpcStream stream = open(feed, true);
      try {
        List<ClassicMessage> messages = new ArrayList<>();
        boolean sound = true;
        Optional<ClassicMessage> message = next(stream::receive, feed);
        while (sound && message.isPresent()) {
          messages.add(message.get());
          sound = flush(feed, messages, end);
          message = next(stream::receive, feed);
        }
      } finally {
        stream.end();
      }
    } catch (RpcException e) {
      // The stream is over, and with it this task.
      replica.happened(feed, new Diary.Happening.Failed("it answered: " + e.getMessage()));
    } catch (PeerException e) {
      // The connection is over; the reader reports the reason.
      gone = true;
      changes.release();
    }
  }

  private RpcStream open(FeedId feed, boolean live) throws PeerException, InterruptedException {
    long head = replica.head(feed);
    replica.happened(feed, new Diary.Happening.Asked(head));
    return connection.open(
        RpcKind.SOURCE, "createHistoryStream", HistoryRequest.from(feed, head, live));
  }

  private boolean flush(FeedId feed, List<ClassicMessage> messages, long end)
      throws InterruptedException {
    if (messages.isEmpty()) {
      return true;
    }
    boolean sound = replica.offer(feed, messages, end);
    messages.clear();
    return sound;
  }

  /**
   * The next message of the feed; what is none, such as {@code {"sync":true}}, is passed over. An
   * entry that can't be read is an end: nothing after it could be kept.
   */
  private Optional<ClassicMessage> next(Items items, FeedId feed)
      throws RpcException, PeerException, InterruptedException {
    Optional<RpcItem> item = items.next();
    while (item.isPresent()) {
      Optional<Bytes> value =
          switch (MessageShape.of(item.get().body())) {
            case MessageShape.Bare(Bytes bare) -> Optional.of(bare);
            case MessageShape.Enveloped enveloped -> Optional.of(enveloped.value());
            case MessageShape.Neither _ -> Optional.empty();
          };
      if (value.isPresent()) {
        return switch (ClassicCodec.parse(value.get())) {
          case ClassicCodec.Parsed(ClassicMessage message) ->
              Optional.of(message).filter(read -> read.author().equals(feed));
          case ClassicCodec.Refused(String reason) -> {
            replica.happened(feed, new Diary.Happening.Failed("an entry can't be read: " + reason));
            yield Optional.empty();
          }
        };
      }
      item = items.next();
    }
    return Optional.empty();
  }
}
