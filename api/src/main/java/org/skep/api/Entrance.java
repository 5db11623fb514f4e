package org.skep.api;

import java.time.Duration;
import java.util.Optional;
import org.skep.engine.Tokens;
import org.skep.kernel.http.Access;
import org.skep.kernel.http.HttpAnswer;
import org.skep.kernel.http.HttpHandler;
import org.skep.kernel.http.HttpRequest;
import org.skep.kernel.http.HttpResponse;
import org.skep.kernel.http.HttpRoute;
import org.skep.kernel.http.HttpRoutes;
import org.skep.kernel.http.HttpSignIn;
import org.skep.kernel.http.Site;

/**
 * The way into the page: a link that works once and for ten minutes becomes a session; whoever
 * comes without is told kindly how to get one.
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
    routes.add(HttpRoute.get(Site.APP, "/", Access.OPEN, this::front));
    routes.add(HttpRoute.get(Site.APP, "/open/{secret}", Access.OPEN, this::open));
  }

  private HttpAnswer front(HttpRequest request) {
    return request.caller().isPresent()
        ? page.answer(request)
        : closed(401, "This browser has not been let in yet");
  }

  private HttpAnswer open(HttpRequest request) {
    String link = request.pathValue("secret");
    Optional<String> session = link.length() > 128 ? Optional.empty() : tokens.exchange(link);
    if (session.isPresent()) {
      return new HttpSignIn(session.get(), SESSION_LIFE, "/");
    }
    if (request.caller().isPresent()) {
      // The link was used before, by this very browser: somebody pressed "back".
      return HttpResponse.empty(303).with("Location", "/");
    }
    return closed(403, "This link has been used, or is too old");
  }

  private static HttpResponse closed(int status, String title) {
    return HttpResponse.html(
        status,
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
              <h1>%s</h1>
              <p>
                What is here belongs to somebody, so a browser is let in only by the computer
                itself. If it is yours, go to the window where Skep was started (or any other one
                in that folder) and type:
              </p>
              <pre><code>./skep open</code></pre>
              <p>It opens this page with a link that works once, for ten minutes.</p>
            </main>
          </body>
        </html>
        """
            .formatted(title));
  }
}
