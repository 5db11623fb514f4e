package org.skep.wire.json;

/**
 * An IEEE 754 double, JavaScript's only number.
 *
 * @param value may be infinite (a text such as {@code 1e999} is) and is then written as {@code
 *     null}, as JavaScript does
 */
public record JsNumber(double value) implements JsValue {}
