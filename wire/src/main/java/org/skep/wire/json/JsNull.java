package org.skep.wire.json;

/** JavaScript's {@code null}. */
public enum JsNull implements JsValue {
  NULL
}
