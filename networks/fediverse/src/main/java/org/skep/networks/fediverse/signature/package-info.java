/**
 * Who sent an HTTP request: signatures over its head, in the two ways that the Fediverse has, and
 * over its body by a digest.
 *
 * <p>Invariants: a claim is complete before any key is looked for, so that whoever can't be
 * believed costs no fetch; which algorithm is used follows from the key and never from the request;
 * a signature without the parts that make a request what it is (its method and target, its body, a
 * time) is none. Everything here is pure.
 *
 * <p>Specifications: draft-cavage-http-signatures-12; RFC 9421; RFC 9530 and, for the field {@code
 * Digest}, RFC 3230 with RFC 5843; RFC 8941.
 */
@NullMarked
package org.skep.networks.fediverse.signature;

import org.jspecify.annotations.NullMarked;
