package org.skep.networks.scuttlebutt.rpc;

import java.util.Optional;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsValue;

/**
 * A call or stream failed, here or there, while the connection lives on. What leaves this computer
 * is a sentence; what comes from the other side is cut to a bounded length and is the other side's
 * text.
 */
public final class RpcException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int TEXT_CHARS_MAX = 300;

  /**
   * @param message one sentence that may be shown to the other side
   */
  public RpcException(String message) {
    super(message);
  }

  RpcException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The words by which peers recognise that a method is not served (as {@code go-ssb} says it). */
  static RpcException noSuchMethod(RpcName method) {
    return new RpcException("muxrpc: no such command: " + method);
  }

  static RpcException received(RpcItem item) {
    return new RpcException(
        object(item)
            .flatMap(error -> error.string("message"))
            .map(RpcException::bounded)
            .orElse("no reason"));
  }

  RpcItem toItem() {
    String message = getMessage() == null ? "" : getMessage();
    return RpcItem.json(JsObject.EMPTY.with("name", "Error").with("message", message));
  }

  private static Optional<JsObject> object(RpcItem item) {
    try {
      JsValue value = item.json();
      return value instanceof JsObject object ? Optional.of(object) : Optional.empty();
    } catch (RpcException e) {
      return Optional.empty();
    }
  }

  private static String bounded(String text) {
    return text.substring(0, Math.min(text.length(), TEXT_CHARS_MAX));
  }
}
