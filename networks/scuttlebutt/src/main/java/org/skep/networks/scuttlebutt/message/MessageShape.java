package org.skep.networks.scuttlebutt.message;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.skep.kernel.Bytes;
import org.skep.wire.json.JsNumber;
import org.skep.wire.json.JsString;
import org.skep.wire.json.JsValue;
import org.skep.wire.json.JsonException;
import org.skep.wire.json.JsonLimits;
import org.skep.wire.json.JsonParser;

/**
 * Finds a message's value in what a peer sends: bare, as EBT sends it, or in the envelope {@code
 * {key, value, timestamp}}, as {@code createHistoryStream} sends it by default. The value is cut
 * out as it was written, not written anew.
 */
public sealed interface MessageShape {
  /** An envelope adds a name, a number and one level to the longest value. */
  int TEXT_BYTES_MAX = ClassicCodec.TEXT_BYTES_MAX + 1024;

  /** A value on its own; hand it to {@link ClassicCodec#parse}. */
  record Bare(Bytes value) implements MessageShape {}

  /**
   * A value in its envelope; hand the value to {@link ClassicCodec#parse}.
   *
   * @param key the id that the sender claims; the id of the parsed value is what counts
   * @param receivedMillis when the sender says it received the message; empty when it does not say
   */
  record Enveloped(MessageId key, Bytes value, OptionalDouble receivedMillis)
      implements MessageShape {}

  /**
   * Something else, such as the clocks that EBT sends on the same stream, or {@code {"sync":true}}.
   *
   * @param reason why this is no message, in plain words
   */
  record Neither(String reason) implements MessageShape {}

  /** Reads the whole text of one packet. */
  static MessageShape of(Bytes utf8) {
    if (utf8.length() > TEXT_BYTES_MAX) {
      return new Neither("the text is longer than any message");
    }
    Optional<String> text = Utf8.decode(utf8);
    if (text.isEmpty()) {
      return new Neither("the text is not UTF-8");
    }
    try {
      return of(JsonParser.memberTexts(text.get(), limits()), text.get());
    } catch (JsonException refusal) {
      return new Neither(String.valueOf(refusal.getMessage()));
    }
  }

  private static MessageShape of(SequencedMap<String, String> members, String whole)
      throws JsonException {
    if (members.keySet().containsAll(Set.of("author", "sequence", "content"))) {
      return new Bare(Bytes.ofUtf8(whole.strip()));
    }
    String value = members.get("value");
    String key = members.get("key");
    if (value == null || key == null || !value.startsWith("{")) {
      return new Neither("the text is neither a message nor an envelope of one");
    }
    Optional<MessageId> id =
        JsonParser.parse(key, limits()) instanceof JsString(String name)
            ? MessageId.ofSigil(name)
            : Optional.empty();
    if (id.isEmpty()) {
      return new Neither("the envelope's key is not the name of a classic message");
    }
    return new Enveloped(id.get(), Bytes.ofUtf8(value), number(members.get("timestamp")));
  }

  private static OptionalDouble number(@Nullable String text) throws JsonException {
    JsValue value = JsonParser.parse(text == null ? "null" : text, limits());
    return value instanceof JsNumber(double number) && Double.isFinite(number)
        ? OptionalDouble.of(number)
        : OptionalDouble.empty();
  }

  private static JsonLimits limits() {
    return new JsonLimits(TEXT_BYTES_MAX, ClassicCodec.LIMITS.depthMax() + 1);
  }
}
