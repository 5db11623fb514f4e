package org.skep.interop;

/** This machine lacks something a suite needs; the message is one sentence that names it. */
final class MissingToolException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MissingToolException(String sentence) {
    super(sentence);
  }
}
