package org.skep.networks.scuttlebutt.blobs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.kernel.Clock;
import org.skep.kernel.Hash;
import org.skep.kernel.PeerException;
import org.skep.kernel.Tasks;
import org.skep.networks.scuttlebutt.message.BlobId;
import org.skep.networks.scuttlebutt.rpc.RpcConnection;
import org.skep.networks.scuttlebutt.rpc.RpcException;
import org.skep.networks.scuttlebutt.rpc.RpcItem;
import org.skep.networks.scuttlebutt.rpc.RpcKind;
import org.skep.networks.scuttlebutt.rpc.RpcMethods;
import org.skep.networks.scuttlebutt.rpc.RpcRequest;
import org.skep.networks.scuttlebutt.rpc.RpcStream;
import org.skep.wire.json.JsArray;
import org.skep.wire.json.JsBool;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;
import org.skep.wire.json.JsValue;

/**
 * Blobs over one connection, both ways: tells the other side which ones we want and have, hears the
 * same from it, and fetches what it offers, one after the other.
 *
 * <p>What the other side wants is no reason for us to want it (ssb-blobs calls that sympathy).
 */
public final class BlobExchange {
  private static final System.Logger LOG = System.getLogger(BlobExchange.class.getName());

  /** Long pasts show many blobs within a moment; they are looked at together. */
  private static final Duration GATHER = Duration.ofSeconds(1);

  /** Before the next offer after one that could not be taken just now. */
  private static final Duration LATER = Duration.ofSeconds(2);

  /** How many blobs an older program is asked for in one call, and how long it may think. */
  private static final int ASKED_AT_ONCE = 100;

  private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

  private final BlobShelf shelf;
  private final Clock clock;
  private final BlobServer server;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final BlobWants wants = new BlobWants();
  private final Set<Hash> toSay = new HashSet<>();
  private final Map<Hash, Long> toGive = new HashMap<>();
  private final Set<Hash> came = new HashSet<>();
  private final AtomicBoolean telling = new AtomicBoolean();
  private boolean missingDue;

  public BlobExchange(BlobShelf shelf, Clock clock) {
    this.shelf = shelf;
    this.clock = clock;
    this.server = new BlobServer(shelf);
  }

  /** Adds the methods by which the other side asks for our blobs and hears of our wants. */
  public RpcMethods.Builder serve(RpcMethods.Builder methods) {
    return server.serve(methods).source("blobs.createWants", this::tellWants);
  }

  /**
   * Listens to the other side's wants and fetches what it offers, until the connection ends.
   *
   * @throws PeerException when the connection is gone, or the other side breaks the protocol
   */
  public void run(RpcConnection connection, Tasks tasks)
      throws PeerException, InterruptedException {
    try (BlobShelf.Subscription _ = shelf.subscribe(listener());
        Tasks.Scope scope = tasks.scope("blobs")) {
      // Before the first offer is heard, for what nobody wants is no offer.
      wantWhatIsMissing();
      scope.fork("blob wants", () -> connection.beside(this::gatherWants));
      scope.fork(
          "blob fetching",
          () -> connection.beside(() -> fetchOffers(new BlobFetch(shelf, connection, clock))));
      if (!hearWants(connection)) {
        askForWants(connection);
      }
    }
  }

  private BlobShelf.Listener listener() {
    return new BlobShelf.Listener() {
      @Override
      public void blobChanged(Hash blob) {
        signal(() -> came.add(blob));
      }

      @Override
      public void missingChanged() {
        signal(() -> missingDue = true);
      }
    };
  }

