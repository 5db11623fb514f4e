/** What must hold here whatever is sent: the room `fuzz`'s part of this package. */
@NullMarked
package org.skep.networks.scuttlebutt.message;

import org.jspecify.annotations.NullMarked;
