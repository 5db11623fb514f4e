package org.skep.engine;

import java.util.List;
import org.skep.kernel.AccountId;
import org.skep.kernel.AddressBook;
import org.skep.kernel.Lane;
import org.skep.kernel.NetworkId;
import org.skep.kernel.Store;

/** The table of addresses. */
public final class SqlAddressBook implements AddressBook {
  private final Store store;

  public SqlAddressBook(Store store) {
    this.store = store;
  }

  @Override
  public void remember(NetworkId network, Entry entry) {
    store.write(
        Lane.OWN,
        tx ->
            tx.run(
                "INSERT OR IGNORE INTO address (account, network, address) VALUES (?, ?, ?)",
                entry.account().value(),
                network.name(),
                entry.address()));
  }

  @Override
  public List<Entry> all(NetworkId network) {
    return store.read(tx ->
        tx.all(
            row -> new Entry(new AccountId(row.number(0)), row.text(1)),
            "SELECT account, address FROM address WHERE network = ? ORDER BY account, address",
            network.name()));
  }
}
