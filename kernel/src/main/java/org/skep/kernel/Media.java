package org.skep.kernel;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Which pictures and files an account wants to have, and gives: those that it keeps itself, and
 * those that people it follows show. What friends of friends and strangers show is neither kept nor
 * given. Runs inside the caller's transaction.
 */
public interface Media {
  /**
   * What is shown and not here: people's pictures first, then the newest. What was here and had to
   * make room is not among it before somebody misses it.
   *
   * @param network whose people show it
   * @param lengthBytesMax nothing that says it is longer
   */
  List<Hash> missing(Tx tx, AccountId account, NetworkId network, long lengthBytesMax, int max);

  /** Whether the account may take in a blob. Asked before anything of it is stored. */
  boolean isWanted(Tx tx, AccountId account, Hash blob);

  /**
   * Those of the blobs that are here and that the account gives to a peer, with lengths: not what
   * only people show who say in public that they block the peer.
   */
  Map<Hash, Long> given(Tx tx, AccountId account, Ref peer, Collection<Hash> asked);
}
