package org.skep.engine;

/**
 * The owner wants an identity to write again while something speaks against it; she may insist. The
 * message says in plain sentences what is known and what she risks.
 */
public final class Unsettled extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Unsettled(String sentences) {
    super(sentences);
  }
}
