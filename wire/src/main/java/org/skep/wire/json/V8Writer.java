package org.skep.wire.json;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes a value as V8's {@code JSON.stringify} does, byte for byte. In strings only the quote, the
 * backslash, control characters below U+0020 and surrogates standing alone are escaped; everything
 * else, U+2028 and the slash included, stands as it is. So the text never holds a lone surrogate
 * and always has a UTF-8 form. Any thread.
 *
 * <p>Source: ECMA-262, section 25.5.2, with well-formed {@code JSON.stringify} (ES2019).
 */
public final class V8Writer {
  private static final int INDENT_MAX = 10;

  private final StringBuilder out = new StringBuilder();
  private final int indent;
  private final int lengthCharsMax;
  private final boolean sorted;
  private int depth;

  private V8Writer(int indent, int lengthCharsMax, boolean sorted) {
    if (indent < 0 || indent > INDENT_MAX) {
      throw new IllegalArgumentException("an indent has 0 to 10 spaces, not " + indent);
    }
    this.indent = indent;
    this.lengthCharsMax = lengthCharsMax;
    this.sorted = sorted;
  }

  /** {@code JSON.stringify(value)}: no whitespace. */
  public static String stringify(JsValue value) {
    return stringify(value, 0);
  }

  /**
   * {@code JSON.stringify(value, null, indent)}.
   *
   * @param indent spaces a level, 0 to 10
   */
  public static String stringify(JsValue value, int indent) {
    V8Writer writer = new V8Writer(indent, Integer.MAX_VALUE, false);
    writer.value(value);
    return writer.out.toString();
  }

  /**
   * {@link #stringify(JsValue, int)}, given up as soon as the text is longer than allowed: deeply
   * nested values grow a hundredfold by their indent, so whoever writes what a stranger sent needs
   * a bound.
   *
   * @param lengthCharsMax in UTF-16 code units
   * @return empty when the text would be longer
   */
  public static Optional<String> stringifyWithin(JsValue value, int indent, int lengthCharsMax) {
    V8Writer writer = new V8Writer(indent, lengthCharsMax, false);
    writer.value(value);
    return writer.full() ? Optional.empty() : Optional.of(writer.out.toString());
  }

  /**
   * {@link #stringify(JsValue)} with the keys of each object in order of their UTF-16 code units.
   */
  static String sorted(JsValue value) {
    V8Writer writer = new V8Writer(0, Integer.MAX_VALUE, true);
    writer.value(value);
    return writer.out.toString();
  }

  private boolean full() {
    return out.length() > lengthCharsMax;
  }

  private void value(JsValue value) {
    switch (value) {
      case JsObject object -> object(object);
      case JsArray array -> array(array);
      case JsString(String text) -> string(text);
      case JsNumber(double number) -> number(number);
      case JsBool(boolean truth) -> out.append(truth);
      case JsNull _ -> out.append("null");
    }
  }

  private void object(JsObject object) {
    if (object.members().isEmpty()) {
      out.append("{}");
      return;
    }
    out.append('{');
    depth++;
    boolean first = true;
    Map<String, JsValue> members = sorted ? new TreeMap<>(object.members()) : object.members();
    for (Map.Entry<String, JsValue> member : members.entrySet()) {
      separate(first);
      string(member.getKey());
      out.append(indent > 0 ? ": " : ":");
      value(member.getValue());
      if (full()) {
        return;
      }
      first = false;
    }
    depth--;
    newLine();
    out.append('}');
  }

  private void array(JsArray array) {
    if (array.items().isEmpty()) {
      out.append("[]");
      return;
    }
    out.append('[');
    depth++;
    boolean first = true;
    for (JsValue item : array.items()) {
      separate(first);
      value(item);
      if (full()) {
        return;
      }
      first = false;
    }
    depth--;
    newLine();
    out.append(']');
  }

  private void separate(boolean first) {
    if (!first) {
      out.append(',');
    }
    newLine();
  }

  private void newLine() {
    if (indent > 0) {
      out.append('\n').repeat(' ', indent * depth);
    }
  }

  private void number(double number) {
    if (Double.isFinite(number)) {
      EcmaNumber.append(out, number);
    } else {
      out.append("null");
    }
  }

  private void string(String text) {
    out.append('"');
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || (Character.isSurrogate(c) && !inPair(text, i))) {
        out.append(text, plain, i);
        escape(c);
        plain = i + 1;
      }
    }
    out.append(text, plain, text.length()).append('"');
  }

  private void escape(char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> unicodeEscape(c);
    }
  }

  private static boolean inPair(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }

  private void unicodeEscape(char c) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(Character.forDigit(c >> shift & 0xf, 16));
    }
  }
}
