package org.skep.wire.json;

import java.util.List;

/**
 * A list of values.
 *
 * @param items copied; never changes
 */
public record JsArray(List<JsValue> items) implements JsValue {
  public JsArray {
    items = List.copyOf(items);
  }
}
