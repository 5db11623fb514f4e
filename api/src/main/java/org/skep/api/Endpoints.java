package org.skep.api;

import java.util.function.Function;
import org.skep.engine.Refusal;
import org.skep.kernel.http.Access;
import org.skep.kernel.http.HttpAnswer;
import org.skep.kernel.http.HttpMethod;
import org.skep.kernel.http.HttpProblem;
import org.skep.kernel.http.HttpRequest;
import org.skep.kernel.http.HttpRoute;
import org.skep.kernel.http.HttpRoutes;
import org.skep.kernel.http.Site;

/** Registers the calls of the API, and turns what the engine refuses into answers. */
final class Endpoints {
  /** Longer than any text a network takes. */
  private static final int BODY_BYTES_MAX = Parameters.TEXT_BYTES_MAX;

  private final HttpRoutes routes;

  Endpoints(HttpRoutes routes) {
    this.routes = routes;
  }

  /** What somebody signed in may read. */
  void get(String path, Function<Call, HttpAnswer> answer) {
    add(HttpMethod.GET, path, answer);
  }

  void post(String path, Function<Call, HttpAnswer> answer) {
    add(HttpMethod.POST, path, answer);
  }

  /**
   * What takes a form with files too.
   *
   * @param fileBytesMax how long a file may be, beside what every call takes
   */
  void upload(HttpMethod method, String path, int fileBytesMax, Function<Call, HttpAnswer> answer) {
    add(method, path, BODY_BYTES_MAX + fileBytesMax, answer);
  }

  /** What takes lines of text, in which it finds no parameters; those stand in the query. */
  void lines(String path, int bytesMax, Function<Call, HttpAnswer> answer) {
    route(
        HttpMethod.POST,
        path,
        bytesMax,
        request ->
            answer.apply(
                new Call(request, request.signedIn().account(), Parameters.ofQuery(request))));
  }

  void put(String path, Function<Call, HttpAnswer> answer) {
    add(HttpMethod.PUT, path, answer);
  }

  void delete(String path, Function<Call, HttpAnswer> answer) {
    add(HttpMethod.DELETE, path, answer);
  }

  /** What anybody who reaches the app site may read. */
  void open(String path, Function<HttpRequest, HttpAnswer> answer) {
    routes.add(HttpRoute.get(Site.APP, path, Access.OPEN, request -> kindly(answer, request)));
  }

  private void add(HttpMethod method, String path, Function<Call, HttpAnswer> answer) {
    add(method, path, method == HttpMethod.GET ? 0 : BODY_BYTES_MAX, answer);
  }

  private void add(
      HttpMethod method, String path, int bodyBytesMax, Function<Call, HttpAnswer> answer) {
    route(method, path, bodyBytesMax, request -> answer.apply(call(request)));
  }

  private void route(
      HttpMethod method, String path, int bodyBytesMax, Function<HttpRequest, HttpAnswer> answer) {
    routes.add(
        new HttpRoute(
            Site.APP,
            method,
            path,
            bodyBytesMax,
            Access.SIGNED_IN,
            request -> kindly(answer, request)));
  }

  private static Call call(HttpRequest request) {
    return new Call(request, request.signedIn().account(), Parameters.of(request));
  }

  private static HttpAnswer kindly(Function<HttpRequest, HttpAnswer> answer, HttpRequest request) {
    try {
      return answer.apply(request);
    } catch (Refusal refusal) {
      throw new HttpProblem(422, sentence(String.valueOf(refusal.getMessage())));
    }
  }

  /** Begins with a capital letter and ends with a full stop. */
  static String sentence(String words) {
    if (words.isEmpty()) {
      return "This can't be done.";
    }
    int second = words.offsetByCodePoints(0, 1);
    String capital = words.substring(0, second).toUpperCase(java.util.Locale.ROOT);
    String whole = capital + words.substring(second);
    return whole.matches("(?s).*[.!?]") ? whole : whole + ".";
  }
}
