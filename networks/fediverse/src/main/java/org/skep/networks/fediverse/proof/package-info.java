/**
 * Proofs that stand in an object itself, so that it can be believed whoever brings it.
 *
 * <p>Invariants: a proof is of the whole object but itself; whose key it is to be is not decided
 * here. Everything is pure.
 *
 * <p>Specifications: FEP-8b32 (Object Integrity Proofs); Verifiable Credential Data Integrity 1.0;
 * Data Integrity EdDSA Cryptosuites v1.0, section 3.3 ({@code eddsa-jcs-2022}); RFC 8785.
 */
@NullMarked
package org.skep.networks.fediverse.proof;

import org.jspecify.annotations.NullMarked;
