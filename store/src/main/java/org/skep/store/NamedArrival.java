package org.skep.store;

import org.skep.kernel.BlobRefusedException;
import org.skep.kernel.Blobs;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;

/** What comes under a name, as the one who brings it sees it. One thread. */
final class NamedArrival implements Blobs.Arrival {
  private final Hash name;
  private final BlobArrival arrival;
  private final Keeper keeper;
  private final Beginnings beginnings;
  private final long lengthBefore;
  private boolean over;
  private boolean closed;

  /** Keeps what came whole. */
  interface Keeper {
    Blobs.Lease keep(BlobArrival.Whole whole);
  }

  /**
   * @param beginnings where the name is claimed; it is released by closing
   */
  NamedArrival(Hash name, BlobArrival arrival, Keeper keeper, Beginnings beginnings) {
    this.name = name;
    this.arrival = arrival;
    this.keeper = keeper;
    this.beginnings = beginnings;
    this.lengthBefore = arrival.lengthBytes();
  }

  @Override
  public long lengthBytes() {
    return arrival.lengthBytes();
  }

  @Override
  public void add(Bytes next) throws BlobRefusedException {
    refuseWhenOver();
    try {
      arrival.add(next.toArray(), next.length());
    } catch (BlobRefusedException e) {
      over = true;
      throw e;
    }
  }

  @Override
  public Blobs.Lease complete() throws BlobRefusedException {
    refuseWhenOver();
    over = true;
    BlobArrival.Whole whole = arrival.end();
    if (!whole.blob().hash().equals(name)) {
      arrival.discard();
      throw new BlobRefusedException("the content is not what its name says");
    }
    return keeper.keep(whole);
  }

  private void refuseWhenOver() {
    if (over) {
      throw new IllegalStateException("this arrival is over");
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    over = true;
    try {
      arrival.close();
      if (arrival.lengthBytes() > lengthBefore) {
        beginnings.grew(name);
      }
    } finally {
      beginnings.release(name);
    }
  }
}
