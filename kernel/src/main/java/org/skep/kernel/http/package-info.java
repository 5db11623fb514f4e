/**
 * The contract of the one HTTP door, inwards: a room registers routes and answers requests in plain
 * records; the door (room {@code http}) listens, guards and limits. No type of a server library
 * appears here.
 *
 * <p>Invariants: a handler only ever sees a request whose host, origin, caller and size the door
 * has already checked; what a handler did not catch never reaches a client as more than a plain
 * sentence; cookies belong to the door alone, so a handler can neither read nor leak one.
 *
 * <p>Specifications: HTTP semantics RFC 9110; server-sent events, WHATWG HTML Living Standard §9.2
 * as of 2026-06.
 */
@NullMarked
package org.skep.kernel.http;

import org.jspecify.annotations.NullMarked;
