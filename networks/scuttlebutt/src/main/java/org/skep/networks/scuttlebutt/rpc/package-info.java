/**
 * muxrpc: many calls and streams over one box stream.
 *
 * <p>Invariants: every length, count and queue is bounded before anything is allocated; a stream
 * whose reader is slow stops the connection from being read, so that the sender feels it; what is
 * written by the reading thread itself never waits for the other side to read; a call that nobody
 * serves is answered with an error; errors carry a name and a sentence, never a stack. The manifest
 * is derived from the methods that are served and can name no other.
 *
 * <p>Specification: Scuttlebutt Protocol Guide (November 2023), "RPC protocol"; npm {@code muxrpc}
 * 6.7.3, {@code packet-stream} 2.0.6 and {@code packet-stream-codec} 1.2.0 as the behaviour to
 * match.
 */
@NullMarked
package org.skep.networks.scuttlebutt.rpc;

import org.jspecify.annotations.NullMarked;
