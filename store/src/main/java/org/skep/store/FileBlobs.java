package org.skep.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.skep.kernel.AccountId;
import org.skep.kernel.Announcement;
import org.skep.kernel.Blobs;
import org.skep.kernel.Bytes;
import org.skep.kernel.Clock;
import org.skep.kernel.Hash;
import org.skep.kernel.Lane;
import org.skep.kernel.Row;
import org.skep.kernel.Store;
import org.skep.kernel.StoreException;
import org.skep.kernel.Tx;

/**
 * Blobs as files: {@code blobs/ab/cdef…} by the hexadecimal digits of the hash, and a row for each
 * in the database. A blob arrives in {@code blobs/arriving}, is synced, gets its name, and only
 * then its row; it goes in the other order. So a crash leaves files without a row, which {@link
 * BlobSweep} removes at the next start, and never a row without its file. What arrives under a name
 * and was interrupted stays in {@code blobs/arriving} as long as {@link Beginnings} says.
 */
public final class FileBlobs implements Blobs {
  private static final System.Logger LOG = System.getLogger(FileBlobs.class.getName());
  private static final int EVICTED_AT_ONCE = 100;
  private static final int PURPOSE_LENGTH_MAX = 100;

  /** So much more than the budget may be here before nothing new arrives: evictions take time. */
  static final long BEYOND_BUDGET_BYTES_MAX = 64L << 20;

  private final Store store;
  private final BlobFolder folder;
  private final Beginnings beginnings;
  private final long bytesBudget;
  private final Leases leases = new Leases();

  /** A row: what is known of a blob without opening it. */
  private record Kept(long number, BlobInfo blob) {
    static Kept of(Row row) {
      return new Kept(row.number(0), new BlobInfo(new Hash(row.bytes(1)), row.number(2)));
    }
  }

  private FileBlobs(Store store, BlobFolder folder, Beginnings beginnings, long bytesBudget) {
    this.store = store;
    this.folder = folder;
    this.beginnings = beginnings;
    this.bytesBudget = bytesBudget;
  }

  /**
   * Opens the blobs beside a database, and removes what a crash left over. Whatever is brought may
   * arrive.
   *
   * @param dataFolder an existing folder that only this process uses
   * @param clock tells how old the beginnings of blobs are
   * @throws StoreException when the disk fails
   */
  public static FileBlobs open(Path dataFolder, Store store, Clock clock) {
    return open(dataFolder, store, clock, Long.MAX_VALUE - BEYOND_BUDGET_BYTES_MAX);
  }

  /**
   * The same.
   *
   * @param bytesBudget to which {@link #evictTo} is called now and then: where much more is here,
   *     nothing arrives until it was
   */
  public static FileBlobs open(Path dataFolder, Store store, Clock clock, long bytesBudget) {
    Path path = dataFolder.resolve("blobs");
    try {
      BlobFolder folder = BlobFolder.open(path);
      new BlobSweep(store, folder).run();
      Beginnings beginnings = new Beginnings(folder, clock);
      beginnings.sweep();
      return new FileBlobs(store, folder, beginnings, bytesBudget);
    } catch (IOException e) {
      throw new StoreException("the folder " + path + " can't be used (" + e + ")", e);
    }
  }

  @Override
  public Lease put(InputStream content, long bytesMax) throws IOException {
    try (BlobArrival arrival = BlobArrival.fresh(folder, bytesMax)) {
      arrival.addAll(content);
      return keep(arrival, arrival.end(), Lane.OWN);
    }
  }

  @Override
  public Optional<Arrival> arrive(Hash name, long bytesMax) {
    if (!beginnings.claim(name)) {
      return Optional.empty();
    }
    boolean begun = false;
    try {
      // Looked for under the claim, so that one that has just completed is seen.
      if (find(name).isPresent()
          || store.read(FileBlobs::unpinnedBytes) > bytesBudget + BEYOND_BUDGET_BYTES_MAX) {
        return Optional.empty();
      }
      beginnings.sweep();
      BlobArrival arrival = BlobArrival.begun(folder, name, bytesMax);
      begun = true;
      return Optional.of(
          new NamedArrival(name, arrival, whole -> keep(arrival, whole, Lane.LIVE), beginnings));
    } finally {
      if (!begun) {
        beginnings.release(name);
      }
    }
  }

  private Lease keep(BlobArrival arrival, BlobArrival.Whole whole, Lane lane) {
    BlobInfo blob = whole.blob();
    // Taken first, so that an eviction going on is over before the file gets its name.
    Leases.Held lease = leases.take(blob);
    boolean kept = false;
    try {
      arrival.settle(blob.hash());
      store.write(lane, tx -> insert(tx, whole));
      kept = true;
      return lease;
    } finally {
      if (!kept) {
        lease.close();
        takeBack(arrival, blob.hash());
      }
    }
  }

