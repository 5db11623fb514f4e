package org.skep.networks.scuttlebutt.handshake;

import org.skep.kernel.Bytes;

/**
 * What a handshake leaves behind: one key and first nonce for each direction of the box stream.
 *
 * @param sendKey 32 secret bytes
 * @param sendNonce 24 bytes
 * @param receiveKey 32 secret bytes
 * @param receiveNonce 24 bytes
 */
public record SessionKeys(Bytes sendKey, Bytes sendNonce, Bytes receiveKey, Bytes receiveNonce) {}
