package org.skep.kernel;

/**
 * Bytes that claim to be a record of some network.
 *
 * @param bytes as they came, already bounded by the protocol that read them
 */
public record RawItem(NetworkId network, Bytes bytes) {}
