package org.skep.networks.scuttlebutt.replication;

import java.util.List;
import java.util.concurrent.Semaphore;
import org.skep.kernel.Bytes;
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

  HistoryServer(Replica replica) {
    this.replica = replica;
  }

  /** A feed that is not served looks like one that has no entries. */
  void serve(RpcRequest request, RpcStream stream)
      throws RpcException, PeerException, InterruptedException {
    HistoryRequest wish = HistoryRequest.parse(request.options());
    if (wish.live() && wish.sequence() > 1) {
      // Who replicates asks for what stands after the last entry it has.
      replica.peerHas(wish.feed(), wish.sequence() - 1);
    }
    Semaphore news = new Semaphore(0);
    try (Replica.Subscription _ = replica.subscribe(listener(wish.feed(), news))) {
      stream.onEnding(news::release);
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
          news.acquire();
          news.drainPermits();
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

  private static Replica.Listener listener(FeedId feed, Semaphore news) {
    return new Replica.Listener() {
      @Override
      public void entryKept(FeedId kept, long sequence) {
        if (kept.equals(feed)) {
          news.release();
        }
      }

      @Override
      public void interestsChanged() {
        news.release();
      }
    };
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
