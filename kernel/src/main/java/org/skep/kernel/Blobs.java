package org.skep.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
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
   * A blob on its way in from somebody else, under the name it is promised to have. What has come
   * stays when this is closed, also over a restart, so that the next to bring it can go on. Once it
   * was refused or completed, well or not, there is nothing left to do but close it; closing again
   * changes nothing. One thread.
   */
  interface Arrival extends AutoCloseable {
    /** How much is here. */
    long lengthBytes();

    /**
     * Takes the next bytes.
     *
     * @throws BlobRefusedException when there are more than was agreed; all of it is thrown away
     * @throws StoreException when the disk does not take them
     */
    void add(Bytes next) throws BlobRefusedException;

    /**
     * There is no more: the blob is on disk under its name when this returns, and announced.
     *
     * @throws BlobRefusedException when the bytes are not those the name promises; all of it is
     *     thrown away. Who brought the end need not have brought the wrong beginning.
     * @throws StoreException when the disk does not take it; the next arrival may go on
     */
    Lease complete() throws BlobRefusedException;

    @Override
    void close();
  }

  /** How long the beginning of a blob is kept after the last of it came. */
  Duration BEGUN_MAX = Duration.ofDays(7);

  /** How much is kept of all beginnings together; the oldest go first. */
  long BEGUN_BYTES_MAX = 64L << 20;

  /**
   * Begins to take in a blob, or goes on where the last arrival ended. A beginning that is longer
   * than {@code bytesMax} is thrown away.
   *
   * @return empty when it is here, or arriving already, by whatever road, and while so much is here
   *     that something must be evicted first
   * @throws StoreException when the disk fails
   */
  Optional<Arrival> arrive(Hash name, long bytesMax);

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
   * @param purpose what for, 1 to 100 characters; each purpose is unpinned by itself
   * @throws IllegalArgumentException when the purpose is shorter or longer
   * @throws StoreException when the blob is not there; a lease makes sure that it is
   */
  void pin(Tx tx, AccountId account, Hash hash, String purpose);

  void unpin(Tx tx, AccountId account, Hash hash, String purpose);

  /** Whether the blob is there and the account keeps it for some purpose. */
  boolean isPinned(Tx tx, AccountId account, Hash hash);

  /**
   * Somebody wants to see a blob that is not here: should it have been evicted, that is forgotten
   * and announced, so that it is fetched again.
   */
  void missed(Hash hash);

  /**
   * Removes a blob that nobody wants to see again, unless it is leased or pinned. Unlike what was
   * evicted it is fetched again as soon as somebody shows it.
   *
   * @return whether it is gone
   */
  boolean discard(Hash hash);

  /**
   * Evicts what is neither leased nor pinned, what came first going first, until no more than the
   * budget is kept beside what is pinned, or nothing more may go.
   *
   * @return how many bytes are kept then, pinned ones among them
   */
  long evictTo(long bytesBudget);
}
