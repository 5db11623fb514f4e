package org.skep.kernel;

import java.io.IOException;

/** Somebody's content was too long, or was not what its name said; nothing of it was kept. */
public class BlobRefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param reason one plain sentence
   */
  public BlobRefusedException(String reason) {
    super(reason);
  }
}
