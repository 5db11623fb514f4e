package org.skep.networks.scuttlebutt.boxstream;

import java.io.IOException;

/**
 * The stream can't be read on: it broke off, or it carried something that the other side did not
 * seal. After it nothing more can be read.
 */
public final class BoxStreamException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What went wrong. */
  public enum Reason {
    /** The line broke before the other side said goodbye; usual when a computer goes to sleep. */
    TRUNCATED("the line broke before the other side said goodbye"),
    /** A box that the other side did not seal: changed, repeated, or out of order. */
    FORGED("a box was not sealed by the other side"),
    /** A box longer than the protocol allows, or empty. */
    BAD_LENGTH("a box has a length that the protocol does not allow");

    private final String words;

    Reason(String words) {
      this.words = words;
    }
  }

  private final Reason reason;

  BoxStreamException(Reason reason) {
    super(reason.words);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
