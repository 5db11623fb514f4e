package org.skep.wire.json;

/** A text is not JSON, or asks more than the limits allow; the message says which, in words. */
public final class JsonException extends Exception {
  private static final long serialVersionUID = 1L;

  public JsonException(String message) {
    super(message);
  }
}
