package org.skep.wire.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * An object whose keys stand in JavaScript's order: array indices ({@code "0"} to {@code
 * "4294967294"}, written without leading zeros) ascending, then all others as they were first put
 * (ECMA-262, section 10.1.11.1). {@code __proto__} is a key like any other, as {@code JSON.parse}
 * makes it.
 *
 * @param members in that order, whatever order they were given in; copied; never changes
 */
public record JsObject(SequencedMap<String, JsValue> members) implements JsValue {
  /** No members. */
  public static final JsObject EMPTY = new JsObject(new LinkedHashMap<>());

  private static final long ARRAY_INDEX_MAX = 4_294_967_294L;
  private static final int ARRAY_INDEX_DIGITS_MAX = 10;

  public JsObject {
    members = Collections.unmodifiableSequencedMap(inJavaScriptOrder(members));
  }

  /** The value under a key; empty when there is none ({@code null} is a value). */
  public Optional<JsValue> get(String key) {
    return Optional.ofNullable(members.get(key));
  }

  /** The text under a key; empty when there is none or something else stands there. */
  public Optional<String> string(String key) {
    return members.get(key) instanceof JsString(String text) ? Optional.of(text) : Optional.empty();
  }

  /** This object with the value put: in its old place when the key was there, last otherwise. */
  public JsObject with(String key, JsValue value) {
    LinkedHashMap<String, JsValue> changed = new LinkedHashMap<>(members);
    changed.put(key, value);
    return new JsObject(changed);
  }

  /** {@link #with(String, JsValue)} for a text. */
  public JsObject with(String key, String text) {
    return with(key, new JsString(text));
  }

  /** This object without the key. */
  public JsObject without(String key) {
    LinkedHashMap<String, JsValue> changed = new LinkedHashMap<>(members);
    changed.remove(key);
    return new JsObject(changed);
  }

  private static SequencedMap<String, JsValue> inJavaScriptOrder(Map<String, JsValue> given) {
    boolean hasIndex = false;
    for (String key : given.keySet()) {
      hasIndex |= arrayIndex(key) >= 0;
    }
    if (!hasIndex) {
      return new LinkedHashMap<>(given);
    }
    TreeMap<Long, JsValue> indexed = new TreeMap<>();
    LinkedHashMap<String, JsValue> named = new LinkedHashMap<>();
    given.forEach((key, value) -> {
      long index = arrayIndex(key);
      if (index >= 0) {
        indexed.put(index, value);
      } else {
        named.put(key, value);
      }
    });
    LinkedHashMap<String, JsValue> ordered = new LinkedHashMap<>();
    indexed.forEach((index, value) -> ordered.put(Long.toString(index), value));
    ordered.putAll(named);
    return ordered;
  }

  /** The number a key stands for when it is an array index in canonical form, otherwise -1. */
  private static long arrayIndex(String key) {
    if (key.isEmpty() || key.length() > ARRAY_INDEX_DIGITS_MAX) {
      return -1;
    }
    long index = 0;
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      index = index * 10 + (c - '0');
    }
    boolean leadingZero = key.charAt(0) == '0' && key.length() > 1;
    return leadingZero || index > ARRAY_INDEX_MAX ? -1 : index;
  }
}
