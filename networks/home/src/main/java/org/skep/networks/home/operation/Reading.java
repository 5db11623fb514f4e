package org.skep.networks.home.operation;

/** What came of decoding an operation. */
public sealed interface Reading {
  /** It has the right shape. */
  record Read(Operation operation) implements Reading {}

  /**
   * It hasn't.
   *
   * @param reason why, for a log and a counter; holds nothing of what was read
   */
  record Malformed(String reason) implements Reading {}
}
