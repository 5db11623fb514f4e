/** What must hold here whatever is sent: the room `fuzz`'s part of this package. */
@NullMarked
package org.skep.networks.fediverse.proof;

import org.jspecify.annotations.NullMarked;
