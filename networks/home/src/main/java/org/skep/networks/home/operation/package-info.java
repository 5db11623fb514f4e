/**
 * Operations of the home log: the signed, chained records in which everything an owner does is
 * written first.
 *
 * <p>Source: p2panda-core 0.7.1 (p2panda/p2panda at c38ad496, header version 1; {@code
 * operation.rs}, {@code serde.rs}, {@code prune.rs}, {@code identity.rs}), narrowed to one encoding
 * per operation and to extensions that are a map; see {@code docs/networks/home.md}. CBOR: RFC
 * 8949, Ed25519: RFC 8032, BLAKE3-256.
 *
 * <p>Invariants: a {@link org.skep.networks.home.operation.Header} that exists has its optional
 * fields exactly where its numbers demand them; its encoding is unique, so the bytes that were
 * received are the bytes that were signed; nothing here does I/O, reads a clock or draws
 * randomness.
 */
@NullMarked
package org.skep.networks.home.operation;

import org.jspecify.annotations.NullMarked;
