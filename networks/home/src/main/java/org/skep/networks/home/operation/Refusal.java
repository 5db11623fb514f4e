package org.skep.networks.home.operation;

/** Why an operation of the right shape is not accepted. */
public enum Refusal {
  SIGNATURE_MISMATCH("the signature is not the author's over this header"),
  BODY_MISMATCH("the body is not the one the header names"),
  OTHER_AUTHOR("its predecessor is somebody else's"),
  OTHER_LOG("its predecessor is of another log"),
  PREDECESSOR_MISSING("the operation before it is not known"),
  SEQUENCE_NOT_NEXT("its sequence number is not the next"),
  BACKLINK_MISMATCH("it names another operation as the one before it");

  private final String reason;

  Refusal(String reason) {
    this.reason = reason;
  }

  /** In words, for a log. */
  public String reason() {
    return reason;
  }
}
