package org.skep.http;

import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.skep.kernel.http.Authenticator;
import org.skep.kernel.http.Caller;
import org.skep.kernel.http.HttpMethod;
import org.skep.kernel.http.HttpProblem;

/**
 * Finds out who calls the app site, and refuses what another page makes the owner's browser send.
 *
 * <p>A bearer token must be shown on purpose and therefore counts from anywhere. A cookie is sent
 * by the browser whoever asks, also by pages on other ports of the same host, which SameSite does
 * not keep apart; so it counts only where the browser says that our own page is asking, and only
 * together with the key that the page keeps to itself (docs/decisions/004).
 */
final class CallerGuard {
  /** Where the page shows its half of the session. */
  static final String PAGE_KEY_HEADER = "X-Skep-Page";

  /** The same in the query, for event streams: browsers give those no headers. */
  static final String PAGE_KEY_PARAMETER = "page_key";

  private static final String BEARER = "bearer ";

  private final Authenticator authenticator;
  private final String cookieName;

  CallerGuard(Authenticator authenticator, String cookieName) {
    this.authenticator = authenticator;
    this.cookieName = cookieName;
  }

  /**
   * @param ownOrigin the origin of the site as this client sees it
   * @throws HttpProblem 403 when a session would change something at another page's bidding
   */
  Optional<Caller> caller(Request request, HttpMethod method, String ownOrigin) {
    HttpFields headers = request.getHeaders();
    String authorization = headers.get(HttpHeader.AUTHORIZATION);
    if (authorization != null) {
      boolean bearer = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
      return bearer
          ? authenticator.byToken(authorization.substring(BEARER.length()).strip())
          : Optional.empty();
    }
    Optional<Caller> caller = session(request);
    if (caller.isEmpty()) {
      return Optional.empty();
    }
    if (!method.changesState()) {
      return mayRead(headers) ? caller : Optional.empty();
    }
    if (!isOwnPage(headers, ownOrigin)) {
      throw new HttpProblem(403, "This request did not come from Skep's own page.");
    }
    return caller;
  }

  private Optional<Caller> session(Request request) {
    List<HttpCookie> ours =
        Request.getCookies(request).stream().filter(c -> c.getName().equals(cookieName)).toList();
    // Two of the same name: somebody on another port or path has set one, and we can't tell which.
    if (ours.size() != 1) {
      return Optional.empty();
    }
    return pageKey(request)
        .flatMap(key -> authenticator.bySession(ours.getFirst().getValue(), key));
  }

  private static Optional<String> pageKey(Request request) {
    return Optional.ofNullable(request.getHeaders().get(PAGE_KEY_HEADER))
        .or(() ->
            Optional.ofNullable(
                Request.extractQueryParameters(request).getValue(PAGE_KEY_PARAMETER)));
  }

  private static boolean mayRead(HttpFields headers) {
    String site = headers.get("Sec-Fetch-Site");
    return site == null || site.equals("same-origin") || site.equals("none");
  }

  private static boolean isOwnPage(HttpFields headers, String ownOrigin) {
    String origin = headers.get(HttpHeader.ORIGIN);
    boolean fromOwnSite = "same-origin".equals(headers.get("Sec-Fetch-Site"));
    if (origin == null || origin.equals("null")) {
      // A form of our own page says "null", because the page's referrer policy is no-referrer.
      return fromOwnSite;
    }
    return origin.equals(ownOrigin) && (fromOwnSite || !headers.contains("Sec-Fetch-Site"));
  }
}
