package org.skep.networks.scuttlebutt.handshake;

import org.skep.kernel.PublicKey;

/**
 * The end of a handshake for the side that was dialled.
 *
 * @param keys for the box stream
 * @param identity which of ours the caller meant
 * @param client who has proved to be at the other end
 */
public record ServerResult(SessionKeys keys, Identity identity, PublicKey client) {}
