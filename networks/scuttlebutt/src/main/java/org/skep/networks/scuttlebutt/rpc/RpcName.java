package org.skep.networks.scuttlebutt.rpc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.skep.wire.json.JsArray;
import org.skep.wire.json.JsString;
import org.skep.wire.json.JsValue;

/**
 * The name of a method, for instance {@code ebt.replicate}.
 *
 * @param parts 1 to 4 of them, of 1 to 64 characters each
 */
public record RpcName(List<String> parts) {
  private static final int PARTS_MAX = 4;
  private static final int PART_CHARS_MAX = 64;

  public RpcName {
    parts = List.copyOf(parts);
    if (parts.isEmpty() || parts.size() > PARTS_MAX) {
      throw new IllegalArgumentException("a method's name has 1 to 4 parts");
    }
    for (String part : parts) {
      if (part.isEmpty() || part.length() > PART_CHARS_MAX) {
        throw new IllegalArgumentException("a part of a method's name has 1 to 64 characters");
      }
    }
  }

  /** From the form with dots. */
  public static RpcName of(String dotted) {
    return new RpcName(Arrays.asList(dotted.split("\\.", -1)));
  }

  /** From a request: a list of parts, or one part alone as old programs send it. */
  static RpcName of(JsValue value) throws RpcException {
    List<String> parts = new ArrayList<>();
    if (value instanceof JsString(String text)) {
      parts.add(text);
    } else if (value instanceof JsArray(List<JsValue> items) && items.size() <= PARTS_MAX) {
      for (JsValue item : items) {
        if (item instanceof JsString(String text)) {
          parts.add(text);
        }
      }
    }
    try {
      return new RpcName(parts);
    } catch (IllegalArgumentException e) {
      throw new RpcException("the request names no method", e);
    }
  }

  JsValue toJson() {
    List<JsValue> items = new ArrayList<>();
    parts.forEach(part -> items.add(new JsString(part)));
    return new JsArray(items);
  }

  @Override
  public String toString() {
    return String.join(".", parts);
  }
}
