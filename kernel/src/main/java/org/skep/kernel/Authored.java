package org.skep.kernel;

import java.util.Optional;

/** What a network made of an intent. */
public sealed interface Authored {
  /**
   * @param contentKey opens the fact again for its own account, when it is sealed
   */
  record Written(NewFact fact, Optional<Bytes> contentKey) implements Authored {}

  /**
   * @param reason one plain sentence for the owner
   */
  record CannotDo(String reason) implements Authored {}
}
