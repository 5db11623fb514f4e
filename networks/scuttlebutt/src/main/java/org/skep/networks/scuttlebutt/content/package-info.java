/**
 * What Scuttlebutt messages say: posts, profiles, follows and votes. Pure.
 *
 * <p>Invariants: reading never fails, whatever a stranger wrote: a field of another shape than any
 * seen in the wild is absent, a list keeps its sound entries up to a bound, an unreadable whole is
 * {@link org.skep.networks.scuttlebutt.content.Content.Unknown}. Writing gives the one shape that
 * every program reads.
 *
 * <p>Specifications: SIP 10 (threads); for the rest no specification exists, only convention:
 * ssb-about-self 1.1.0, ssb-friends 5.1.7, ssb-threads 10.8.0, ssb-ref 2.16.0.
 */
@NullMarked
package org.skep.networks.scuttlebutt.content;

import org.jspecify.annotations.NullMarked;
