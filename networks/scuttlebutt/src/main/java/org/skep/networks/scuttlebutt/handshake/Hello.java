package org.skep.networks.scuttlebutt.handshake;

import java.util.Optional;
import org.skep.kernel.Bytes;
import org.skep.networks.scuttlebutt.handshake.HandshakeException.Reason;
import org.skep.wire.crypto.Digests;
import org.skep.wire.crypto.Ed25519;
import org.skep.wire.crypto.X25519;

/**
 * The first message of each side: an ephemeral key and the proof that its maker knows the network
 * key.
 *
 * @param secret our ephemeral X25519 secret, 32 bytes
 * @param key our ephemeral X25519 key, 32 bytes
 * @param proof the key authenticated under the network key, 32 bytes
 */
record Hello(Bytes secret, Bytes key, Bytes proof) {

  /**
   * As {@code secret-handshake} makes it: the seed becomes an Ed25519 pair and that an X25519 pair,
   * so that recorded conversations can be played again.
   */
  static Hello make(Bytes networkKey, Bytes seed) {
    if (networkKey.length() != Handshake.NETWORK_KEY_BYTES
        || seed.length() != Handshake.EPHEMERAL_SEED_BYTES) {
      throw new IllegalArgumentException("a network key and a seed have 32 bytes each");
    }
    return of(networkKey, Ed25519.x25519Secret(seed));
  }

  static Hello of(Bytes networkKey, Bytes secret) {
    Bytes key = X25519.publicKey(secret);
    return new Hello(secret, key, Digests.auth(networkKey, key));
  }

  Bytes message() {
    return Bytes.concat(proof, key);
  }

  Optional<Bytes> agree(Bytes theirX25519) {
    return X25519.agree(secret, theirX25519);
  }

  /** Checks the other side's first message and agrees on the first of three secrets. */
  Agreed agree(Bytes networkKey, Bytes theirMessage) throws HandshakeException {
    Bytes theirProof = theirMessage.slice(0, 32);
    Bytes theirKey = theirMessage.slice(32, 64);
    if (!Digests.auth(networkKey, theirKey).equals(theirProof)) {
      throw new HandshakeException(Reason.OTHER_NETWORK);
    }
    Bytes shared = agree(theirKey).orElseThrow(() -> new HandshakeException(Reason.WEAK_KEY));
    return new Agreed(theirKey, theirProof, shared, Digests.sha256(shared));
  }

  /**
   * What both sides know after the first two messages.
   *
   * @param theirEphemeral the other side's ephemeral X25519 key, 32 bytes
   * @param theirProof its authenticator under the network key, 32 bytes
   * @param sharedSecret the agreement of the two ephemeral keys, 32 bytes
   * @param sharedSecretHash its SHA-256, which the signatures bind
   */
  record Agreed(
      Bytes theirEphemeral, Bytes theirProof, Bytes sharedSecret, Bytes sharedSecretHash) {

    /**
     * The key of the client's proof: only the client and the server it means can make it.
     *
     * @param clientToServer the agreement of the client's ephemeral and the server's long-term key
     */
    Bytes clientProofKey(Bytes networkKey, Bytes clientToServer) {
      return Digests.sha256(Bytes.concat(networkKey, sharedSecret, clientToServer));
    }
  }
}
