/** What must hold here whatever is sent: the room `fuzz`'s part of this package. */
@NullMarked
package org.skep.networks.fediverse.signature;

import org.jspecify.annotations.NullMarked;
