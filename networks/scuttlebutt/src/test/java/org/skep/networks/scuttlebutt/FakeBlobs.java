package org.skep.networks.scuttlebutt;

import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.skep.kernel.AccountId;
import org.skep.kernel.BlobRefusedException;
import org.skep.kernel.Blobs;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;
import org.skep.kernel.Tx;
import org.skep.wire.crypto.Digests;

/** Blobs in memory, as a test put them there. Counts what is leased and read. Any thread. */
public final class FakeBlobs implements Blobs {
  private final Map<Hash, Bytes> contents = new ConcurrentHashMap<>();
  private final Set<Hash> pinned = ConcurrentHashMap.newKeySet();
  private final Map<Hash, Bytes> begun = new ConcurrentHashMap<>();
  private final Set<Hash> arriving = ConcurrentHashMap.newKeySet();
  private final AtomicInteger leased = new AtomicInteger();
  private final AtomicInteger reads = new AtomicInteger();

  /** Puts something there that nobody pins. */
  public Hash keep(Bytes content) {
    Hash hash = new Hash(Digests.sha256(content));
    contents.put(hash, content);
    return hash;
  }

  public Hash keepPinned(Bytes content) {
    Hash hash = keep(content);
    pinned.add(hash);
    return hash;
  }

  public boolean isKept(Hash hash) {
    return pinned.contains(hash);
  }

  public int leased() {
    return leased.get();
  }

  public int reads() {
    return reads.get();
  }

  @Override
  public Optional<BlobInfo> find(Hash hash) {
    return Optional.ofNullable(contents.get(hash))
        .map(content -> new BlobInfo(hash, content.length()));
  }

  @Override
  public Optional<Lease> lease(Hash hash) {
    return find(hash)
        .map(blob -> {
          leased.incrementAndGet();
          return new Lease() {
            @Override
            public BlobInfo blob() {
              return blob;
            }

            @Override
            public void close() {
              leased.decrementAndGet();
            }
          };
        });
  }

  @Override
  public Bytes read(Hash hash, long offset, int length) {
    reads.incrementAndGet();
    Bytes content = Optional.ofNullable(contents.get(hash)).orElseThrow();
    int from = (int) offset;
    return content.slice(from, Math.min(from + length, content.length()));
  }

  @Override
  public boolean isPinned(Tx tx, AccountId account, Hash hash) {
    return pinned.contains(hash);
  }

  @Override
  public void missed(Hash hash) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Lease put(InputStream content, long bytesMax) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Arrival> arrive(Hash name, long bytesMax) {
    return contents.containsKey(name) || !arriving.add(name)
        ? Optional.empty()
        : Optional.of(new FakeArrival(name, bytesMax));
  }

  /** What has come of a blob that is not whole yet. */
  public long begun(Hash name) {
    return begun.getOrDefault(name, Bytes.EMPTY).length();
  }

  private final class FakeArrival implements Arrival {
    private final Hash name;
    private final long bytesMax;

    FakeArrival(Hash name, long bytesMax) {
      this.name = name;
      this.bytesMax = bytesMax;
    }

    @Override
    public long lengthBytes() {
      return begun(name);
    }

    @Override
    public void add(Bytes next) throws BlobRefusedException {
      begun.merge(name, next, Bytes::concat);
      if (lengthBytes() > bytesMax) {
        begun.remove(name);
        throw new BlobRefusedException("too long");
      }
    }

    @Override
    public Lease complete() throws BlobRefusedException {
      Bytes content = Optional.ofNullable(begun.remove(name)).orElse(Bytes.EMPTY);
      if (!new Hash(Digests.sha256(content)).equals(name)) {
        throw new BlobRefusedException("not what its name says");
      }
      keep(content);
      return lease(name).orElseThrow();
    }

    @Override
    public void close() {
      arriving.remove(name);
    }
  }

  @Override
  public void pin(Tx tx, AccountId account, Hash hash, String purpose) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void unpin(Tx tx, AccountId account, Hash hash, String purpose) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean discard(Hash hash) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long evictTo(long bytesBudget) {
    throw new UnsupportedOperationException();
  }
}
