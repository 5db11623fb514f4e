/** Codecs and ciphers that several networks share; pure functions, no I/O. */
@NullMarked
package org.skep.wire;

import org.jspecify.annotations.NullMarked;
