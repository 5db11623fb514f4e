package org.skep.kernel;

import java.util.List;

/**
 * How a network goes for one account, for the status page.
 *
 * @param words one plain sentence
 * @param address what to give to friends so that they can dial the account; empty when nobody can
 * @param peers those it is, or wants to be, connected to
 */
public record NetworkStatus(String words, String address, List<Peer> peers) {
  /**
   * @param peer the other's identity
   * @param address where it is dialled; empty when it came to us
   * @param words one plain sentence
   */
  public record Peer(Ref peer, String address, boolean connected, String words) {}
}
