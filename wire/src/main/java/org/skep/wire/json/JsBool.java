package org.skep.wire.json;

/** {@code true} or {@code false}. */
public record JsBool(boolean value) implements JsValue {}
