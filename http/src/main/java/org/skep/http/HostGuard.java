package org.skep.http;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Knows the host names that lead to one site. A page of a stranger may let its own name point to
 * 127.0.0.1 (DNS rebinding) and would then be "same origin" with us; it cannot choose the Host
 * header, though, so a name that is not ours is refused.
 */
final class HostGuard {
  private static final int HTTP_PORT = 80;

  private final Set<String> hosts = new TreeSet<>();

  /**
   * @param port the port the site listens on
   * @param names further host names, without port, lower case
   */
  HostGuard(int port, Set<String> names) {
    Set<String> all = new TreeSet<>(names);
    all.addAll(Set.of("localhost", "127.0.0.1", "[::1]"));
    for (String name : all) {
      hosts.add(name + ":" + port);
      if (port == HTTP_PORT) {
        hosts.add(name);
      }
    }
  }

  /** Whether a host, with its port where that is not HTTP's own, is ours. */
  boolean knows(@Nullable String host) {
    return host != null && hosts.contains(host.toLowerCase(Locale.ROOT));
  }
}
