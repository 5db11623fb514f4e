/**
 * Blobs over a connection, both ways.
 *
 * <p>Invariants: only what the account keeps itself, or people it follows show, is given, and only
 * to whom the account lets read it; what is not given looks like what is not here; a blob that is
 * being sent is leased. Only what people it follows show is fetched, and nobody is asked for
 * anything else; that a peer wants a blob is no reason to want it. What came under a name is that
 * or nothing.
 *
 * <p>Sources: npm {@code ssb-blobs} 2.0.1 and {@code multiblob} 1.13.8; parts end before the byte
 * that {@code end} names.
 */
@NullMarked
package org.skep.networks.scuttlebutt.blobs;

import org.jspecify.annotations.NullMarked;
