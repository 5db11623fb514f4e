package org.skep.networks.scuttlebutt.handshake;

import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;
import org.skep.wire.crypto.Digests;
import org.skep.wire.crypto.SecretBox;

/**
 * All that both sides have agreed on at the end, and the keys that follow from it.
 *
 * @param networkKey 32 bytes
 * @param agreed the ephemeral agreement
 * @param clientToServer agreement of the client's ephemeral and the server's long-term key
 * @param serverToClient agreement of the server's ephemeral and the client's long-term key
 */
record Secrets(Bytes networkKey, Hello.Agreed agreed, Bytes clientToServer, Bytes serverToClient) {

  /** The key of the server's proof. */
  Bytes serverProofKey() {
    return Digests.sha256(
        Bytes.concat(networkKey, agreed.sharedSecret(), clientToServer, serverToClient));
  }

  /**
   * Each direction is keyed by who receives it and starts at the receiver's first proof, so that no
   * key and nonce ever serve both ways.
   */
  SessionKeys sessionKeys(PublicKey ours, PublicKey theirs, Hello ourHello) {
    Bytes session = Digests.sha256(serverProofKey());
    return new SessionKeys(
        Digests.sha256(Bytes.concat(session, theirs.bytes())),
        agreed.theirProof().slice(0, SecretBox.NONCE_BYTES),
        Digests.sha256(Bytes.concat(session, ours.bytes())),
        ourHello.proof().slice(0, SecretBox.NONCE_BYTES));
  }
}
