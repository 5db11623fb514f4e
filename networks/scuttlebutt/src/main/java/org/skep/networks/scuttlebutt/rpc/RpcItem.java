package org.skep.networks.scuttlebutt.rpc;

import java.nio.charset.StandardCharsets;
import org.skep.kernel.Bytes;
import org.skep.wire.json.JsValue;
import org.skep.wire.json.JsonException;
import org.skep.wire.json.JsonLimits;
import org.skep.wire.json.JsonParser;
import org.skep.wire.json.V8Writer;

/**
 * One item of a stream, or the answer to a call, as it stands on the wire: whoever needs the very
 * text of a JSON value finds it here.
 *
 * @param type how to read the body
 * @param body already bounded by the connection's limits
 */
public record RpcItem(BodyType type, Bytes body) {
  /** Deeper values are refused; the deepest honest ones are a message's content and a manifest. */
  static final int JSON_DEPTH_MAX = 64;

  /** A JSON value, written without whitespace. */
  public static RpcItem json(JsValue value) {
    return new RpcItem(BodyType.JSON, Bytes.ofUtf8(V8Writer.stringify(value)));
  }

  /**
   * The JSON value.
   *
   * @throws RpcException when the body is of another type or not JSON
   */
  public JsValue json() throws RpcException {
    if (type != BodyType.JSON || body.length() == 0) {
      throw new RpcException("expected a JSON value");
    }
    String text = new String(body.toArray(), StandardCharsets.UTF_8);
    try {
      return JsonParser.parse(text, new JsonLimits(text.length(), JSON_DEPTH_MAX));
    } catch (JsonException e) {
      throw new RpcException("expected JSON", e);
    }
  }
}
