package org.skep.engine;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.skep.kernel.Announcement;
import org.skep.kernel.Blobs;
import org.skep.kernel.Hash;
import org.skep.kernel.Store;
import org.skep.kernel.Tx;

/**
 * Removes what stood with deleted posts and nothing else shows: the pictures of what is deleted
 * shall leave the disk, too, and not only the page. What somebody keeps (a pin) or uses just now (a
 * lease) stays; so does all that the views don't know of, which may only be late. Any thread.
 */
final class UnshownBlobs {
  private final Store store;
  private final Blobs blobs;

  /** At first, too: a node may have stopped after something was deleted and before this. */
  private final AtomicBoolean due = new AtomicBoolean(true);

  UnshownBlobs(Store store, Blobs blobs) {
    this.store = store;
    this.blobs = blobs;
    store.subscribe(this::hear);
  }

  private void hear(Announcement announcement) {
    // A picture may come when its post is gone already.
    if (announcement instanceof Announcement.EntryGone
        || announcement instanceof Announcement.BlobChanged) {
      due.set(true);
    }
  }

  /**
   * Removes what there is, if something was deleted since the last time.
   *
   * @return false if something is left for the next time
   */
  boolean clear() {
    if (!due.getAndSet(false)) {
      return true;
    }
    boolean done = false;
    try {
      // What is looked at just now goes the next time.
      done =
          store.read(UnshownBlobs::unshown).stream().filter(hash -> !blobs.discard(hash)).count()
              == 0;
    } finally {
      if (!done) {
        due.set(true);
      }
    }
    return done;
  }

  private static List<Hash> unshown(Tx tx) {
    return tx.all(
        row -> new Hash(row.bytes(0)),
        "SELECT b.hash FROM {posts.gone_blob} g JOIN blob b ON b.hash = g.blob"
            + " WHERE NOT EXISTS (SELECT 1 FROM blob_pin n WHERE n.hash = b.hash) AND NOT EXISTS (SELECT 1 FROM "
            + CircleMedia.SHOWN
            + " WHERE a.blob = b.hash) AND NOT EXISTS (SELECT 1 FROM {people.profile}"
            // Said as a word of the statement, so that the index for just these is used.
            + " WHERE field = 'PICTURE' AND value = lower(hex(b.hash)))");
  }
}
