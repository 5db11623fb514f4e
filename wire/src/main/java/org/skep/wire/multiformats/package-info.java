/**
 * Values that say of themselves what they are: base58, and keys that name their kind.
 *
 * <p>Invariants: each value has one form, and no other is taken; what is read is bounded before
 * anything is computed.
 *
 * <p>Specifications: draft-msporny-base58-03; Controlled Identifiers v1.0 (W3C, 2025), sections
 * 2.2.2 (Multikey) and 2.4 (Multibase); the did:key method v0.9.
 */
@NullMarked
package org.skep.wire.multiformats;

import org.jspecify.annotations.NullMarked;
