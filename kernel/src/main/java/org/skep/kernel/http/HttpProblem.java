package org.skep.kernel.http;

import java.io.Serial;

/**
 * A refusal in words. The message is shown to the client, so it names nothing that the client may
 * not know; a cause, if there is one, is for the log only.
 */
public final class HttpProblem extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * @param status 400 to 599 (RFC 9110 §15.5, §15.6)
   * @param sentence what is wrong, for the person in front of the screen
   */
  public HttpProblem(int status, String sentence) {
    super(sentence);
    this.status = checked(status);
  }

  /**
   * @param status 400 to 599 (RFC 9110 §15.5, §15.6)
   * @param sentence what is wrong, for the person in front of the screen
   * @param cause for the log, never for the client
   */
  public HttpProblem(int status, String sentence, Throwable cause) {
    super(sentence, cause);
    this.status = checked(status);
  }

  /** The status code, 400 to 599. */
  public int status() {
    return status;
  }

  /** The sentence for the client. */
  public String sentence() {
    return String.valueOf(getMessage());
  }

  private static int checked(int status) {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException(status + " is not the status of a problem");
    }
    return status;
  }
}