  private void signal(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  // What we want and have, to the other side.

  private void tellWants(RpcRequest request, RpcStream stream)
      throws RpcException, PeerException, InterruptedException {
    if (!telling.compareAndSet(false, true)) {
      throw new RpcException("blobs.createWants is told already");
    }
    try {
      stream.onEnding(() -> signal(() -> {}));
      boolean heard = stream.send(JsObject.EMPTY);
      while (heard) {
        List<JsObject> packets = awaitPackets(stream);
        heard = !packets.isEmpty();
        for (JsObject packet : packets) {
          heard = heard && stream.send(packet);
        }
      }
    } finally {
      telling.set(false);
    }
  }

  /** Empty when the stream is ending. */
  private List<JsObject> awaitPackets(RpcStream stream) throws InterruptedException {
    lock.lock();
    try {
      while (toSay.isEmpty() && toGive.isEmpty() && !stream.isEnding()) {
        changed.await();
      }
      if (stream.isEnding()) {
        return List.of();
      }
      List<JsObject> packets = new ArrayList<>();
      if (!toSay.isEmpty()) {
        packets.add(BlobWants.wanted(toSay));
      }
      if (!toGive.isEmpty()) {
        packets.add(BlobWants.held(toGive));
      }
      toSay.clear();
      toGive.clear();
      return packets;
    } finally {
      lock.unlock();
    }
  }

  /** Keeps what is wanted up to date, and gives what came to whoever waits for it. */
  private void gatherWants() throws InterruptedException {
    while (true) {
      Set<Hash> waitedFor = new HashSet<>();
      lock.lock();
      try {
        while (!missingDue && came.isEmpty()) {
          changed.await();
        }
        missingDue = false;
        came.stream().filter(wants::isWantedThere).forEach(waitedFor::add);
        came.clear();
      } finally {
        lock.unlock();
      }
      wantWhatIsMissing();
      give(waitedFor);
      clock.sleep(GATHER);
    }
  }

  private void wantWhatIsMissing() {
    List<Hash> missing = shelf.missing();
    signal(() -> {
      toSay.retainAll(missing);
      toSay.addAll(wants.want(missing));
    });
  }

  private void give(Set<Hash> asked) {
    if (!asked.isEmpty()) {
      Map<Hash, Long> given = shelf.given(asked);
      signal(() -> {
        wants.given(given.keySet());
        toGive.putAll(given);
      });
    }
  }

  // What the other side wants and has.

  /**
   * Hears of wants until the other side ends that.
   *
   * @return false when it does not know how
   */
  private boolean hearWants(RpcConnection connection) throws PeerException, InterruptedException {
    RpcStream stream = connection.open(RpcKind.SOURCE, "blobs.createWants");
    boolean known = false;
    try {
      Optional<RpcItem> item = stream.receive();
      while (item.isPresent()) {
        known = true;
        if (item.get().json() instanceof JsObject packet) {
          give(hear(packet));
        }
        item = stream.receive();
      }
      return true;
    } catch (RpcException e) {
      LOG.log(System.Logger.Level.DEBUG, "blobs.createWants ended: {0}", e.getMessage());
      return known;
    } finally {
      stream.end();
    }
  }

  private Set<Hash> hear(JsObject packet) {
    lock.lock();
    try {
      BlobWants.Heard heard = wants.hear(packet);
      if (heard.offers() > 0) {
        changed.signalAll();
      }
      return heard.wanted();
    } finally {
      lock.unlock();
    }
  }

  /** Older programs don't say what they have; they are asked for each that we come to want. */
  private void askForWants(RpcConnection connection) throws PeerException, InterruptedException {
    while (true) {
      List<Hash> asked = awaitSome();
      JsArray ids =
          new JsArray(
              asked.stream()
                  .<JsValue>map(blob -> new JsString(new BlobId(blob).toString()))
                  .toList());
      try {
        RpcItem answer = connection.call("blobs.has", List.of(ids), ANSWER_MAX);
        if (answer.json() instanceof JsArray(List<JsValue> has) && has.size() == asked.size()) {
          signal(() -> {
            for (int i = 0; i < asked.size(); i++) {
              if (has.get(i).equals(new JsBool(true))) {
                wants.keepOffer(asked.get(i), BlobFetch.LENGTH_UNKNOWN);
              }
            }
          });
        }
      } catch (RpcException e) {
        LOG.log(System.Logger.Level.DEBUG, "it gives no blobs: {0}", e.getMessage());
        return;
      }
    }
  }

  private List<Hash> awaitSome() throws InterruptedException {
    lock.lock();
    try {
      while (toSay.isEmpty()) {
        changed.await();
      }
      List<Hash> some = toSay.stream().limit(ASKED_AT_ONCE).toList();
      some.forEach(toSay::remove);
      return some;
    } finally {
      lock.unlock();
    }
  }

  // Fetching.

  private void fetchOffers(BlobFetch fetch) throws PeerException, InterruptedException {
    while (true) {
      Map.Entry<Hash, Long> offer = awaitOffer();
      BlobFetch.Outcome outcome = fetch.fetch(offer.getKey(), offer.getValue());
      if (outcome == BlobFetch.Outcome.LATER) {
        signal(() -> wants.keepOffer(offer.getKey(), offer.getValue()));
        clock.sleep(LATER);
      }
    }
  }

  private Map.Entry<Hash, Long> awaitOffer() throws InterruptedException {
    lock.lock();
    try {
      Optional<Map.Entry<Hash, Long>> offer = wants.nextOffered();
      while (offer.isEmpty()) {
        changed.await();
        offer = wants.nextOffered();
      }
      return offer.get();
    } finally {
      lock.unlock();
    }
  }
}
