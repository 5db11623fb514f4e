/**
 * The one permitted form of CBOR (RFC 8949), written and read: the core deterministic encoding of
 * section 4.2.1, narrowed to integers, byte strings, text, arrays, maps with text keys, booleans
 * and null. Floats, tags, {@code undefined} and indefinite lengths don't exist here.
 *
 * <p>Invariant: every value has exactly one encoding, so what was read can be kept byte for byte
 * and what is signed can be written again. The reader never allocates more than the bytes it was
 * given can hold, and never follows nesting deeper than the caller allows.
 */
@NullMarked
package org.skep.wire.cbor;

import org.jspecify.annotations.NullMarked;
