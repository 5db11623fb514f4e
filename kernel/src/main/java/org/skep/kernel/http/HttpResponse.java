package org.skep.kernel.http;

import java.util.ArrayList;
import java.util.List;
import org.skep.kernel.Bytes;

/**
 * A whole answer, kept in memory. The door adds its site's security headers, and {@code
 * Cache-Control: no-store} where the handler says nothing about caching.
 *
 * @param status 200 to 599
 * @param headers header fields in order; the last of a name wins, but for Set-Cookie, and the
 *     door's own before all
 * @param body the body; the door leaves it out for HEAD, 204 and 304
 */
public record HttpResponse(int status, List<HttpHeader> headers, Bytes body) implements HttpAnswer {
  public HttpResponse {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException(status + " is not the status of a whole answer");
    }
    headers = List.copyOf(headers);
  }

  /** An answer of a media type. */
  public static HttpResponse of(int status, String contentType, Bytes body) {
    return new HttpResponse(status, List.of(new HttpHeader("Content-Type", contentType)), body);
  }

  /** An answer of JSON text. */
  public static HttpResponse json(int status, String json) {
    return of(status, "application/json; charset=utf-8", Bytes.ofUtf8(json));
  }

  /** A page. */
  public static HttpResponse html(int status, String html) {
    return of(status, "text/html; charset=utf-8", Bytes.ofUtf8(html));
  }

  /** An answer without a body. */
  public static HttpResponse empty(int status) {
    return new HttpResponse(status, List.of(), Bytes.EMPTY);
  }

  /** The same answer with one header field more. */
  public HttpResponse with(String name, String value) {
    List<HttpHeader> more = new ArrayList<>(headers);
    more.add(new HttpHeader(name, value));
    return new HttpResponse(status, more, body);
  }
}
