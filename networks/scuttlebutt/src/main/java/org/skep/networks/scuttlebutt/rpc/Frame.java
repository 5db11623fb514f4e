package org.skep.networks.scuttlebutt.rpc;

import org.skep.kernel.Bytes;

/**
 * One packet of muxrpc.
 *
 * @param request which call or stream it belongs to: positive from the side that opened it,
 *     negative from the side that answers; 0 belongs to none
 * @param stream whether it belongs to a stream (a single call otherwise)
 * @param end whether it ends the stream, or answers the call with an error
 * @param type how to read the body
 * @param body the bytes as they stood on the wire
 */
record Frame(int request, boolean stream, boolean end, BodyType type, Bytes body) {
  static final int HEADER_BYTES = 9;
}
