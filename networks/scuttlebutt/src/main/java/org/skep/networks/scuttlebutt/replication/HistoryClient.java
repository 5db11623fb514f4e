package org.skep.networks.scuttlebutt.replication;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.skep.kernel.Bytes;
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

  private static final int BATCH_MAX = 100;

  private final RpcConnection connection;
  private final Replica replica;

  HistoryClient(RpcConnection connection, Replica replica) {
    this.connection = connection;
    this.replica = replica;
  }

  /** Fetches until the connection ends. */
  void run(Tasks tasks) throws PeerException, InterruptedException {
    Set<FeedId> wanted = replica.wanted();
    List<FeedId> feeds = wanted.stream().limit(FEEDS_MAX).toList();
    for (FeedId feed : feeds) {
      fetchOld(feed);
    }
    try (Tasks.Scope scope = tasks.scope("history")) {
      for (FeedId feed : feeds) {
        scope.fork("history", () -> follow(feed));
      }
      scope.join();
    }
  }

  /** A feed that fails costs that feed only. */
  private void fetchOld(FeedId feed) throws PeerException, InterruptedException {
    RpcStream stream = open(feed, false);
    try {
      List<ClassicMessage> batch = new ArrayList<>();
      boolean sound = true;
      Optional<ClassicMessage> message = next(stream, feed);
      while (sound && message.isPresent()) {
        batch.add(message.get());
        if (batch.size() >= BATCH_MAX) {
          sound = flush(feed, batch, Replica.END_UNKNOWN);
        }
        message = next(stream, feed);
      }
      if (sound) {
        flush(feed, batch, Replica.END_UNKNOWN);
      }
    } catch (RpcException e) {
      // It does not have the feed, or will not give it.
    } finally {
      stream.end();
    }
  }

  private void follow(FeedId feed) throws InterruptedException {
    try {
      long end = replica.head(feed);
      RpcStream stream = open(feed, true);
      try {
        List<ClassicMessage> messages = new ArrayList<>();
        boolean sound = true;
        Optional<ClassicMessage> message = next(stream, feed);
        while (sound && message.isPresent()) {
          messages.add(message.get());
          sound = flush(feed, messages, end);
          message = next(stream, feed);
        }
      } finally {
        stream.end();
      }
    } catch (RpcException | PeerException e) {
      // The stream or the connection is over, and with it this task; the reader reports the reason.
    }
  }

  private RpcStream open(FeedId feed, boolean live) throws PeerException, InterruptedException {
    return connection.open(
        RpcKind.SOURCE, "createHistoryStream", HistoryRequest.from(feed, replica.head(feed), live));
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
   * The next message of the feed; what else comes, such as {@code {"sync":true}}, is passed over.
   */
  private static Optional<ClassicMessage> next(RpcStream stream, FeedId feed)
      throws RpcException, PeerException, InterruptedException {
    Optional<RpcItem> item = stream.receive();
    while (item.isPresent()) {
      Optional<Bytes> value =
          switch (MessageShape.of(item.get().body())) {
            case MessageShape.Bare(Bytes bare) -> Optional.of(bare);
            case MessageShape.Enveloped enveloped -> Optional.of(enveloped.value());
            case MessageShape.Neither _ -> Optional.empty();
          };
      if (value.isPresent()
          && ClassicCodec.parse(value.get()) instanceof ClassicCodec.Parsed(ClassicMessage message)
          && message.author().equals(feed)) {
        return Optional.of(message);
      }
      item = stream.receive();
    }
    return Optional.empty();
  }
}