  /** Writes the row and announces it; false when it was there. */
  private static boolean insert(Tx tx, BlobArrival.Whole whole) {
    Hash hash = whole.blob().hash();
    boolean fresh =
        tx.run(
                "INSERT INTO blob (hash, length_bytes, chunks) VALUES (?, ?, ?)"
                    + " ON CONFLICT (hash) DO NOTHING",
                hash.bytes(),
                whole.blob().lengthBytes(),
                whole.chunks())
            > 0;
    if (fresh) {
      EvictedBlobs.forget(tx, hash);
      tx.announce(new Announcement.BlobChanged(hash));
    }
    return fresh;
  }

  /** Takes the name from a file that got no row, unless somebody else brings the blob as well. */
  private void takeBack(BlobArrival arrival, Hash hash) {
    if (!leases.showOut(hash)) {
      return;
    }
    try {
      if (find(hash).isEmpty()) {
        arrival.unsettle(hash);
      }
    } catch (StoreException e) {
      // The caller hears the first failure; the next start removes the file.
      LOG.log(System.Logger.Level.WARNING, "the file of blob " + hash + " was left over", e);
    } finally {
      leases.reopen(hash);
    }
  }

  @Override
  public Optional<BlobInfo> find(Hash hash) {
    return store.read(tx -> find(tx, hash));
  }

  private static Optional<BlobInfo> find(Tx tx, Hash hash) {
    return tx.number("SELECT length_bytes FROM blob WHERE hash = ?", hash.bytes())
        .map(length -> new BlobInfo(hash, length));
  }

  @Override
  public Optional<Lease> lease(Hash hash) {
    // Taken before looking, so that what is found can't go in between.
    Leases.Held lease = leases.take(new BlobInfo(hash, 0));
    try {
      return find(hash).map(leases::take);
    } finally {
      lease.close();
    }
  }

  @Override
  public Bytes read(Hash hash, long offset, int length) {
    if (offset < 0 || length < 0 || length > READ_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a read of " + length + " bytes from " + offset + " is out of bounds");
    }
    BlobInfo blob = find(hash).orElseThrow(() -> new StoreException("there is no blob " + hash));
    int wanted = Math.clamp(blob.lengthBytes() - offset, 0, length);
    if (wanted == 0) {
      return Bytes.EMPTY;
    }
    long firstChunk = offset / CHUNK_BYTES;
    long lastChunk = (offset + wanted - 1) / CHUNK_BYTES;
    Bytes sums = sums(hash, firstChunk, lastChunk);
    long start = firstChunk * CHUNK_BYTES;
    int span = (int) (Math.min((lastChunk + 1) * CHUNK_BYTES, blob.lengthBytes()) - start);
    byte[] chunks = readFile(blob, start, span);
    if (!Chunks.sums(chunks).equals(sums)) {
      throw new StoreException("the file of blob " + hash + " is damaged");
    }
    return Bytes.copyOf(chunks, (int) (offset - start), wanted);
  }

  private Bytes sums(Hash hash, long firstChunk, long lastChunk) {
    return store
        .read(tx ->
            tx.first(
                row -> row.bytes(0),
                "SELECT substr(chunks, ?, ?) FROM blob WHERE hash = ?",
                firstChunk * Hash.LENGTH_BYTES + 1,
                (lastChunk - firstChunk + 1) * Hash.LENGTH_BYTES,
                hash.bytes()))
        .orElseThrow(() -> new StoreException("there is no blob " + hash));
  }

  private byte[] readFile(BlobInfo blob, long start, int length) {
    byte[] content = new byte[length];
    // Not through a channel: an interrupt would close that and look like a broken disk.
    try (RandomAccessFile file = new RandomAccessFile(folder.file(blob.hash()).toFile(), "r")) {
      file.seek(start);
      file.readFully(content);
      return content;
    } catch (FileNotFoundException e) {
      throw new StoreException("the file of blob " + blob.hash() + " is gone", e);
    } catch (IOException e) {
      throw new StoreException("the file of blob " + blob.hash() + " is damaged (" + e + ")", e);
    }
  }

  @Override
  public void pin(Tx tx, AccountId account, Hash hash, String purpose) {
    if (purpose.isEmpty() || purpose.length() > PURPOSE_LENGTH_MAX) {
      throw new IllegalArgumentException(
          "a purpose has 1 to " + PURPOSE_LENGTH_MAX + " characters, not " + purpose.length());
    }
    if (find(tx, hash).isEmpty()) {
      throw new StoreException("there is no blob " + hash);
    }
    boolean fresh =
        tx.run(
                "INSERT INTO blob_pin (hash, account, purpose) VALUES (?, ?, ?)"
                    + " ON CONFLICT DO NOTHING",
                hash.bytes(),
                account.value(),
                purpose)
            > 0;
    if (fresh) {
      // Whoever waited for it in vain may be given it now.
      tx.announce(new Announcement.BlobChanged(hash));
    }
  }

