package org.skep.wire.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class JsonParserTest {
  private static final JsonLimits LIMITS = new JsonLimits(1000, 3);

  @Test
  void theDeepestAllowedTextIsRead() throws Exception {
    assertEquals("[[[1]]]", V8Writer.stringify(JsonParser.parse("[[[1]]]", LIMITS)));
  }

  @Test
  void aDeeperTextIsRefusedWithAReason() {
    JsonException refusal =
        assertThrows(JsonException.class, () -> JsonParser.parse("[[{\"a\":[]}]]", LIMITS));
    assertTrue(String.valueOf(refusal.getMessage()).contains("deeper than the allowed 3"));
  }

  @Test
  void depthCountsWhatStandsInsideNotWhatStandsBeside() throws Exception {
    JsonParser.parse("[[[]],[[]],{\"a\":{}},[[]]]", LIMITS);
  }

  @Test
  void theDeepestPossibleTextFitsTheStack() throws Exception {
    int depth = JsonLimits.DEPTH_POSSIBLE;
    String text = "[".repeat(depth) + "]".repeat(depth);
    JsValue value = JsonParser.parse(text, new JsonLimits(10_000, depth));
    assertEquals(text, V8Writer.stringify(value));
  }

  @Test
  void aLongerTextIsRefusedBeforeItIsRead() {
    JsonException refusal =
        assertThrows(
            JsonException.class, () -> JsonParser.parse("x".repeat(4), new JsonLimits(3, 1)));
    assertTrue(String.valueOf(refusal.getMessage()).contains("4 characters"));
  }

  @Test
  void aRefusalNamesThePlace() {
    JsonException refusal =
        assertThrows(JsonException.class, () -> JsonParser.parse("[1,]", LIMITS));
    assertEquals("a value was expected, at character 3", refusal.getMessage());
  }

  @Test
  void memberTextsAreCutOutAsWritten() throws Exception {
    String text = " {\"b\" : [1, 2.50] ,\"1\":\"\\u0061\",\"b\":  {\"x\":1E2}\n} ";
    SequencedMap<String, String> members = JsonParser.memberTexts(text, LIMITS);
    assertEquals(Map.of("b", "{\"x\":1E2}", "1", "\"\\u0061\""), members);
    assertEquals(List.of("b", "1"), List.copyOf(members.keySet()));
  }

  @Test
  void memberTextsWantOneWholeObject() {
    for (String text : List.of("[1]", "null", "", "{\"a\":1", "{\"a\":1} x", "{\"a\":tru}")) {
      assertThrows(JsonException.class, () -> JsonParser.memberTexts(text, LIMITS), text);
    }
  }

  @Test
  void protoIsAKeyLikeAnyOther() throws Exception {
    JsObject object = (JsObject) JsonParser.parse("{\"__proto__\":{\"x\":1}}", LIMITS);
    assertEquals(Optional.empty(), object.get("x"));
    assertEquals("{\"x\":1}", V8Writer.stringify(object.get("__proto__").orElseThrow()));
  }

  @Test
  void aPutKeyKeepsItsPlace() {
    JsObject object = JsObject.EMPTY.with("a", "1").with("b", "2").with("7", "3").with("a", "4");
    assertEquals("{\"7\":\"3\",\"a\":\"4\",\"b\":\"2\"}", V8Writer.stringify(object));
    assertEquals("{\"7\":\"3\",\"b\":\"2\"}", V8Writer.stringify(object.without("a")));
  }

  @Test
  void aTextBeyondItsBoundIsGivenUp() throws Exception {
    JsValue value = JsonParser.parse("[[[" + "1,".repeat(400) + "1]]]", LIMITS);
    int length = V8Writer.stringify(value, 2).length();
    assertEquals(
        Optional.of(V8Writer.stringify(value, 2)), V8Writer.stringifyWithin(value, 2, length));
    assertEquals(Optional.empty(), V8Writer.stringifyWithin(value, 2, length - 1));
  }

  @Test
  void numbersThatAreNoneAreWrittenAsNull() {
    JsArray none =
        new JsArray(
            List.of(
                new JsNumber(Double.NaN),
                new JsNumber(Double.POSITIVE_INFINITY),
                new JsNumber(Double.NEGATIVE_INFINITY)));
    assertEquals("[null,null,null]", V8Writer.stringify(none));
  }
}
