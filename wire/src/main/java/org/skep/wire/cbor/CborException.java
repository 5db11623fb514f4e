package org.skep.wire.cbor;

/** What was read is not the CBOR it ought to be; the message says why, in words for a log. */
public final class CborException extends Exception {
  private static final long serialVersionUID = 1L;

  public CborException(String reason) {
    // A refused item is an everyday event and nobody reads where in our code it was refused.
    super(reason, null, false, false);
  }

  /** Never empty. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
