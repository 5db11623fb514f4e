package org.skep.networks.scuttlebutt.handshake;

import java.util.Optional;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;

/**
 * A long-term key pair whose secret half stays where it is kept; it can only be asked to act. Any
 * thread.
 */
public interface Identity {
  /** The Ed25519 key by which others know this identity. */
  PublicKey publicKey();

  /**
   * @return the Ed25519 signature over the message, 64 bytes
   */
  Bytes sign(Bytes message);

  /**
   * The X25519 agreement between this identity, turned into an X25519 key, and another's key.
   *
   * @param theirX25519 32 bytes
   * @return 32 secret bytes; empty when they would all be zero
   */
  Optional<Bytes> agree(Bytes theirX25519);
}
