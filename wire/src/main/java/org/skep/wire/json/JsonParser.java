package org.skep.wire.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Reads JSON exactly as V8's {@code JSON.parse} does: the grammar of RFC 8259 and nothing beside
 * it, a repeated key keeps its first place and its last value, numbers become doubles (to the
 * nearest, infinite when too large). What V8 leaves unbounded is bounded here. Any thread.
 */
public final class JsonParser {
  private final String text;
  private final JsonLimits limits;
  private int at;
  private int depth;

  private JsonParser(String text, JsonLimits limits) throws JsonException {
    if (text.length() > limits.lengthCharsMax()) {
      throw new JsonException(
          "the text has "
              + text.length()
              + " characters, more than the allowed "
              + limits.lengthCharsMax());
    }
    this.text = text;
    this.limits = limits;
  }

  /**
   * The value of a whole text.
   *
   * @throws JsonException when the text is not exactly one JSON value, or exceeds a limit
   */
  public static JsValue parse(String text, JsonLimits limits) throws JsonException {
    JsonParser parser = new JsonParser(text, limits);
    parser.skipWhitespace();
    JsValue value = parser.value();
    parser.end();
    return value;
  }

  /**
   * The members of an object with each value as it was written, for those who must keep the very
   * text: key to the slice of {@code text} that holds its value, without the whitespace around it.
   * Every value is parsed and discarded, so that a slice is known to be JSON. Of a repeated key the
   * last value counts, in the first place; array indices are not moved.
   *
   * @throws JsonException when the text is not exactly one JSON object, or exceeds a limit
   */
  public static SequencedMap<String, String> memberTexts(String text, JsonLimits limits)
      throws JsonException {
    JsonParser parser = new JsonParser(text, limits);
    LinkedHashMap<String, String> slices = new LinkedHashMap<>();
    parser.skipWhitespace();
    if (parser.peek() != '{') {
      throw parser.refuse("an object was expected");
    }
    parser.members(key -> {
      int from = parser.at;
      var _ = parser.value();
      slices.put(key, text.substring(from, parser.at));
    });
    parser.end();
    return slices;
  }

  /** What is done with a member; the parser stands on the first character of its value. */
  private interface MemberReader {
    void read(String key) throws JsonException;
  }

  private JsValue value() throws JsonException {
    return switch (peek()) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> new JsString(string());
      case 't' -> word("true", new JsBool(true));
      case 'f' -> word("false", new JsBool(false));
      case 'n' -> word("null", JsNull.NULL);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw refuse("a value was expected");
    };
  }

  private JsObject object() throws JsonException {
    LinkedHashMap<String, JsValue> members = new LinkedHashMap<>();
    members(key -> members.put(key, value()));
    return new JsObject(members);
  }

  private void members(MemberReader reader) throws JsonException {
    enter();
    skipWhitespace();
    if (!skip('}')) {
      do {
        skipWhitespace();
        if (peek() != '"') {
          throw refuse("a key in double quotes was expected");
        }
        String key = string();
        skipWhitespace();
        if (!skip(':')) {
          throw refuse("a colon was expected");
        }
        skipWhitespace();
        reader.read(key);
        skipWhitespace();
      } while (skip(','));
      if (!skip('}')) {
        throw refuse("a comma or the end of the object was expected");
      }
    }
    depth--;
  }

  private JsArray array() throws JsonException {
    enter();
    List<JsValue> items = new ArrayList<>();
    skipWhitespace();
    if (!skip(']')) {
      do {
        skipWhitespace();
        items.add(value());
        skipWhitespace();
      } while (skip(','));
      if (!skip(']')) {
        throw refuse("a comma or the end of the list was expected");
      }
    }
    depth--;
    return new JsArray(items);
  }

  private void enter() throws JsonException {
    if (++depth > limits.depthMax()) {
      throw refuse("values are nested deeper than the allowed " + limits.depthMax());
    }
    at++;
  }

  private JsValue word(String word, JsValue value) throws JsonException {
    if (!text.startsWith(word, at)) {
      throw refuse("a value was expected");
    }
    at += word.length();
    return value;
  }

  private JsNumber number() throws JsonException {
    int from = at;
    skip('-');
    if (!skip('0')) {
      digits();
    }
    if (skip('.')) {
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (!skip('+')) {
        skip('-');
      }
      digits();
    }
    return new JsNumber(Double.parseDouble(text.substring(from, at)));
  }

  private void digits() throws JsonException {
    int from = at;
    while (peek() >= '0' && peek() <= '9') {
      at++;
    }
    if (at == from) {
      throw refuse("a digit was expected");
    }
  }

  private String string() throws JsonException {
    int from = ++at;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        return text.substring(from, at++);
      }
      if (c == '\\') {
        return stringWithEscapes(from);
      }
      if (c < ' ') {
        throw refuse("a control character stands in a string");
      }
      at++;
    }
    throw refuse("a string has no end");
  }

  private String stringWithEscapes(int from) throws JsonException {
    StringBuilder out = new StringBuilder().append(text, from, at);
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c < ' ') {
        throw refuse("a control character stands in a string");
      }
      at++;
      if (c == '"') {
        return out.toString();
      }
      out.append(c == '\\' ? escape() : c);
    }
    throw refuse("a string has no end");
  }

  private char escape() throws JsonException {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> fourHexDigits();
      default -> throw refuse("an unknown escape stands in a string");
    };
  }

  private char fourHexDigits() throws JsonException {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      // Character.digit would also take digits of other scripts, which JSON does not know.
      int digit = peek() < 128 ? Character.digit(peek(), 16) : -1;
      if (digit < 0) {
        throw refuse("four hexadecimal digits were expected");
      }
      unit = unit << 4 | digit;
      at++;
    }
    return (char) unit;
  }

  private void end() throws JsonException {
    skipWhitespace();
    if (at != text.length()) {
      throw refuse("something follows the end of the value");
    }
  }

  private void skipWhitespace() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private boolean skip(char expected) {
    if (at < text.length() && text.charAt(at) == expected) {
      at++;
      return true;
    }
    return false;
  }

  /** The character here; NUL, which no rule accepts outside a string, at the end. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private JsonException refuse(String what) {
    return new JsonException(what + ", at character " + Math.min(at, text.length()));
  }
}
