package org.skep.kernel;

import java.util.Optional;

/**
 * Gives every foreign name a number, once and for ever, so that views may be dropped and rebuilt
 * and still call everything the same.
 */
public interface Aliases {
  /** The number of the name; a new one when the name was never seen. */
  long number(Tx tx, Ref name);

  Optional<Long> find(Tx tx, Ref name);

  /**
   * @throws StoreException when the number was never given
   */
  Ref name(Tx tx, long number);
}
