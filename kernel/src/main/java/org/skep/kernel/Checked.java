package org.skep.kernel;

/** What a network's own rules say of some bytes, looking at nothing else. */
public sealed interface Checked {
  record Sound(NewFact fact) implements Checked {}

  /**
   * @param reason one plain sentence
   */
  record Unsound(String reason) implements Checked {}
}
