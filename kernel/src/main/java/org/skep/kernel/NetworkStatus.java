package org.skep.kernel;

import java.util.List;

/**
 * How a network goes, for the status page.
 *
 * @param words one plain sentence
 * @param listening where others can reach it; empty when nobody can
 * @param peers those it is, or wants to be, connected to
 */
public record NetworkStatus(String words, String listening, List<Peer> peers) {
  /**
   * @param who the account on whose behalf
   * @param peer the other's identity
   * @param address where it is dialled; empty when it came to us
   * @param words one plain sentence
   */
  public record Peer(AccountId who, Ref peer, String address, boolean connected, String words) {}
}
