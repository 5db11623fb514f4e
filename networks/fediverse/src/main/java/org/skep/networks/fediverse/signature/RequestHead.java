package org.skep.networks.fediverse.signature;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.skep.kernel.http.HttpHeader;
import org.skep.kernel.http.HttpValues;

/**
 * The head of a request, as whoever signs it and whoever checks that must both see it.
 *
 * @param method in capitals
 * @param target absolute, in the one form that is sent (RFC 9110, section 4.2.3): scheme and host
 *     in small letters, no port that is the scheme's own, and a path. What came to a node is put
 *     together from the node's public name, because a proxy may have changed what the socket says.
 * @param fields header fields by lower-case name
 */
public record RequestHead(String method, URI target, HttpValues fields) {
  private static final String HOST = "host";

  public RequestHead {
    if (!method.matches("[A-Z]+")) {
      throw new IllegalArgumentException("not a method in capitals: " + method);
    }
    target = normalised(target);
  }

  private static URI normalised(URI target) {
    if (target.getScheme() == null
        || target.getHost() == null
        || target.getRawUserInfo() != null
        || target.getRawFragment() != null) {
      throw new IllegalArgumentException("not the address of a request: " + target);
    }
    String scheme = target.getScheme().toLowerCase(Locale.ROOT);
    String host = target.getHost().toLowerCase(Locale.ROOT);
    boolean usual =
        target.getPort() == -1
            || (scheme.equals("https") && target.getPort() == 443)
            || (scheme.equals("http") && target.getPort() == 80);
    String path = target.getRawPath();
    String query = target.getRawQuery();
    return URI.create(
        scheme
            + "://"
            + host
            + (usual ? "" : ":" + target.getPort())
            + (path == null || path.isEmpty() ? "/" : path)
            + (query == null ? "" : "?" + query));
  }

  /** The same with header fields more. */
  RequestHead with(List<HttpHeader> more) {
    Map<String, List<String>> all = new LinkedHashMap<>(fields.byName());
    for (HttpHeader field : more) {
      all.put(field.name().toLowerCase(Locale.ROOT), List.of(field.value()));
    }
    return new RequestHead(method, target, new HttpValues(all));
  }

  /** The target's host, with its port where it names one. */
  String authority() {
    return target.getRawAuthority();
  }

  String path() {
    return target.getRawPath();
  }

  /** With the question mark before; empty where there is none. */
  String query() {
    return target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
  }

  /**
   * A field's lines as one: each without the space around it, joined by a comma and a space. Which
   * host is meant says the target alone.
   */
  Optional<String> field(String lowerCaseName) {
    if (lowerCaseName.equals(HOST)) {
      return Optional.of(authority());
    }
    List<String> lines = fields.all(lowerCaseName);
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(String.join(", ", lines.stream().map(String::strip).toList()));
  }
}
