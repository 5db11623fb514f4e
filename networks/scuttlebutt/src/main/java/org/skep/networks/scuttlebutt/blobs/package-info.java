/**
 * Blobs over a connection: so far this side gives, and asks for none.
 *
 * <p>Invariants: only what an account of this node keeps for others is served, and only to whom the
 * account lets read it; what is not served looks like what is not here; a blob that is being sent
 * is leased.
 *
 * <p>Sources: npm {@code ssb-blobs} 2.0.1 and {@code multiblob} 1.13.8.
 */
@NullMarked
package org.skep.networks.scuttlebutt.blobs;

import org.jspecify.annotations.NullMarked;
