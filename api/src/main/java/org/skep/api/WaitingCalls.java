package org.skep.api;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.skep.kernel.Progress;
import org.skep.kernel.http.Access;
import org.skep.kernel.http.HttpAnswer;
import org.skep.kernel.http.HttpMethod;
import org.skep.kernel.http.HttpRequest;
import org.skep.kernel.http.HttpResponse;
import org.skep.kernel.http.HttpRoute;
import org.skep.kernel.http.HttpRoutes;
import org.skep.kernel.http.Site;

/** What every call is told before there is something to read: that it takes a while. */
final class WaitingCalls {
  /** Soon enough for somebody who watches a bar. */
  private static final String AGAIN_AFTER_SECONDS = "1";

  private final Supplier<Optional<Progress>> building;

  WaitingCalls(Supplier<Optional<Progress>> building) {
    this.building = building;
  }

  /** As later, calls are only for those who are let in, and tell nobody else anything. */
  void register(HttpRoutes routes) {
    for (HttpMethod method : HttpMethod.values()) {
      if (method != HttpMethod.HEAD) {
        routes.add(
            new HttpRoute(
                Site.APP,
                method,
                "/api/{call*}",
                // What is too long later is no reason to say anything else now.
                HttpRoute.BODY_BYTES_MAX,
                Access.SIGNED_IN,
                this::answer));
      }
    }
  }

  private HttpAnswer answer(HttpRequest request) {
    Optional<Progress> progress = building.get();
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put(
        "error", "Skep is starting. " + progress.map(Progress::sentence).orElse("One moment."));
    answer.put("progress", progress.map(Shapes.ProgressReport::of).stream().toList());
    return HttpResponse.json(503, Json.write(answer)).with("Retry-After", AGAIN_AFTER_SECONDS);
  }
}
