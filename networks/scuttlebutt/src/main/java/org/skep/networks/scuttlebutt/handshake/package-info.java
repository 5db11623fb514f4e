/**
 * The secret handshake, version 1: two peers prove to each other who they are and agree on the keys
 * of a box stream.
 *
 * <p>Invariants: a listener says nothing that depends on its people before the caller has proved
 * that it knows the key of one of them; a key agreement that yields zero is refused; long-term
 * secrets never enter this package, which asks an {@link
 * org.skep.networks.scuttlebutt.handshake.Identity} to sign and to agree.
 *
 * <p>Specifications: "Designing a Secret Handshake: Authenticated Key Exchange as a Capability
 * System" (Dominic Tarr, 2015); Scuttlebutt Protocol Guide (November 2023), "Handshake"; npm {@code
 * secret-handshake} 1.1.21 as the behaviour to match. Version 2 was never deployed.
 */
@NullMarked
package org.skep.networks.scuttlebutt.handshake;

import org.jspecify.annotations.NullMarked;
