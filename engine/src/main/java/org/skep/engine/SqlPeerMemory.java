package org.skep.engine;

import java.util.Optional;
import org.skep.kernel.AccountId;
import org.skep.kernel.Aliases;
import org.skep.kernel.Bytes;
import org.skep.kernel.Lane;
import org.skep.kernel.PeerMemory;
import org.skep.kernel.Ref;
import org.skep.kernel.Store;

/** A table of what networks remember about their peers. */
public final class SqlPeerMemory implements PeerMemory {
  /** How many peers are remembered for each account. */
  static final int PEERS_MAX = 256;

  private final Store store;
  private final Aliases aliases;

  public SqlPeerMemory(Store store, Aliases aliases) {
    this.store = store;
    this.aliases = aliases;
  }

  @Override
  public Optional<Bytes> recall(AccountId account, Ref peer) {
    return store.read(tx ->
        aliases
            .find(tx, peer)
            .flatMap(number ->
                tx.first(
                    row -> row.bytes(0),
                    "SELECT bytes FROM peer_memory WHERE account = ? AND peer = ?",
                    account.value(),
                    number)));
  }

  @Override
  public void remember(AccountId account, Ref peer, Bytes bytes) {
    if (bytes.length() > BYTES_MAX) {
      throw new IllegalArgumentException("too much to remember: " + bytes.length() + " bytes");
    }
    store.write(
        Lane.BULK,
        tx -> {
          long number = aliases.number(tx, peer);
          tx.run("DELETE FROM peer_memory WHERE account = ? AND peer = ?", account.value(), number);
          // A new row stands last: the table's own order says who was met longest ago.
          tx.run(
              "INSERT INTO peer_memory (account, peer, bytes) VALUES (?, ?, ?)",
              account.value(),
              number,
              bytes);
          return tx.run(
              "DELETE FROM peer_memory WHERE account = ? AND number NOT IN (SELECT number FROM"
                  + " peer_memory WHERE account = ? ORDER BY number DESC LIMIT ?)",
              account.value(),
              account.value(),
              PEERS_MAX);
        });
  }
}
