/**
 * Private box, Scuttlebutt's way to seal a content for one to seven feeds. Pure.
 *
 * <p>Invariants: a box says to nobody for whom it is; whoever can't open it learns its length
 * alone. What is written has at most {@link
 * org.skep.networks.scuttlebutt.privatebox.PrivateBox#READERS_MAX} readers, as every program reads
 * it; what is read may have as many as fit. The newer format, {@code .box2}, is kept and passed on
 * as it is, and not read.
 *
 * <p>Specification: private-box 0.3.1 and ssb-box 1.0.1; the protocol guide, "Private messages".
 */
@NullMarked
package org.skep.networks.scuttlebutt.privatebox;

import org.jspecify.annotations.NullMarked;
