package org.skep.networks.scuttlebutt.handshake;

import org.skep.kernel.PublicKey;

/** Whether one of our identities takes a call from a peer that has proved who it is. Any thread. */
@FunctionalInterface
public interface Admission {
  /**
   * Asked before the last message, so that a peer which is not admitted never hears our proof.
   *
   * @param ours the identity that was called
   * @param theirs the caller
   */
  boolean admits(PublicKey ours, PublicKey theirs);
}
