package org.skep.wire.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Compares with what Node wrote; each file's first line says how it was made. */
class V8RecordingTest {
  private static final JsonLimits LIMITS = new JsonLimits(10_000, 128);

  @Test
  void numbersAreWrittenAsV8WritesThem() throws Exception {
    List<String> lines = recording("v8-numbers.txt");
    assertTrue(lines.size() >= 2000, "the recording is whole");
    for (String line : lines) {
      int space = line.indexOf(' ');
      double value = Double.longBitsToDouble(Long.parseUnsignedLong(line, 0, space, 16));
      String v8 = line.substring(space + 1);
      assertEquals(v8, V8Writer.stringify(new JsNumber(value)), line);
    }
  }

  @Test
  void numbersReadBackAsTheSameDouble() throws Exception {
    for (String line : recording("v8-numbers.txt")) {
      int space = line.indexOf(' ');
      double value = Double.longBitsToDouble(Long.parseUnsignedLong(line, 0, space, 16));
      assertEquals(
          new JsNumber(value == 0 ? 0.0 : value),
          JsonParser.parse(line.substring(space + 1), LIMITS),
          line);
    }
  }

  @Test
  void textsAreReadAndWrittenAsV8DoesIt() throws Exception {
    List<String> lines = recording("v8-texts.txt");
    assertTrue(lines.size() >= 500, "the recording is whole");
    for (String line : lines) {
      String[] columns = line.split("\t", -1);
      JsValue value = JsonParser.parse(unwrap(columns[0]), LIMITS);
      assertEquals(unwrap(columns[1]), V8Writer.stringify(value), line);
      assertEquals(unwrap(columns[2]), V8Writer.stringify(value, 2), line);
    }
  }

  @Test
  void textsThatV8RefusesAreRefused() throws Exception {
    for (String line : recording("v8-refused.txt")) {
      String text = unwrap(line);
      assertThrows(JsonException.class, () -> JsonParser.parse(text, LIMITS), line);
    }
  }

  private static String unwrap(String ascii) throws JsonException {
    return ((JsString) JsonParser.parse(ascii, new JsonLimits(100_000, 0))).value();
  }

  private static List<String> recording(String name) throws IOException {
    try (InputStream in = V8RecordingTest.class.getResourceAsStream(name)) {
      String all = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.US_ASCII);
      return all.lines().skip(1).toList();
    }
  }
}
