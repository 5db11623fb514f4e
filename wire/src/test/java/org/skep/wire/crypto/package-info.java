/** Tests of the shared ciphers, signatures and digests, by the vectors of their specifications. */
@NullMarked
package org.skep.wire.crypto;

import org.jspecify.annotations.NullMarked;
