package org.skep.networks.scuttlebutt;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.skep.kernel.Bytes;
import org.skep.kernel.Connection;
import org.skep.kernel.PeerException;
import org.skep.kernel.Tasks;
import org.skep.networks.scuttlebutt.handshake.ClientResult;
import org.skep.networks.scuttlebutt.handshake.Handshake;
import org.skep.networks.scuttlebutt.handshake.HandshakeException;
import org.skep.networks.scuttlebutt.handshake.ServerResult;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.replication.AskedPeers;

/** Shakes hands on fresh connections, within a deadline, and makes a session of each. */
final class Greeter {
  /** A whole handshake's time, however many bytes trickle in meanwhile. */
  static final Duration HANDSHAKE_MAX = Duration.ofSeconds(10);

  /** A connection on which nothing at all came for so long is dead; pings come more often. */
  private static final Duration SILENCE_MAX = Duration.ofMinutes(15);

  private final ScuttlebuttProtocol.Ground ground;
  private final Bytes networkKey;
  private final AskedPeers turns;

  Greeter(ScuttlebuttProtocol.Ground ground, Bytes networkKey, AskedPeers turns) {
    this.ground = ground;
    this.networkKey = networkKey;
    this.turns = turns;
  }

  private interface Shaking<T> {
    T run() throws IOException, HandshakeException;
  }

  /**
   * Answers whoever dialled.
   *
   * @throws PeerException when the other side is nobody we talk to
   */
  PeerSession answer(Connection connection) throws PeerException {
    List<VaultIdentity> identities = VaultIdentity.all(ground.store(), ground.vault());
    if (identities.isEmpty()) {
      throw new PeerException("nobody lives here yet");
    }
    ServerResult result =
        within(
            connection,
            () ->
                Handshake.server(
                    connection.input(),
                    connection.output(),
                    networkKey,
                    identities,
                    (ours, theirs) ->
                        identities.stream()
                            .filter(identity -> identity.publicKey().equals(ours))
                            .allMatch(identity ->
                                PeerSession.admitted(ground, identity, new FeedId(theirs))),
                    ground.randomness().bytes(Handshake.EPHEMERAL_SEED_BYTES)));
    VaultIdentity called =
        identities.stream()
            .filter(identity -> identity.publicKey().equals(result.identity().publicKey()))
            .findFirst()
            .orElseThrow();
    return new PeerSession(
        ground, turns, called, new FeedId(result.client()), false, connection, result.keys());
  }

  /**
   * Proves that we are one of our accounts to whoever must be at the other end.
   *
   * @throws PeerException when somebody else is there
   */
  PeerSession call(Connection connection, VaultIdentity ours, FeedId peer) throws PeerException {
    ClientResult result =
        within(
            connection,
            () ->
                Handshake.client(
                    connection.input(),
                    connection.output(),
                    networkKey,
                    ours,
                    peer.key(),
                    ground.randomness().bytes(Handshake.EPHEMERAL_SEED_BYTES)));
    return new PeerSession(ground, turns, ours, peer, true, connection, result.keys());
  }

  private <T> T within(Connection connection, Shaking<T> shaking) throws PeerException {
    connection.readTimeout(HANDSHAKE_MAX);
    try (Tasks.Scope scope = ground.tasks().scope("handshake")) {
      scope.fork(
          "handshake deadline",
          () -> {
            ground.clock().sleep(HANDSHAKE_MAX);
            connection.close();
          });
      T result = shaking.run();
      connection.readTimeout(SILENCE_MAX);
      return result;
    } catch (HandshakeException e) {
      throw new PeerException(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new PeerException("the line broke during the handshake", e);
    }
  }
}
