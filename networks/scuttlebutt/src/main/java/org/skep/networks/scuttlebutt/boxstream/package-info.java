/**
 * The box stream: bytes sealed in boxes of at most 4 KiB, one direction at a time, with an
 * authenticated end.
 *
 * <p>Invariants: nothing is handed out that was not authenticated; the end of the conversation and
 * the breaking of the line are told apart; a nonce is never used twice.
 *
 * <p>Specification: Scuttlebutt Protocol Guide (November 2023), "Box stream"; npm {@code
 * pull-box-stream} 1.0.13 as the behaviour to match.
 */
@NullMarked
package org.skep.networks.scuttlebutt.boxstream;

import org.jspecify.annotations.NullMarked;
