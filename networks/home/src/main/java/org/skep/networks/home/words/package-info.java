/**
 * What operations say: the domain's words in CBOR, plain or sealed.
 *
 * <p>Invariants: a word of a type that is not known, and a field of a known word that is not known,
 * is kept and ignored, so that newer programs may say more; a word is never changed after it was
 * written. The table of words is in {@code docs/networks/home.md}. Specification: none but that
 * page; CBOR is RFC 8949 in its deterministic encoding, sealing is NaCl's {@code crypto_secretbox}.
 */
@NullMarked
package org.skep.networks.home.words;

import org.jspecify.annotations.NullMarked;
