/** Tests of the one permitted form of CBOR. */
@NullMarked
package org.skep.wire.cbor;

import org.jspecify.annotations.NullMarked;
