package org.skep.wire.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What must hold for every value and every text. */
class JsonPropertiesTest {
  private static final JsonLimits LIMITS = new JsonLimits(1_000_000, 64);

  @Property
  void whatIsWrittenReadsBack(@ForAll @From("values") JsValue value) throws JsonException {
    String compact = V8Writer.stringify(value);
    assertEquals(value, JsonParser.parse(compact, LIMITS));
    assertEquals(value, JsonParser.parse(V8Writer.stringify(value, 2), LIMITS));
    assertEquals(compact, V8Writer.stringify(JsonParser.parse(compact, LIMITS)));
  }

  @Property
  void whatIsWrittenHasAUtf8Form(@ForAll @From("values") JsValue value) {
    String text = V8Writer.stringify(value, 2);
    assertEquals(text, new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
  }

  @Property
  void aBoundedTextIsTheTextOrNothing(
      @ForAll @From("values") JsValue value, @ForAll("bounds") int bound) {
    String text = V8Writer.stringify(value, 2);
    assertEquals(text.length() <= bound, V8Writer.stringifyWithin(value, 2, bound).isPresent());
    V8Writer.stringifyWithin(value, 2, bound).ifPresent(whole -> assertEquals(text, whole));
  }

  @Property(tries = 2000)
  void everyDoubleIsTheShortestThatReadsBack(@ForAll long bits) {
    double value = Double.longBitsToDouble(bits);
    if (!Double.isFinite(value)) {
      return;
    }
    String text = V8Writer.stringify(new JsNumber(value));
    assertEquals(value == 0 ? 0.0 : value, Double.parseDouble(text));
    assertTrue(digits(text) <= digits(Double.toString(value)), text);
  }

  /** How many digits a number is written with, zeros at its ends aside. */
  private static int digits(String number) {
    return new BigDecimal(number).stripTrailingZeros().precision();
  }

  @Property(tries = 2000)
  void anyTextIsReadOrRefused(@ForAll @From("almostJson") String text) {
    try {
      JsValue value = JsonParser.parse(text, LIMITS);
      String written = V8Writer.stringify(value);
      assertEquals(written, V8Writer.stringify(JsonParser.parse(written, LIMITS)));
    } catch (JsonException refusal) {
      assertTrue(String.valueOf(refusal.getMessage()).length() > 10);
    }
  }

  @Provide
  Arbitrary<Integer> bounds() {
    return Arbitraries.integers().between(0, 400);
  }

  @Provide
  Arbitrary<String> almostJson() {
    Arbitrary<String> crumbs =
        Arbitraries.of(
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "d83d", "\"a\"", "\"1\"", "1", "-",
            ".", "e", "E+", "0", "9", "true", "null", "false", " ", "\n", "\u0000", "\u00e9",
            "{\"a\":", "[1,", "\ud83d", "\ude00", "\u2028", "\ufeff");
    return crumbs.list().ofMaxSize(20).map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<JsValue> values() {
    Arbitrary<JsValue> leaves =
        Arbitraries.oneOf(
            texts().map(JsString::new),
            numbers().map(JsNumber::new),
            Arbitraries.of(true, false).map(JsBool::new),
            Arbitraries.just(JsNull.NULL));
    return Arbitraries.recursive(() -> leaves, this::containers, 0, 3);
  }

  private Arbitrary<JsValue> containers(Arbitrary<JsValue> inner) {
    Arbitrary<JsValue> arrays = inner.list().ofMaxSize(4).map(JsArray::new);
    Arbitrary<JsValue> objects =
        Combinators.combine(keys(), inner)
            .as(Tuple::of)
            .list()
            .ofMaxSize(5)
            .map(members -> {
              LinkedHashMap<String, JsValue> map = new LinkedHashMap<>();
              members.forEach(member -> map.put(member.get1(), member.get2()));
              return new JsObject(map);
            });
    return Arbitraries.oneOf(List.of(inner, arrays, objects));
  }

  private static Arbitrary<String> keys() {
    return Arbitraries.oneOf(
        texts(), Arbitraries.longs().between(-1, 5_000_000_000L).map(String::valueOf));
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withCharRange('\u0000', '\u0100')
        .withCharRange('\ud7f0', '\ue010')
        .withChars('\u2028', '\u2029', '\ufeff', '\uffff')
        .ofMaxLength(8);
  }

  /** -0 is written as 0, so it alone does not read back. */
  private static Arbitrary<Double> numbers() {
    return Arbitraries.longs()
        .map(Double::longBitsToDouble)
        .filter(value -> Double.isFinite(value) && Double.compare(value, -0.0) != 0);
  }
}
