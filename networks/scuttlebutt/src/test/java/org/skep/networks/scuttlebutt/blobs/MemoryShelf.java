package org.skep.networks.scuttlebutt.blobs;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.skep.kernel.BlobRefusedException;
import org.skep.kernel.Blobs;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;
import org.skep.networks.scuttlebutt.FakeBlobs;

/** The blobs of an account that wants and gives what a test says. Any thread. */
final class MemoryShelf implements BlobShelf {
  final FakeBlobs blobs = new FakeBlobs();
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<Hash> wanted = new LinkedHashSet<>();
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean peerMayReceive = true;
  private volatile boolean wantsNothingAfterAll;

  void want(Hash... some) {
    lock.lock();
    try {
      wanted.addAll(List.of(some));
    } finally {
      lock.unlock();
    }
    listeners.forEach(Listener::missingChanged);
  }

  /** Keeps a blob for everybody who asks. */
  Hash give(Bytes content) {
    Hash hash = blobs.keepPinned(content);
    listeners.forEach(listener -> listener.blobChanged(hash));
    return hash;
  }

  void peerMayReceive(boolean may) {
    peerMayReceive = may;
  }

  /** From now on it says of nothing that it may come in. */
  void wantNothingAfterAll() {
    wantsNothingAfterAll = true;
  }

  boolean has(Hash blob) {
    return blobs.find(blob).isPresent();
  }

  @Override
  public Map<Hash, Long> given(Collection<Hash> asked) {
    Map<Hash, Long> given = new LinkedHashMap<>();
    if (peerMayReceive) {
      asked.stream()
          .filter(blobs::isKept)
          .flatMap(blob -> blobs.find(blob).stream())
          .forEach(blob -> given.put(blob.hash(), blob.lengthBytes()));
    }
    return given;
  }

  @Override
  public List<Hash> missing() {
    lock.lock();
    try {
      return peerMayReceive ? wanted.stream().filter(blob -> !has(blob)).toList() : List.of();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isWanted(Hash blob) {
    lock.lock();
    try {
      return wanted.contains(blob) && !wantsNothingAfterAll;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<Blobs.Arrival> arrive(Hash blob) {
    return blobs.arrive(blob, BLOB_BYTES_MAX).map(arrival -> new TellingArrival(arrival, blob));
  }

  private final class TellingArrival implements Blobs.Arrival {
    private final Blobs.Arrival real;
    private final Hash blob;

    TellingArrival(Blobs.Arrival real, Hash blob) {
      this.real = real;
      this.blob = blob;
    }

    @Override
    public long lengthBytes() {
      return real.lengthBytes();
    }

    @Override
    public void add(Bytes next) throws BlobRefusedException {
      real.add(next);
    }

    @Override
    public Blobs.Lease complete() throws BlobRefusedException {
      Blobs.Lease lease = real.complete();
      listeners.forEach(listener -> listener.blobChanged(blob));
      return lease;
    }

    @Override
    public void close() {
      real.close();
    }
  }

  @Override
  public Optional<Blobs.Lease> lease(Hash blob) {
    return blobs.lease(blob);
  }

  @Override
  public Bytes read(Hash blob, long offset, int length) {
    return blobs.read(blob, offset, length);
  }

  @Override
  public Subscription subscribe(Listener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
