package org.skep.kernel;

/** What a network does with a connection that somebody opened to us. */
@FunctionalInterface
public interface ConnectionHandler {
  /**
   * Serves one connection on its own virtual thread; returning closes it.
   *
   * @throws PeerException when the other side broke the rules: closes it too, and goes to the log
   */
  void accept(Connection connection) throws PeerException, InterruptedException;
}
