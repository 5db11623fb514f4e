package org.skep.networks.scuttlebutt;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.skep.kernel.Connection;
import org.skep.kernel.DiskException;
import org.skep.kernel.PeerException;
import org.skep.kernel.Policy;
import org.skep.kernel.Tasks;
import org.skep.networks.scuttlebutt.blobs.BlobExchange;
import org.skep.networks.scuttlebutt.blobs.KernelBlobShelf;
import org.skep.networks.scuttlebutt.boxstream.BoxStreamException;
import org.skep.networks.scuttlebutt.handshake.SessionKeys;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.replication.AskedPeers;
import org.skep.networks.scuttlebutt.replication.KernelDoors;
import org.skep.networks.scuttlebutt.replication.KernelReplica;
import org.skep.networks.scuttlebutt.replication.Replica;
import org.skep.networks.scuttlebutt.replication.Replication;
import org.skep.networks.scuttlebutt.rpc.RpcConnection;
import org.skep.networks.scuttlebutt.rpc.RpcException;
import org.skep.networks.scuttlebutt.rpc.RpcKind;
import org.skep.networks.scuttlebutt.rpc.RpcLimits;
import org.skep.networks.scuttlebutt.rpc.RpcMethods;
import org.skep.networks.scuttlebutt.rpc.RpcStream;
import org.skep.wire.json.JsNumber;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;

/** One connection between one of our accounts and one peer, from the handshake to the goodbye. */
final class PeerSession {
  private final ScuttlebuttProtocol.Ground ground;
  private final VaultIdentity ours;
  private final FeedId peer;
  private final boolean weDialled;
  private final Replica replica;
  private final Replication replication;
  private final BlobExchange blobs;
  private final RpcConnection rpc;

  PeerSession(
      ScuttlebuttProtocol.Ground ground,
      AskedPeers turns,
      VaultIdentity ours,
      FeedId peer,
      boolean weDialled,
      Connection connection,
      SessionKeys keys) {
    this.ground = ground;
    this.ours = ours;
    this.peer = peer;
    this.weDialled = weDialled;
    KernelDoors doors =
        new KernelDoors(
            ScuttlebuttNetwork.ID,
            ground.store(),
            ground.feeds(),
            ground.inbox(),
            ground.policy(),
            ground.delivery(),
            ground.memory(),
            ground.diary());
    this.replica = new KernelReplica(doors, ours.account(), ours.feed(), peer);
    this.replication = new Replication(replica, turns, ground.clock(), ground.tasks());
    this.blobs =
        new BlobExchange(
            new KernelBlobShelf(
                new KernelBlobShelf.Doors(
                    ground.store(), ground.blobs(), ground.media(), ground.policy()),
                ours.account(),
                ScuttlebuttNetwork.refOf(peer)),
            ground.clock());
    this.rpc =
        new RpcConnection(
            new BoxLine(connection, keys), methods(), RpcLimits.DEFAULT, ground.clock());
  }

  private RpcMethods methods() {
    JsObject self = JsObject.EMPTY.with("id", new JsString(ours.feed().toString()));
    RpcMethods.Builder methods =
        RpcMethods.serving()
            .sync("whoami", _ -> self)
            .duplex("gossip.ping", (_, stream) -> GossipPing.play(stream, ground.clock(), false));
    return blobs.serve(replication.serve(methods)).build();
  }

  Sessions.Pair pair() {
    return new Sessions.Pair(ours.account(), peer);
  }

  /** Whether the account wants what the peer writes, as of a friend or a friend's friend. */
  boolean isWanted() {
    return replica.isWanted(peer);
  }

  /**
   * Serves and asks until the connection ends.
   *
   * @throws PeerException when the other side broke the rules or the line broke, in words
   */
  void run() throws PeerException, InterruptedException {
    try (Tasks.Scope scope = ground.tasks().scope("peer " + peer)) {
      scope.fork("admission", () -> guard(this::watchAdmission));
      scope.fork("blobs", () -> guard(() -> blobs.run(rpc, ground.tasks())));
      if (weDialled) {
        scope.fork("replicate", () -> guard(this::replicate));
        scope.fork("ping", () -> guard(this::ping));
      }
      rpc.run(ground.tasks());
    } catch (BoxStreamException e) {
      throw new PeerException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new PeerException("the line broke", e);
    }
  }

  /** Says goodbye; {@link #run} ends soon after. */
  void close() {
    rpc.close();
  }

  /** Cuts the line. */
  void hangUp() {
    rpc.hangUp();
  }

  private interface Work {
    void run() throws PeerException, InterruptedException;
  }

  private void guard(Work work) throws InterruptedException {
    try {
      work.run();
    } catch (PeerException e) {
      rpc.abort(e);
    } catch (DiskException e) {
      rpc.abort(new PeerException("this computer's disk takes nothing", e));
    } catch (RuntimeException | Error e) {
      rpc.abort(new PeerException("this program failed", e));
      throw e;
    }
  }

  /** A line on which nothing is replicated any more is given up, so that it is dialled anew. */
  private void replicate() throws PeerException, InterruptedException {
    replication.call(rpc);
    throw new PeerException("the other side stopped replicating");
  }

  private void ping() throws PeerException, InterruptedException {
    JsObject options = JsObject.EMPTY.with("timeout", new JsNumber(GossipPing.INTERVAL.toMillis()));
    RpcStream stream = rpc.open(RpcKind.DUPLEX, "gossip.ping", options);
    try {
      GossipPing.play(stream, ground.clock(), true);
    } catch (RpcException e) {
      // A program without it is as good a peer.
    } finally {
      stream.end();
    }
  }

  /** Whoever is blocked while connected is shown out. */
  private void watchAdmission() throws InterruptedException {
    Semaphore changes = new Semaphore(0);
    Replica.Listener listener =
        new Replica.Listener() {
          @Override
          public void entryKept(FeedId feed, long sequence) {}

          @Override
          public void interestsChanged() {
            changes.release();
          }
        };
    try (Replica.Subscription _ = replica.subscribe(listener)) {
      while (admitted(ground, ours, peer)) {
        changes.acquire();
        changes.drainPermits();
      }
      rpc.abort(new PeerException("the other side is not admitted any more"));
    }
  }

  static boolean admitted(ScuttlebuttProtocol.Ground ground, VaultIdentity ours, FeedId peer) {
    return ground
            .store()
            .read(tx ->
                ground
                    .policy()
                    .may(tx, ours.account(), ScuttlebuttNetwork.refOf(peer), Policy.Deed.CONNECT))
        instanceof Policy.Decision.Allowed;
  }
}
