package org.skep.testkit.peers;

/** This machine lacks something a suite needs; the message is one sentence that names it. */
public final class MissingToolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MissingToolException(String sentence) {
    super(sentence);
  }
}
