package org.skep.store;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.kernel.Blobs;
import org.skep.kernel.Blobs.BlobInfo;
import org.skep.kernel.Hash;

/** Who holds which blob just now. A blob is held by any number, or is on its way out, not both. */
final class Leases {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition reopened = lock.newCondition();
  private final Map<Hash, Integer> holders = new HashMap<>();
  private final Set<Hash> leaving = new HashSet<>();

  /** One holder's part. */
  final class Held implements Blobs.Lease {
    private final BlobInfo blob;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Held(BlobInfo blob) {
      this.blob = blob;
    }

    @Override
    public BlobInfo blob() {
      return blob;
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        release(blob.hash());
      }
    }
  }

  /** Holds the blob; waits while it is on its way out. */
  Held take(BlobInfo blob) {
    lock.lock();
    try {
      while (leaving.contains(blob.hash())) {
        reopened.awaitUninterruptibly();
      }
      holders.merge(blob.hash(), 1, Integer::sum);
      return new Held(blob);
    } finally {
      lock.unlock();
    }
  }

  private void release(Hash hash) {
    lock.lock();
    try {
      holders.computeIfPresent(hash, (same, count) -> count > 1 ? count - 1 : null);
    } finally {
      lock.unlock();
    }
  }

  /** Shows the blob out if nobody holds it; until {@link #reopen} nobody can. */
  boolean showOut(Hash hash) {
    lock.lock();
    try {
      return !holders.containsKey(hash) && leaving.add(hash);
    } finally {
      lock.unlock();
    }
  }

  void reopen(Hash hash) {
    lock.lock();
    try {
      leaving.remove(hash);
      reopened.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
