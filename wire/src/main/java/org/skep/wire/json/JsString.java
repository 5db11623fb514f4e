package org.skep.wire.json;

/**
 * A run of UTF-16 code units; surrogates may stand alone, as in JavaScript.
 *
 * @param value the text, of any length
 */
public record JsString(String value) implements JsValue {}
