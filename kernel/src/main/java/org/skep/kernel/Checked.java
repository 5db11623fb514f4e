package org.skep.kernel;

import java.util.List;
import java.util.Optional;

/** What a network's own rules say of some bytes, looking at nothing else. */
public sealed interface Checked {
  /**
   * @param says where the network has found it out on the way: what {@link Network#interpret} gives
   *     without a key
   */
  record Sound(NewFact fact, Optional<List<DomainEvent>> says) implements Checked {
    public Sound(NewFact fact) {
      this(fact, Optional.empty());
    }
  }

  /**
   * @param reason one plain sentence
   */
  record Unsound(String reason) implements Checked {}
}
