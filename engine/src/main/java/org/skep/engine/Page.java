package org.skep.engine;

import java.util.Optional;
import org.skep.kernel.PostId;

/**
 * Which part of a list is wanted; lists are sorted by id, the newest first.
 *
 * @param below only posts with smaller ids
 * @param above only posts with greater ids
 * @param oldestFirst whether the part next above {@code above} is wanted, not the newest part
 * @param limit 1 to 40
 */
public record Page(Optional<PostId> below, Optional<PostId> above, boolean oldestFirst, int limit) {
  public static final int LIMIT_MAX = 40;

  public Page {
    if (limit < 1 || limit > LIMIT_MAX) {
      throw new IllegalArgumentException("a page has 1 to 40 posts, not " + limit);
    }
  }

  /** The newest posts. */
  public static Page newest(int limit) {
    return new Page(Optional.empty(), Optional.empty(), false, limit);
  }
}
