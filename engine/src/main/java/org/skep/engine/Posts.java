package org.skep.engine;

import org.skep.kernel.PostId;
import org.skep.kernel.Tx;

/** Finds the post that an id, which clients may have kept from before a merging, now stands for. */
final class Posts {
  private Posts() {}

  static long current(Tx tx, PostId id) {
    return tx.number("SELECT post FROM {posts.former} WHERE former = ?", id.value())
        .orElse(id.value());
  }
}
