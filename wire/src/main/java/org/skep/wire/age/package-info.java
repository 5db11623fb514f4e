/**
 * The file format age, version 1, sealed by a passphrase: what is sealed here opens with any of
 * age's programs, and the reverse. Works on the streams that are handed in, in chunks of 64 KiB.
 *
 * <p>Source: C2SP, age.md, version 1.0.0 ("The age file encryption format").
 */
@NullMarked
package org.skep.wire.age;

import org.jspecify.annotations.NullMarked;
