package org.skep.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.skep.kernel.http.HttpAnswer;
import org.skep.kernel.http.HttpProblem;
import org.skep.kernel.http.HttpRequest;
import org.skep.kernel.http.HttpResponse;

/**
 * Leads the public-looking addresses of people, posts and tags, {@code /@name}, {@code /@name/id}
 * and {@code /tags/name}, to their place in the page, which looks the name up. What is shown there
 * needs a session; the addresses say nothing.
 */
final class PageCalls {
  void register(Endpoints endpoints) {
    endpoints.open("/{handle}", this::person);
    endpoints.open("/{handle}/{id}", this::post);
    endpoints.open("/tags/{hashtag}", this::tag);
  }

  private HttpAnswer tag(HttpRequest request) {
    return to("/#/tag/" + Names.inPath(request.pathValue("hashtag")));
  }

  private HttpAnswer person(HttpRequest request) {
    return to("/#/find/" + URLEncoder.encode(handle(request), StandardCharsets.UTF_8));
  }

  private HttpAnswer post(HttpRequest request) {
    handle(request);
    String id = request.pathValue("id");
    if (!id.matches("[0-9]{1,18}")) {
      throw new HttpProblem(404, "There is nothing here.");
    }
    return to("/#/post/" + id);
  }

  private static String handle(HttpRequest request) {
    String handle = request.pathValue("handle");
    if (!handle.startsWith("@")) {
      throw new HttpProblem(404, "There is nothing here.");
    }
    return handle;
  }

  private static HttpResponse to(String location) {
    return HttpResponse.empty(302).with("Location", location);
  }
}
