package org.skep.networks.scuttlebutt.handshake;

/** The other side did not complete the handshake; the connection is of no use. */
public final class HandshakeException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why a handshake ended; a word to count by. */
  public enum Reason {
    /** The stream ended between or within messages. */
    HUNG_UP("the other side hung up during the handshake"),
    /** The first message was not made with our network key. */
    OTHER_NETWORK("the other side belongs to another network"),
    /** A key agreement gave zero, which only a dishonest key does. */
    WEAK_KEY("the other side offered a key that protects nothing"),
    /** A box did not open: the other side means another identity, or bytes were changed. */
    NOT_FOR_US("the other side does not know who we are"),
    /** A signature does not fit. */
    NOT_PROVEN("the other side could not prove who it is"),
    /** The other side proved who it is and is not wanted. */
    NOT_ADMITTED("the other side is not admitted");

    private final String words;

    Reason(String words) {
      this.words = words;
    }
  }

  private final Reason reason;

  HandshakeException(Reason reason) {
    super(reason.words);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
