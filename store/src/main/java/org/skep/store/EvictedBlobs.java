package org.skep.store;

import java.util.List;
import org.skep.kernel.Blobs.BlobInfo;
import org.skep.kernel.Hash;
import org.skep.kernel.Tx;

/**
 * Which blobs had to make room: they are not fetched again before somebody wants to see them. Of
 * very many the oldest are forgotten, which costs no more than that they are fetched once more.
 */
final class EvictedBlobs {
  static final int KEPT_MAX = 100_000;

  private EvictedBlobs() {}

  static void remember(Tx tx, List<BlobInfo> blobs) {
    for (BlobInfo blob : blobs) {
      tx.run(
          "INSERT INTO evicted_blob (hash) VALUES (?) ON CONFLICT (hash) DO NOTHING",
          blob.hash().bytes());
    }
    // By number and not by count, which would read them all; gaps only make them fewer.
    tx.run(
        "DELETE FROM evicted_blob WHERE number <= (SELECT max(number) FROM evicted_blob) - ?",
        KEPT_MAX);
  }

  static boolean contains(Tx tx, Hash hash) {
    return tx.number("SELECT 1 FROM evicted_blob WHERE hash = ?", hash.bytes()).isPresent();
  }

  /** False when there was nothing to forget. */
  static boolean forget(Tx tx, Hash hash) {
    return tx.run("DELETE FROM evicted_blob WHERE hash = ?", hash.bytes()) > 0;
  }
}
