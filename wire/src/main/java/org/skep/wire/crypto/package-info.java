/**
 * The ciphers, signatures and digests that networks share: Ed25519 (RFC 8032), X25519 (RFC 7748),
 * XSalsa20-Poly1305 in NaCl's {@code secretbox} form, SHA-2 (FIPS 180-4), BLAKE3. Pure functions
 * over {@link org.skep.kernel.Bytes}; randomness is always handed in.
 */
@NullMarked
package org.skep.wire.crypto;

import org.jspecify.annotations.NullMarked;
