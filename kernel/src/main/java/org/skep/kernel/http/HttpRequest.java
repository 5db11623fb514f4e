package org.skep.kernel.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skep.kernel.Bytes;

/**
 * A request the door has let in: read whole, within the limits of its route. Cookies and
 * credentials are not part of it; {@link #caller} says what they proved.
 *
 * @param method what is asked for; HEAD arrives at a route for {@link HttpMethod#GET}
 * @param host the host and port the client used, one of the door's own (RFC 9110 §7.2)
 * @param contentOrigin where this client finds {@link Site#CONTENT}, such as {@code
 *     http://localhost:7539}; the only other origin whose pictures the page may show
 * @param path the decoded path, starting with a slash, without dot segments
 * @param pathValues what the names of the route's pattern matched; never empty strings
 * @param query the decoded query
 * @param headers the header fields by lower-case name, without Cookie and Authorization
 * @param body the body, empty when there is none or when it was a form with files
 * @param parts the parts of a form with files, in order
 * @param caller who is calling, as far as proven
 */
public record HttpRequest(
    HttpMethod method,
    String host,
    String contentOrigin,
    String path,
    Map<String, String> pathValues,
    HttpValues query,
    HttpValues headers,
    Bytes body,
    List<HttpPart> parts,
    Optional<Caller> caller) {
  public HttpRequest {
    pathValues = Map.copyOf(pathValues);
    parts = List.copyOf(parts);
  }

  /**
   * What a name of the route's pattern matched.
   *
   * @throws IllegalArgumentException when the pattern has no such name
   */
  public String pathValue(String name) {
    String value = pathValues.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no {" + name + "}");
    }
    return value;
  }

  /**
   * The caller of a route for signed-in callers.
   *
   * @throws HttpProblem 401 when nobody is signed in
   */
  public Caller signedIn() {
    return caller.orElseThrow(() -> new HttpProblem(401, "Please sign in first."));
  }
}
