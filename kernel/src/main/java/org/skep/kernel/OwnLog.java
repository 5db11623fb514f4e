package org.skep.kernel;

import java.util.Optional;

/**
 * An account's own operations. Every own act is one, signed by this location's key, before any
 * network hears of it.
 */
public interface OwnLog {
  /**
   * Writes an intent as the next operation of the log it belongs to; sealed unless it is for
   * anybody. Keeps nothing: the engine does.
   */
  Authored.Written write(Tx tx, AccountId account, Intent intent);

  /** The key under which the account's operations are known; absent before it has one. */
  Optional<Ref> author(Tx tx, AccountId account);
}
