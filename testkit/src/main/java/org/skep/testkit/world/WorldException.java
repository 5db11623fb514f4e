package org.skep.testkit.world;

/** Something that must not happen in any world happened in this one. */
public final class WorldException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WorldException(String message) {
    super(message);
  }

  WorldException(String message, Throwable cause) {
    super(message, cause);
  }
}
