/**
 * JSON with JavaScript's meaning, to the byte: what {@code JSON.parse} makes of a text and what
 * {@code JSON.stringify} writes back. Some networks sign that very text, so one digit or one key
 * out of place loses a signature.
 *
 * <p>Invariants: parsing is bounded in length and depth and throws nothing but {@link
 * org.skep.wire.json.JsonException}; objects keep JavaScript's order of keys; writing what was
 * parsed gives V8's bytes. Others sign the one canonical form of a value, whatever text said it.
 *
 * <p>Specifications: RFC 8259; ECMA-262, 15th edition (2024), sections 6.1.6.1.20
 * (Number::toString), 10.1.11.1 (OrdinaryOwnPropertyKeys), 25.5.1 (JSON.parse) and 25.5.2
 * (JSON.stringify); RFC 8785 (canonical form). Compared with V8 11.3 (Node 20).
 */
@NullMarked
package org.skep.wire.json;

import org.jspecify.annotations.NullMarked;
