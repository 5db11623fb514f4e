package org.skep.fuzz;

import java.util.List;
import java.util.Optional;
import org.skep.kernel.Bytes;
import org.skep.networks.scuttlebutt.message.Utf8;
import org.skep.wire.json.CanonicalJson;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsValue;
import org.skep.wire.json.JsonException;
import org.skep.wire.json.JsonLimits;
import org.skep.wire.json.JsonParser;
import org.skep.wire.json.V8Writer;

/** JavaScript's JSON: what was read is written in one form, and read again as the same. */
final class JsonTarget implements Target {
  private static final JsonLimits LIMITS = new JsonLimits(1 << 16, 64);

  /** A number grows to at most 25 characters, a character to six. */
  private static final int GROWTH_MAX = 25;

  @Override
  public String name() {
    return "json";
  }

  @Override
  public List<Bytes> seeds() {
    return Recordings.jsonTexts().stream().map(Bytes::ofUtf8).toList();
  }

  @Override
  public void read(Bytes input) {
    Optional<String> text = Utf8.decode(input);
    if (text.isEmpty()) {
      return;
    }
    Optional<JsValue> value = parsed(text.get());
    Must.equal(
        value.filter(JsObject.class::isInstance).isPresent(),
        hasMembers(text.get()),
        "whoever cuts out the members sees the objects that the parser sees");
    value.ifPresent(read -> check(text.get(), read));
  }

  private static void check(String text, JsValue value) {
    String written = V8Writer.stringify(value);
    Must.hold(written.length() <= GROWTH_MAX * text.length(), "what is written is bounded");
    String indented = V8Writer.stringify(value, 2);
    JsValue again = parsed(written).orElseThrow();
    Must.equal(written, V8Writer.stringify(again), "what is written is read as the same");
    Must.equal(
        written,
        V8Writer.stringify(parsed(indented).orElseThrow()),
        "and so is what is written with indents");
    Must.equal(
        Optional.of(indented),
        V8Writer.stringifyWithin(value, 2, indented.length()),
        "a bound that is just kept does no harm");
    Must.equal(
        Optional.empty(),
        V8Writer.stringifyWithin(value, 2, indented.length() - 1),
        "a bound is heeded");
    Must.hold(Utf8.decode(Bytes.ofUtf8(written)).isPresent(), "what is written has a UTF-8 form");
    CanonicalJson.of(value)
        .ifPresent(canonical ->
            Must.equal(
                Optional.of(canonical),
                CanonicalJson.of(parsed(canonical.utf8()).orElseThrow()),
                "what is canonical stays so"));
  }

  private static Optional<JsValue> parsed(String text) {
    try {
      return Optional.of(JsonParser.parse(text, LIMITS));
    } catch (JsonException refused) {
      return Optional.empty();
    }
  }

  private static boolean hasMembers(String text) {
    try {
      JsonParser.memberTexts(text, LIMITS);
      return true;
    } catch (JsonException refused) {
      return false;
    }
  }
}
