/**
 * Secure Scuttlebutt, the classic network: {@link org.skep.networks.scuttlebutt.ScuttlebuttNetwork}
 * translates between its messages and the program's own words, {@link
 * org.skep.networks.scuttlebutt.ScuttlebuttMapper} purely.
 *
 * <p>Sources: ssbc/scuttlebutt-protocol-guide (November 2023), ssbc/sips 1 and 10 (August 2023),
 * and the behaviour of ssb-db2 8.1.0 and ssb-classic.
 */
@NullMarked
package org.skep.networks.scuttlebutt;

import org.jspecify.annotations.NullMarked;
