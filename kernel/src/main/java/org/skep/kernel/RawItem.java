package org.skep.kernel;

import java.util.Optional;

/**
 * Bytes that claim to be a record of some network.
 *
 * @param bytes as they came, already bounded by the protocol that read them
 * @param reading what the network's protocol has made of these very bytes on the way, so that the
 *     network need not read them again
 */
public record RawItem(NetworkId network, Bytes bytes, Optional<Reading> reading) {

  /** A network's own; nobody else looks into it. */
  public interface Reading {}

  public RawItem(NetworkId network, Bytes bytes) {
    this(network, bytes, Optional.empty());
  }
}
