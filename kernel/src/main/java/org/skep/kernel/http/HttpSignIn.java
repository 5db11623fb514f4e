package org.skep.kernel.http;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Starts a session in the caller's browser and sends it to a page of the same site. The door names
 * the cookie and sets what guards it; only {@link Site#APP} can sign in.
 *
 * @param session the half of the session that becomes a cookie, 16 to 256 characters of base64url;
 *     {@link Authenticator#bySession} gets it back with the other
 * @param pageKey the other half, of the same form; it goes to the page behind the {@code #key=} of
 *     the location, which no browser sends to any server
 * @param lifetime for how long the browser keeps it
 * @param location the path to go to, starting with one slash
 */
public record HttpSignIn(String session, String pageKey, Duration lifetime, String location)
    implements HttpAnswer {
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{16,256}");

  public HttpSignIn {
    if (!SECRET.matcher(session).matches() || !SECRET.matcher(pageKey).matches()) {
      throw new IllegalArgumentException("not the halves of a session");
    }
    if (lifetime.isNegative() || lifetime.isZero()) {
      throw new IllegalArgumentException("a session lasts some time");
    }
    if (!location.matches("/([A-Za-z0-9._~-][A-Za-z0-9._~/-]*)?")) {
      throw new IllegalArgumentException("not a path of this site: " + location);
    }
  }

  /** The secrets are not printed. */
  @Override
  public String toString() {
    return "HttpSignIn[location=" + location + "]";
  }
}
