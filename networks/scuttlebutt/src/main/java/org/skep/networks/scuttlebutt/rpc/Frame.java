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

  /** About what a packet that waits takes in memory beside its body, which may be empty. */
  private static final int MEMORY_BYTES = 96;

  /** About what a packet that waits, or an item of one, takes in memory. */
  static int memoryBytes(Bytes body) {
    return MEMORY_BYTES + body.length();
  }
}
