package org.skep.wire.json;

import java.util.Optional;
import org.skep.kernel.Bytes;

/**
 * The one form of a value that does not depend on who wrote it: no whitespace, keys in order of
 * their UTF-16 code units, strings and numbers as JavaScript writes them. Any thread.
 *
 * <p>Source: RFC 8785, JSON Canonicalization Scheme (JCS), section 3.2.
 */
public final class CanonicalJson {
  private CanonicalJson() {}

  /**
   * The value's canonical form in UTF-8. As deep as the value: what came from elsewhere was parsed
   * within {@link JsonLimits}.
   *
   * @return empty where there is none: a number is not finite, or half of a surrogate pair stands
   *     alone in a string or a key (RFC 8785, sections 3.2.2.2 and 3.2.2.3)
   */
  public static Optional<Bytes> of(JsValue value) {
    return hasForm(value) ? Optional.of(Bytes.ofUtf8(V8Writer.sorted(value))) : Optional.empty();
  }

  private static boolean hasForm(JsValue value) {
    return switch (value) {
      case JsObject object ->
          object.members().entrySet().stream()
              .allMatch(member -> isWhole(member.getKey()) && hasForm(member.getValue()));
      case JsArray array -> array.items().stream().allMatch(CanonicalJson::hasForm);
      case JsString(String text) -> isWhole(text);
      case JsNumber(double number) -> Double.isFinite(number);
      case JsBool _, JsNull _ -> true;
    };
  }

  private static boolean isWhole(String text) {
    return text.codePoints()
        .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
  }
}
