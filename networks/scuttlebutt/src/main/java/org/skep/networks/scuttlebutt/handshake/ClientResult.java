package org.skep.networks.scuttlebutt.handshake;

import org.skep.kernel.PublicKey;

/**
 * The end of a handshake for the side that dialled.
 *
 * @param keys for the box stream
 * @param server who has proved to be at the other end
 */
public record ClientResult(SessionKeys keys, PublicKey server) {}
