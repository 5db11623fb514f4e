package org.skep.networks.scuttlebutt.handshake;

import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;
import org.skep.wire.crypto.Ed25519;

/**
 * The client's second message in plain: a signature over the network, the server and the shared
 * secret, and the key that made it.
 *
 * @param bytes 64 bytes of signature, 32 bytes of key
 */
record ClientProof(Bytes bytes) {

  static ClientProof make(
      Identity client, Bytes networkKey, PublicKey server, Bytes sharedSecretHash) {
    Bytes signature = client.sign(signed(networkKey, server, sharedSecretHash));
    return new ClientProof(Bytes.concat(signature, client.publicKey().bytes()));
  }

  PublicKey client() {
    return new PublicKey(bytes.slice(Ed25519.SIGNATURE_BYTES, bytes.length()));
  }

  boolean holdsFor(Bytes networkKey, PublicKey server, Bytes sharedSecretHash) {
    return Ed25519.verify(
        client(),
        signed(networkKey, server, sharedSecretHash),
        bytes.slice(0, Ed25519.SIGNATURE_BYTES));
  }

  private static Bytes signed(Bytes networkKey, PublicKey server, Bytes sharedSecretHash) {
    return Bytes.concat(networkKey, server.bytes(), sharedSecretHash);
  }
}
