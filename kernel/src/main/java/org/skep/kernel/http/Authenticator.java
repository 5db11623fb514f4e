package org.skep.kernel.http;

import java.util.Optional;

/**
 * Tells the door who is calling. Both values come from outside: they may be anything of up to the
 * door's header limit. Implementations compare secrets in constant time and may block. Any thread.
 */
public interface Authenticator {
  /**
   * A session has two halves, and counts only with both: browsers show a cookie to whoever listens
   * on any port of this computer, and what a page keeps to itself only to that page.
   *
   * @param cookieValue the value of the door's session cookie
   * @param pageKey what the page says of its own accord
   * @return the caller, or nobody when the session is unknown or over
   */
  Optional<Caller> bySession(String cookieValue, String pageKey);

  /**
   * @param bearer the token of an {@code Authorization: Bearer} header (RFC 6750 §2.1)
   * @return the caller, or nobody when the token is unknown or withdrawn
   */
  Optional<Caller> byToken(String bearer);
}
