package org.skep.networks.scuttlebutt.blobs;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skep.kernel.Blobs;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;

/**
 * The blobs of one account as one peer may see and bring them. Any thread; calls may wait for the
 * disk.
 */
public interface BlobShelf {
  /** Longer ones are neither fetched nor asked for, as other programs have it. */
  long BLOB_BYTES_MAX = 5L << 20;

  /** How many are asked for at once. */
  int MISSING_MAX = 1_000;

  /** Hears that something may be different; returns at once. */
  interface Listener {
    /** A blob has come. */
    void blobChanged(Hash blob);

    /** Other blobs may be missing than before. */
    void missingChanged();
  }

  /** Ends a subscription. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /** Those that are here and may be given to the peer, with their lengths. */
  Map<Hash, Long> given(Collection<Hash> asked);

  /** What the account would like to have and the peer may know of, at most {@link #MISSING_MAX}. */
  List<Hash> missing();

  /** Whether the account may take in this one. */
  boolean isWanted(Hash blob);

  /** See {@link Blobs#arrive}. */
  Optional<Blobs.Arrival> arrive(Hash blob);

  /** See {@link Blobs#lease}. */
  Optional<Blobs.Lease> lease(Hash blob);

  /** See {@link Blobs#read}. */
  Bytes read(Hash blob, long offset, int length);

  Subscription subscribe(Listener listener);
}
