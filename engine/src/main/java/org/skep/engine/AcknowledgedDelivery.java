package org.skep.engine;

import org.skep.kernel.Aliases;
import org.skep.kernel.Delivery;
import org.skep.kernel.Lane;
import org.skep.kernel.Ref;
import org.skep.kernel.Store;

/** Keeps how far each peer says it has our own logs; a peer never goes back. */
public final class AcknowledgedDelivery implements Delivery {
  private final Store store;
  private final Aliases aliases;

  public AcknowledgedDelivery(Store store, Aliases aliases) {
    this.store = store;
    this.aliases = aliases;
  }

  @Override
  public void acknowledged(Ref peer, Ref author, String log, long sequence) {
    store.write(
        Lane.LIVE,
        tx -> {
          long number = aliases.number(tx, author);
          boolean own =
              tx.number("SELECT 1 FROM account_identity WHERE identity = ?", number).isPresent();
          return own
              ? tx.run(
                  "INSERT INTO acknowledged (author, log, peer, sequence) VALUES (?, ?, ?, ?)"
                      + " ON CONFLICT (author, log, peer) DO UPDATE SET"
                      + " sequence = max(sequence, excluded.sequence)",
                  number,
                  log,
                  aliases.number(tx, peer),
                  sequence)
              : 0;
        });
  }
}