  @Override
  public void unpin(Tx tx, AccountId account, Hash hash, String purpose) {
    tx.run(
        "DELETE FROM blob_pin WHERE hash = ? AND account = ? AND purpose = ?",
        hash.bytes(),
        account.value(),
        purpose);
  }

  @Override
  public boolean isPinned(Tx tx, AccountId account, Hash hash) {
    return tx.number(
            "SELECT 1 FROM blob_pin p JOIN blob b ON b.hash = p.hash"
                + " WHERE p.hash = ? AND p.account = ? LIMIT 1",
            hash.bytes(),
            account.value())
        .isPresent();
  }

  @Override
  public void missed(Hash hash) {
    // Looked for first, because most that is missed never was here, and a look costs no commit.
    if (store.read(tx -> EvictedBlobs.contains(tx, hash))) {
      store.write(
          Lane.OWN,
          tx -> {
            boolean forgotten = EvictedBlobs.forget(tx, hash);
            if (forgotten) {
              tx.announce(new Announcement.BlobChanged(hash));
            }
            return forgotten;
          });
    }
  }

  /** Of all that may be evicted; what is kept for good has no part in the budget. */
  private static long unpinnedBytes(Tx tx) {
    return tx.number(
            "SELECT sum(length_bytes) FROM blob"
                + " WHERE NOT EXISTS (SELECT 1 FROM blob_pin p WHERE p.hash = blob.hash)")
        .orElse(0L);
  }

  private static long bytes(Tx tx) {
    return tx.number("SELECT sum(length_bytes) FROM blob").orElse(0L);
  }

  @Override
  public long evictTo(long bytesBudget) {
    long total = store.read(FileBlobs::unpinnedBytes);
    long after = 0;
    while (total > bytesBudget) {
      List<Kept> oldest = unpinned(after);
      if (oldest.isEmpty()) {
        break;
      }
      after = oldest.getLast().number();
      List<BlobInfo> going = new ArrayList<>();
      for (Kept kept : oldest) {
        if (total > bytesBudget) {
          going.add(kept.blob());
          total -= kept.blob().lengthBytes();
        }
      }
      for (BlobInfo stayed : remove(going, EvictedBlobs::remember)) {
        total += stayed.lengthBytes();
      }
    }
    return store.read(FileBlobs::bytes);
  }

  @Override
  public boolean discard(Hash hash) {
    Optional<BlobInfo> known = find(hash);
    return known.isEmpty() || remove(List.of(known.get()), (_, _) -> {}).isEmpty();
  }

  private List<Kept> unpinned(long after) {
    return store.read(tx ->
        tx.all(
            Kept::of,
            "SELECT number, hash, length_bytes FROM blob WHERE number > ?"
                + " AND NOT EXISTS (SELECT 1 FROM blob_pin p WHERE p.hash = blob.hash)"
                + " ORDER BY number LIMIT ?",
            after,
            EVICTED_AT_ONCE));
  }

  /**
   * Removes those of the blobs that may go, and tells which stayed.
   *
   * @param note of what goes, in the same transaction
   */
  private List<BlobInfo> remove(List<BlobInfo> blobs, BiConsumer<Tx, List<BlobInfo>> note) {
    List<BlobInfo> stayed = new ArrayList<>();
    List<BlobInfo> going = new ArrayList<>();
    for (BlobInfo blob : blobs) {
      (leases.showOut(blob.hash()) ? going : stayed).add(blob);
    }
    try {
      List<BlobInfo> gone = store.write(Lane.LIVE, tx -> deleteRows(tx, going, note));
      for (BlobInfo blob : gone) {
        Files.deleteIfExists(folder.file(blob.hash()));
      }
      going.stream().filter(blob -> !gone.contains(blob)).forEach(stayed::add);
      return stayed;
    } catch (IOException e) {
      throw Words.failure("a file can't be removed", e);
    } finally {
      going.forEach(blob -> leases.reopen(blob.hash()));
    }
  }

  /** Asks for pins once more, now that nobody else writes. */
  private static List<BlobInfo> deleteRows(
      Tx tx, List<BlobInfo> blobs, BiConsumer<Tx, List<BlobInfo>> note) {
    List<BlobInfo> gone =
        blobs.stream()
            .filter(blob ->
                tx.run(
                        "DELETE FROM blob WHERE hash = ?"
                            + " AND NOT EXISTS"
                            + " (SELECT 1 FROM blob_pin p WHERE p.hash = blob.hash)",
                        blob.hash().bytes())
                    > 0)
            .toList();
    note.accept(tx, gone);
    return gone;
  }
}
