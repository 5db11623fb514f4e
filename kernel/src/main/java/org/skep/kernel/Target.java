package org.skep.kernel;

import java.util.List;
import java.util.Optional;

/**
 * A person or post that an act is about, by all the names it has.
 *
 * @param names at least one, the first seen first
 */
public record Target(List<Ref> names) {
  public Target {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("a target has a name");
    }
    names = List.copyOf(names);
  }

  /** Its name on one network, if it is there at all. */
  public Optional<Ref> on(NetworkId network) {
    return names.stream().filter(name -> name.network().equals(network)).findFirst();
  }
}
