package org.skep.kernel.http;

import java.time.Duration;

/**
 * Starts a session in the caller's browser and sends it to a page of the same site. The door names
 * the cookie and sets what guards it; only {@link Site#APP} can sign in.
 *
 * @param session the secret the browser will show, 16 to 256 characters of base64url; {@link
 *     Authenticator#bySession} gets it back
 * @param lifetime for how long the browser keeps it
 * @param location the path to go to, starting with one slash
 */
public record HttpSignIn(String session, Duration lifetime, String location) implements HttpAnswer {
  public HttpSignIn {
    if (!session.matches("[A-Za-z0-9_-]{16,256}")) {
      throw new IllegalArgumentException("not a session secret");
    }
    if (lifetime.isNegative() || lifetime.isZero()) {
      throw new IllegalArgumentException("a session lasts some time");
    }
    if (!location.matches("/([A-Za-z0-9._~-][A-Za-z0-9._~/-]*)?")) {
      throw new IllegalArgumentException("not a path of this site: " + location);
    }
  }

  /** The secret is not printed. */
  @Override
  public String toString() {
    return "HttpSignIn[location=" + location + "]";
  }
}
