package org.skep.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.skep.kernel.http.Caller;
import org.skep.kernel.http.HttpMethod;
import org.skep.kernel.http.HttpProblem;
import org.skep.kernel.http.Site;

/** One site while the door is open: its guards and what it tells browsers. */
final class SiteDoor {
  private final Site site;
  private final int port;
  private final int contentPort;
  private final HostGuard hosts;
  private final CallerGuard callers;
  private final List<String> scriptHashes;

  SiteDoor(
      Site site,
      int port,
      int contentPort,
      HostGuard hosts,
      CallerGuard callers,
      List<String> scriptHashes) {
    this.site = site;
    this.port = port;
    this.contentPort = contentPort;
    this.hosts = hosts;
    this.callers = callers;
    this.scriptHashes = scriptHashes;
  }

  Site site() {
    return site;
  }

  /**
   * The host the client used.
   *
   * @throws HttpProblem 421 when it is none of ours
   */
  String host(Request request) {
    // A request line that names another host than this field was refused when it was parsed.
    String host = request.getHeaders().get(HttpHeader.HOST);
    if (host == null || !hosts.knows(host)) {
      throw new HttpProblem(
          421,
          "This name does not lead to Skep. Please use http://localhost:" + port + " instead.");
    }
    return host.toLowerCase(Locale.ROOT);
  }

  /** Who calls; nobody ever on the sites that know no callers. */
  Optional<Caller> caller(Request request, HttpMethod method, String host) {
    return site == Site.APP ? callers.caller(request, method, "http://" + host) : Optional.empty();
  }

  /** The security headers for an answer to this request. */
  Map<String, String> headers(Request request) {
    return SiteHeaders.of(site, contentOrigin(request), scriptHashes);
  }

  /** The origin of {@link Site#CONTENT} as this client sees it. */
  String contentOrigin(Request request) {
    HttpField host = request.getHeaders().getField(HttpHeader.HOST);
    String name = host == null ? "" : String.valueOf(host.getValue()).toLowerCase(Locale.ROOT);
    boolean known = hosts.knows(name);
    // Policies can't name an IPv6 address (CSP 3, host-source), so such a page gets localhost's.
    boolean usable = known && !name.startsWith("[");
    String bare = usable ? name.replaceFirst(":[0-9]+$", "") : "localhost";
    return "http://" + bare + ":" + contentPort;
  }
}
