/** What must hold here whatever is sent: the room `fuzz`'s part of this package. */
@NullMarked
package org.skep.wire.age;

import org.jspecify.annotations.NullMarked;
