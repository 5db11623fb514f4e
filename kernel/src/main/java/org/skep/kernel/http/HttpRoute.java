package org.skep.kernel.http;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One thing a room answers.
 *
 * <p>A path is {@code /} or a sequence of segments: a literal, {@code {name}} for exactly one
 * non-empty segment, or, at the end only, {@code {name*}} for one segment or more, joined by {@code
 * /}. Where several routes match, a literal goes before {@code {name}} and that before {@code
 * {name*}}, from left to right.
 *
 * @param site the origin it belongs to; a route for signed-in callers belongs to {@link Site#APP}
 * @param method the request method; a GET route answers HEAD too
 * @param path the pattern
 * @param bodyBytesMax the longest request body it takes; 0 for none
 * @param access who may use it
 * @param handler answers
 */
public record HttpRoute(
    Site site,
    HttpMethod method,
    String path,
    int bodyBytesMax,
    Access access,
    HttpHandler handler) {
  /** The longest body any route may ask for, because bodies are read into memory. */
  public static final int BODY_BYTES_MAX = 16 * 1024 * 1024;

  private static final Pattern SEGMENT =
      Pattern.compile("[A-Za-z0-9._~@-]+|\\{(?<name>[a-z][A-Za-z0-9]*)(?<rest>\\*)?}");

  public HttpRoute {
    if (bodyBytesMax < 0 || bodyBytesMax > BODY_BYTES_MAX) {
      throw new IllegalArgumentException(path + ": a body of " + bodyBytesMax + " bytes at most");
    }
    if (access == Access.SIGNED_IN && site != Site.APP) {
      throw new IllegalArgumentException(path + ": nobody is signed in on " + site);
    }
    if (method == HttpMethod.HEAD) {
      throw new IllegalArgumentException(path + ": a route for GET answers HEAD");
    }
    checkPath(path);
  }

  /** A route that reads, without a request body. */
  public static HttpRoute get(Site site, String path, Access access, HttpHandler handler) {
    return new HttpRoute(site, HttpMethod.GET, path, 0, access, handler);
  }

  /** The segments of the pattern; none for {@code /}. */
  public List<String> segments() {
    return path.equals("/") ? List.of() : List.of(path.substring(1).split("/", -1));
  }

  private static void checkPath(String path) {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("a path starts with a slash: " + path);
    }
    if (path.equals("/")) {
      return;
    }
    List<String> segments = List.of(path.substring(1).split("/", -1));
    Set<String> names = new HashSet<>();
    for (int i = 0; i < segments.size(); i++) {
      Matcher matcher = SEGMENT.matcher(segments.get(i));
      if (!matcher.matches()) {
        throw new IllegalArgumentException("not a segment in " + path + ": " + segments.get(i));
      }
      String name = matcher.group("name");
      if (name != null && !names.add(name)) {
        throw new IllegalArgumentException("twice the name " + name + " in " + path);
      }
      if (matcher.group("rest") != null && i < segments.size() - 1) {
        throw new IllegalArgumentException("only the last segment may go on: " + path);
      }
    }
  }
}
