package org.skep.api;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.skep.engine.Tokens;
import org.skep.kernel.http.Access;
import org.skep.kernel.http.HttpAnswer;
import org.skep.kernel.http.HttpHandler;
import org.skep.kernel.http.HttpMethod;
import org.skep.kernel.http.HttpRequest;
import org.skep.kernel.http.HttpResponse;
import org.skep.kernel.http.HttpRoute;
import org.skep.kernel.http.HttpRoutes;
import org.skep.kernel.http.HttpSignIn;
import org.skep.kernel.http.Site;

/**
 * The way into the page: a link that works once and for ten minutes becomes a session. The page
 * itself is the same for everybody and tells nothing; its calls need the session. Nothing here
 * reads a view, so that all of it works while views are built.
 */
final class Entrance {
  /** As long as browsers keep a cookie at most (RFC 6265bis §5.5). */
  private static final Duration SESSION_LIFE = Duration.ofDays(400);

  private final Tokens tokens;
  private final HttpHandler page;

  /**
   * @param page answers with the page itself
   */
  Entrance(Tokens tokens, HttpHandler page) {
    this.tokens = tokens;
    this.page = page;
  }

  void register(HttpRoutes routes) {
    routes.add(HttpRoute.get(Site.APP, "/", Access.OPEN, page));
    routes.add(HttpRoute.get(Site.APP, "/open/{secret}", Access.OPEN, this::open));
    Endpoints endpoints = new Endpoints(routes);
    endpoints.post("/api/skep/v1/links", this::createLink);
    new PageCalls().register(endpoints);
  }

  private HttpAnswer createLink(Call call) {
    String secret = tokens.create(call.account(), Tokens.Kind.LINK, "one-time link");
    return Json.ok(Map.of("url", call.origin() + "/open/" + secret));
  }

  private HttpAnswer open(HttpRequest request) {
    if (request.method() == HttpMethod.HEAD) {
      // Whoever only looks what a link is does not come in.
      return HttpResponse.empty(200);
    }
    String link = request.pathValue("secret");
    return (link.length() > 128 ? Optional.<Tokens.Session>empty() : tokens.exchange(link))
        .<HttpAnswer>map(
            session -> new HttpSignIn(session.cookie(), session.pageKey(), SESSION_LIFE, "/"))
        .orElseGet(Entrance::closed);
  }

  private static HttpResponse closed() {
    return HttpResponse.html(
        403,
        """
        <!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Skep</title>
            <link rel="icon" href="/app/icon.svg" type="image/svg+xml">
            <link rel="stylesheet" href="/app/base.css">
            <link rel="stylesheet" href="/app/layout.css">
            <link rel="stylesheet" href="/app/pages.css">
          </head>
          <body>
            <main class="door">
              <h1>This link has been used, or is too old</h1>
              <p>If this browser was let in by it, all is well: <a href="/">go to the page</a>.</p>
              <p>%s</p>
              <p>It opens the page with a link that works once, for ten minutes.</p>
            </main>
          </body>
        </html>
        """
            .formatted(Api.HOW_TO_GET_IN));
  }
}
