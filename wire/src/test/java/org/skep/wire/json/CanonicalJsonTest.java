package org.skep.wire.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skep.kernel.Bytes;

final class CanonicalJsonTest {
  private static final JsonLimits LIMITS = new JsonLimits(1 << 16, 64);

  /** The author's own texts; resources/…/jcs/README.md. */
  @ParameterizedTest
  @ValueSource(strings = {"arrays", "french", "structures", "unicode", "values", "weird"})
  void textsOfTheAuthorOfTheRfc(String name) throws IOException, JsonException {
    JsValue value = JsonParser.parse(resource(name + ".input.json"), LIMITS);
    assertEquals(
        Optional.of(resource(name + ".output.json")), CanonicalJson.of(value).map(Bytes::utf8));
  }

  private static String resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(CanonicalJsonTest.class.getResourceAsStream("jcs/" + name), name)) {
      return Bytes.wrap(in.readAllBytes()).utf8();
    }
  }

  /** RFC 8785, appendix B. */
  @ParameterizedTest
  @CsvSource({
    "0000000000000000, 0",
    "8000000000000000, 0",
    "0000000000000001, 5e-324",
    "8000000000000001, -5e-324",
    "7fefffffffffffff, 1.7976931348623157e+308",
    "ffefffffffffffff, -1.7976931348623157e+308",
    "4340000000000000, 9007199254740992",
    "c340000000000000, -9007199254740992",
    "4430000000000000, 295147905179352830000",
    "44b52d02c7e14af5, 9.999999999999997e+22",
    "44b52d02c7e14af6, 1e+23",
    "44b52d02c7e14af7, 1.0000000000000001e+23",
    "444b1ae4d6e2ef4e, 999999999999999700000",
    "444b1ae4d6e2ef4f, 999999999999999900000",
    "444b1ae4d6e2ef50, 1e+21",
    "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
    "3eb0c6f7a0b5ed8d, 0.000001",
    "41b3de4355555553, 333333333.3333332",
    "41b3de4355555554, 333333333.33333325",
    "41b3de4355555555, 333333333.3333333",
    "41b3de4355555556, 333333333.3333334",
    "41b3de4355555557, 333333333.33333343",
    "becbf647612f3696, -0.0000033333333333333333",
    "43143ff3c1cb0959, 1424953923781206.2"
  })
  void numbersOfTheRfc(String bits, String text) {
    double number = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
    assertEquals(Optional.of(text), CanonicalJson.of(new JsNumber(number)).map(Bytes::utf8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e999",
        "[-1e999]",
        "{\"a\":\"\\ud800\"}",
        "{\"\\udead\":1}",
        "[\"\\udc00\\ud800\"]"
      })
  void whatHasNoFormGetsNone(String text) throws JsonException {
    assertEquals(Optional.empty(), CanonicalJson.of(JsonParser.parse(text, LIMITS)));
  }

  @Test
  void keysThatLookLikeNumbersAreSortedAsText() throws JsonException {
    JsValue value =
        JsonParser.parse("{\"9\":1,\"10\":2,\"\\u20ac\":3,\"\\ud83d\\ude00\":4}", LIMITS);
    assertEquals(
        Optional.of("{\"10\":2,\"9\":1,\"\u20ac\":3,\"\ud83d\ude00\":4}"),
        CanonicalJson.of(value).map(Bytes::utf8));
  }
}
