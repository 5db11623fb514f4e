package org.skep.networks.scuttlebutt.privatebox;

import java.util.Optional;
import org.skep.kernel.Bytes;
import org.skep.networks.scuttlebutt.message.Utf8;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;
import org.skep.wire.json.JsValue;
import org.skep.wire.json.JsonException;
import org.skep.wire.json.JsonLimits;
import org.skep.wire.json.JsonParser;
import org.skep.wire.json.V8Writer;

/**
 * The text that stands for a sealed content in a message: the box in base64, {@code .box} after it.
 * Any thread.
 */
public final class SealedContent {
  private static final String SUFFIX = ".box";

  /** What is sealed stood in a message of 8192 characters. */
  private static final JsonLimits LIMITS = new JsonLimits(8192, 64);

  private SealedContent() {}

  /** The box in a message's content; empty where that stands open or is another format's. */
  public static Optional<Bytes> box(JsValue content) {
    return content instanceof JsString(String text) && text.endsWith(SUFFIX)
        ? decode(text.substring(0, text.length() - SUFFIX.length()))
        : Optional.empty();
  }

  private static Optional<Bytes> decode(String base64) {
    try {
      return Optional.of(Bytes.ofBase64(base64));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  public static JsString text(Bytes box) {
    return new JsString(box.base64() + SUFFIX);
  }

  /** The content as it is sealed. */
  public static Bytes plain(JsObject content) {
    return Bytes.ofUtf8(V8Writer.stringify(content));
  }

  /** Reads what was sealed; empty when it is no object. */
  public static Optional<JsObject> read(Bytes plain) {
    return Utf8.decode(plain).flatMap(SealedContent::parse);
  }

  private static Optional<JsObject> parse(String text) {
    try {
      return JsonParser.parse(text, LIMITS) instanceof JsObject content
          ? Optional.of(content)
          : Optional.empty();
    } catch (JsonException e) {
      return Optional.empty();
    }
  }
}
