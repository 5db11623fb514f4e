package org.skep.http;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.skep.kernel.http.Site;

/**
 * How a door stands.
 *
 * @param ports a TCP port for every site, 0 for any free one
 * @param names host names that lead here besides {@code localhost} and the loopback addresses,
 *     without port, lower case
 * @param limits what each client gets at most
 * @param scriptHashes sources such as {@code 'sha256-…'} for the page's own inline import map, see
 *     {@link StaticFiles#inlineScriptHashes}
 * @param signInHint the sentence for somebody who is not signed in
 */
public record DoorConfig(
    Map<Site, Integer> ports,
    Set<String> names,
    DoorLimits limits,
    List<String> scriptHashes,
    String signInHint) {
  public DoorConfig {
    ports = Map.copyOf(new EnumMap<>(ports));
    for (Site site : Site.values()) {
      Integer port = ports.get(site);
      if (port == null || port < 0 || port > 65_535) {
        throw new IllegalArgumentException("no port for " + site + ": " + port);
      }
    }
    names =
        names.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    for (String name : names) {
      if (!name.matches("[a-z0-9.-]{1,253}|\\[[0-9a-f:.]{2,45}]")) {
        throw new IllegalArgumentException("not a host name: " + name);
      }
    }
    scriptHashes = List.copyOf(scriptHashes);
    for (String hash : scriptHashes) {
      if (!hash.matches("'sha256-[A-Za-z0-9+/]{43}='")) {
        throw new IllegalArgumentException("not the hash of a script: " + hash);
      }
    }
  }

  /** A door with ordinary limits and no name but loopback's. */
  public static DoorConfig onPorts(int app, int open, int content, String signInHint) {
    return new DoorConfig(
        Map.of(Site.APP, app, Site.PUBLIC, open, Site.CONTENT, content),
        Set.of(),
        DoorLimits.DEFAULT,
        List.of(),
        signInHint);
  }

  /** The same door with other limits. */
  public DoorConfig withLimits(DoorLimits other) {
    return new DoorConfig(ports, names, other, scriptHashes, signInHint);
  }

  /** The same door with inline scripts of these hashes allowed on the page. */
  public DoorConfig withScriptHashes(List<String> hashes) {
    return new DoorConfig(ports, names, limits, hashes, signInHint);
  }

  /** The same door under these names too. */
  public DoorConfig withNames(Set<String> others) {
    return new DoorConfig(ports, others, limits, scriptHashes, signInHint);
  }

  /** The port asked for, 0 for any. */
  public int port(Site site) {
    return ports.getOrDefault(site, 0);
  }
}
