package org.skep.app.cli;

/** A command can't be done; the message is a sentence for the user. */
final class Failure extends Exception {
  private static final long serialVersionUID = 1L;

  /** Refused: by the node, or because it makes no sense. */
  static final int REFUSED = 1;

  /** Used wrongly. */
  static final int USAGE = 2;

  /** No node runs on the data folder. */
  static final int NO_NODE = 3;

  private final int exitCode;

  Failure(int exitCode, String sentence) {
    super(sentence);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
