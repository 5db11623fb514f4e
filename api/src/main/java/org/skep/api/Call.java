package org.skep.api;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.skep.engine.Page;
import org.skep.kernel.AccountId;
import org.skep.kernel.PersonId;
import org.skep.kernel.PostId;
import org.skep.kernel.http.Caller;
import org.skep.kernel.http.HttpProblem;
import org.skep.kernel.http.HttpRequest;
import org.skep.kernel.http.HttpResponse;

/**
 * One call of somebody who is signed in.
 *
 * @param account for whom
 */
record Call(HttpRequest request, AccountId account, Parameters parameters) {
  static final String NO_UPLOAD =
      "There is no such picture; it may have been used, or have waited too long.";

  private static final int LIMIT_DEFAULT = 20;

  /** The origin the client uses, for addresses it can follow. */
  String origin() {
    return "http://" + request.host();
  }

  Origins origins() {
    return new Origins(origin(), request.contentOrigin());
  }

  /**
   * @throws HttpProblem 403 when it comes from a page
   */
  void checkProgram() {
    if (request.signedIn().how() != Caller.How.TOKEN) {
      throw new HttpProblem(403, "This is for the command line.");
    }
  }

  /**
   * @throws HttpProblem 404 when the path names none
   */
  PostId post() {
    return new PostId(id("id", "There is no such post."));
  }

  /**
   * @throws HttpProblem 404 when the path names nobody
   */
  PersonId person() {
    return new PersonId(id("id", "There is no such person."));
  }

  /**
   * The picture that waits for its post.
   *
   * @throws HttpProblem 404 when the path names none
   */
  long upload() {
    return id("id", NO_UPLOAD);
  }

  private long id(String name, String otherwise) {
    String digits = request.pathValue(name);
    if (!digits.matches("[0-9]{1,18}")) {
      throw new HttpProblem(404, otherwise);
    }
    return Long.parseLong(digits);
  }

  /** How many are wanted: 1 to 40. */
  int limit() {
    long wanted = parameters.number("limit").orElse((long) LIMIT_DEFAULT);
    return (int) Math.clamp(wanted, 1L, Page.LIMIT_MAX);
  }

  /** Which part of a list is wanted, in Mastodon's words. */
  Page page() {
    Optional<PostId> above = parameters.number("min_id").map(PostId::new);
    return new Page(
        parameters.number("max_id").map(PostId::new),
        above.or(() -> parameters.number("since_id").map(PostId::new)),
        above.isPresent(),
        limit());
  }

  /**
   * A page of a list with the Link header that leads on (RFC 8288).
   *
   * @param items sorted by id, the greatest first
   * @param id what the list is paged by
   */
  <T> HttpResponse listed(List<T> items, Function<T, String> id) {
    return listedBy(items, items.stream().map(id).toList());
  }

  /**
   * A page of a list that is sorted by something else than its items' ids.
   *
   * @param places what it is paged by, one for each item, the greatest first
   */
  HttpResponse listedBy(List<?> items, List<String> places) {
    HttpResponse answer = Json.ok(items);
    if (items.isEmpty()) {
      return answer;
    }
    String path = "<" + origin() + inAddress(request.path()) + "?limit=" + limit();
    String previous = path + "&min_id=" + places.getFirst() + ">; rel=\"prev\"";
    String next = path + "&max_id=" + places.getLast() + ">; rel=\"next\"";
    return answer.with("Link", items.size() < limit() ? previous : next + ", " + previous);
  }

  /** A decoded path as it stands in an address; a tag may be written in any letters. */
  private static String inAddress(String path) {
    return Stream.of(path.split("/", -1)).map(Names::inPath).collect(Collectors.joining("/"));
  }
}
