package org.skep.wire.json;

/**
 * A value as {@code JSON.parse} makes it. Immutable; any thread. Two values are equal when they
 * hold the same, whatever the order of keys; -0 and 0 differ.
 */
public sealed interface JsValue permits JsObject, JsArray, JsString, JsNumber, JsBool, JsNull {}
