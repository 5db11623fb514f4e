package org.skep.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Pictures and other long content, each known by the SHA-256 of its bytes. A blob is there whole or
 * not at all, also after a crash. What nobody leases or pins may be evicted at any time. Any
 * thread; not from inside a transaction, except where a {@link Tx} is asked for.
 */
public interface Blobs {
  /** Every run of so many bytes has a checksum of its own, so that a part can be read safely. */
  int CHUNK_BYTES = 64 << 10;

  /** The most that one {@link #read} gives. */
  int READ_BYTES_MAX = 16 * CHUNK_BYTES;

  record BlobInfo(Hash hash, long lengthBytes) {}

  /** Keeps one blob from eviction until it is closed; closing again changes nothing. */
  interface Lease extends AutoCloseable {
    BlobInfo blob();

    @Override
    void close();
  }

  /**
   * Takes in a blob; one that is there already is leased, and repaired should it be damaged. When
   * this returns, the blob is on disk; when it throws, nothing of it stays.
   *
   * @param content read to its end, not closed
   * @throws BlobRefusedException when there are more than {@code bytesMax} bytes
   * @throws IOException when the stream itself fails
   * @throws StoreException when the disk does not take it
   */
  Lease put(InputStream content, long bytesMax) throws IOException;

  /**
   * Takes in a blob that somebody else sends under a name.
   *
   * @throws BlobRefusedException also when the bytes are not those the name promises
   * @see #put
   */
  Lease putNamed(Hash name, InputStream content, long bytesMax) throws IOException;

  Optional<BlobInfo> find(Hash hash);

  /** Keeps a blob that is there from eviction, for instance while it is being sent. */
  Optional<Lease> lease(Hash hash);

  /**
   * The bytes from {@code offset} on: {@code length} of them, fewer only at the blob's end.
   *
   * @param length up to {@link #READ_BYTES_MAX}
   * @throws IllegalArgumentException when offset or length are out of bounds
   * @throws StoreException when the blob is not there, or is damaged
   */
  Bytes read(Hash hash, long offset, int length);

  /**
   * Keeps a blob for an account until {@link #unpin}, however full the disk is.
   *
   * @throws StoreException when the blob is not there; a lease makes sure that it is
   */
  void pin(Tx tx, AccountId account, Hash hash);

  void unpin(Tx tx, AccountId account, Hash hash);

  /** Whether the blob is there and some account keeps it. */
  boolean isPinned(Hash hash);

  /**
   * Evicts what is neither leased nor pinned, what came first going first, until no more than the
   * budget is kept or nothing more may go.
   *
   * @return how many bytes are kept then
   */
  long evictTo(long bytesBudget);
}
