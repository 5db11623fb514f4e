package org.skep.kernel;

import java.util.Optional;

/**
 * What a network writes down about a peer for the next time they meet, in its own form. To lose it
 * costs time and nothing else. Any thread; not from inside a transaction.
 */
public interface PeerMemory {
  int BYTES_MAX = 1 << 20;

  /** What was last remembered of the peer for this account. */
  Optional<Bytes> recall(AccountId account, Ref peer);

  /**
   * Replaces what was remembered. Of very many peers those met longest ago are forgotten.
   *
   * @param bytes at most {@link #BYTES_MAX}
   */
  void remember(AccountId account, Ref peer, Bytes bytes);
}
