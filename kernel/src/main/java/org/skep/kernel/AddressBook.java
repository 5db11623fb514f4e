package org.skep.kernel;

import java.util.List;

/** Addresses that accounts asked to be dialled, kept over restarts. Any thread. */
public interface AddressBook {
  /**
   * @param address in the network's own form
   */
  record Entry(AccountId account, String address) {}

  /** Keeps an address; one that is known already changes nothing. */
  void remember(NetworkId network, Entry entry);

  List<Entry> all(NetworkId network);
}
