package org.skep.engine;

import org.skep.kernel.Tx;

/** Numbers for the names of those who bring something, each given once. */
final class Bringers {
  private Bringers() {}

  /**
   * The number of a bringer, given now when it has none.
   *
   * @param name see {@link org.skep.kernel.Origin#peer}
   */
  static long number(Tx tx, String name) {
    return tx.number("SELECT number FROM origin WHERE words = ?", name)
        .orElseGet(() ->
            tx.number("INSERT INTO origin (words) VALUES (?) RETURNING number", name)
                .orElseThrow());
  }
}
