package org.skep.wire.age;

import java.io.IOException;

/** A sealed file can't be opened; the message is a plain sentence. */
public final class AgeException extends IOException {
  private static final long serialVersionUID = 1L;

  AgeException(String sentence) {
    super(sentence);
  }
}
