package org.skep.networks.scuttlebutt.replication;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.kernel.Bytes;
import org.skep.kernel.Clock;
import org.skep.kernel.PeerException;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.rpc.BodyType;
import org.skep.networks.scuttlebutt.rpc.RpcException;
import org.skep.networks.scuttlebutt.rpc.RpcItem;
import org.skep.networks.scuttlebutt.rpc.RpcRequest;
import org.skep.networks.scuttlebutt.rpc.RpcStream;
import org.skep.wire.json.JsString;

/** Serves {@code createHistoryStream}: one feed's entries, and those to come when asked. */
final class HistoryServer {
  private static final int BATCH_MAX = 100;

  private final Replica replica;
  private final Clock clock;

  HistoryServer(Replica replica, Clock clock) {
    this.replica = replica;
    this.clock = clock;
  }

  /** A feed that is not served looks like one that has no entries. */
  void serve(RpcRequest request, RpcStream stream)
      throws RpcException, PeerException, InterruptedException {
    HistoryRequest wish = HistoryRequest.parse(request.options());
    if (wish.live() && wish.sequence() > 1) {
      // Who replicates asks for what stands after the last entry it has.
      replica.peerHas(wish.feed(), wish.sequence() - 1);
    }
    News news = new News(wish.feed());
    try (Replica.Subscription _ = replica.subscribe(news)) {
      stream.onEnding(news::lookAtOnce);
      long from = Math.max(wish.sequence() - 1, 0);
      if (!wish.old()) {
        from = Math.max(from, replica.head(wish.feed()));
      }
      long left = wish.limit();
      while (left > 0) {
        List<Replica.Entry> entries = entries(wish.feed(), from, left);
        for (Replica.Entry entry : entries) {
          if (!stream.send(item(wish, entry))) {
            return;
          }
          from = entry.sequence();
          left--;
        }
        if (entries.isEmpty()) {
          if (!wish.live()) {
            return;
          }
          news.await(clock);
        }
        if (stream.isEnding()) {
          return;
        }
      }
    }
  }

  private List<Replica.Entry> entries(FeedId feed, long after, long left) {
    boolean served = replica.peerMayReceive() && replica.isWanted(feed);
    return served ? replica.after(feed, after, (int) Math.min(left, BATCH_MAX)) : List.of();
  }

  /**
   * What a live stream waits for. A peer may have hundreds of them, and while friends' pasts
   * arrive, whom they follow changes all the time; so that alone is looked at once a second at
   * most.
   */
  private static final class News implements Replica.Listener {
    private final FeedId feed;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Optional<Long> interestsReadNanos = Optional.empty();
    private boolean atOnce;
    private boolean interests;

    News(FeedId feed) {
      this.feed = feed;
    }

    @Override
    public void entryKept(FeedId kept, long sequence) {
      if (kept.equals(feed)) {
        lookAtOnce();
      }
    }

    void lookAtOnce() {
      lock.lock();
      try {
        atOnce = true;
        changed.signal();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void interestsChanged() {
      lock.lock();
      try {
        interests = true;
        changed.signal();
      } finally {
        lock.unlock();
      }
    }

    /** Waits until it is time to look. */
    void await(Clock clock) throws InterruptedException {
      lock.lock();
      try {
        while (!atOnce && !(interests && waitNanos(clock) <= 0)) {
          if (interests) {
            clock.await(changed, Duration.ofNanos(Math.max(1, waitNanos(clock))));
          } else {
            changed.await();
          }
        }
        if (!atOnce) {
          interests = false;
          interestsReadNanos = Optional.of(clock.monotonicNanos());
        }
        atOnce = false;
      } finally {
        lock.unlock();
      }
    }

    private long waitNanos(Clock clock) {
      return interestsReadNanos
          .map(last -> last + EbtState.INTERESTS_EVERY.toNanos() - clock.monotonicNanos())
          .orElse(0L);
    }
  }

  private static RpcItem item(HistoryRequest wish, Replica.Entry entry) {
    if (!wish.values()) {
      return RpcItem.json(new JsString(entry.id()));
    }
    if (!wish.keys()) {
      return new RpcItem(BodyType.JSON, entry.text());
    }
    // The value is passed on as it came, not written anew; ids and numbers need no escapes.
    Bytes before = Bytes.ofUtf8("{\"key\":\"" + entry.id() + "\",\"value\":");
    Bytes after = Bytes.ofUtf8(",\"timestamp\":" + entry.receivedMillis() + "}");
    return new RpcItem(BodyType.JSON, Bytes.concat(before, entry.text(), after));
  }
}
