package org.skep.app.whole;

import java.io.IOException;

/** All of it can't be given away or taken in; the message is a plain sentence. */
public final class Refused extends IOException {
  private static final long serialVersionUID = 1L;

  Refused(String sentence) {
    super(sentence);
  }
}
