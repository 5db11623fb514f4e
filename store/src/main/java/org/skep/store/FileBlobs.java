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
import org.skep.kernel.AccountId;
import org.skep.kernel.BlobRefusedException;
import org.skep.kernel.Blobs;
import org.skep.kernel.Bytes;
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
 * BlobSweep} removes at the next start, and never a row without its file.
 */
public final class FileBlobs implements Blobs {
  private static final int EVICTED_AT_ONCE = 100;

  private final Store store;
  private final BlobFolder folder;
  private final Leases leases = new Leases();

  /** A row: what is known of a blob without opening it. */
  private record Kept(long number, BlobInfo blob) {
    static Kept of(Row row) {
      return new Kept(row.number(0), new BlobInfo(new Hash(row.bytes(1)), row.number(2)));
    }
  }

  private FileBlobs(Store store, BlobFolder folder) {
    this.store = store;
    this.folder = folder;
  }

  /**
   * Opens the blobs beside a database, and removes what a crash left over.
   *
   * @param dataFolder an existing folder that only this process uses
   * @throws StoreException when the disk fails
   */
  public static FileBlobs open(Path dataFolder, Store store) {
    Path path = dataFolder.resolve("blobs");
    try {
      BlobFolder folder = BlobFolder.open(path);
      new BlobSweep(store, folder).run();
      return new FileBlobs(store, folder);
    } catch (IOException e) {
      throw new StoreException("the folder " + path + " can't be used (" + e + ")", e);
    }
  }

  @Override
  public Lease put(InputStream content, long bytesMax) throws IOException {
    try (BlobArrival arrival = BlobArrival.receive(folder, content, bytesMax)) {
      return keep(arrival, Lane.OWN);
    }
  }

  @Override
  public Lease putNamed(Hash name, InputStream content, long bytesMax) throws IOException {
    try (BlobArrival arrival = BlobArrival.receive(folder, content, bytesMax)) {
      if (!arrival.blob().hash().equals(name)) {
        throw new BlobRefusedException("the content is not what its name says");
      }
      return keep(arrival, Lane.LIVE);
    }
  }

  private Lease keep(BlobArrival arrival, Lane lane) {
    BlobInfo blob = arrival.blob();
    // Taken first, so that an eviction going on is over before the file gets its name.
    Leases.Held lease = leases.take(blob);
    boolean kept = false;
    try {
      arrival.settle();
      store.write(
          lane,
          tx ->
              tx.run(
                  "INSERT INTO blob (hash, length_bytes, chunks) VALUES (?, ?, ?)"
                      + " ON CONFLICT (hash) DO NOTHING",
                  blob.hash().bytes(),
                  blob.lengthBytes(),
                  arrival.chunks()));
      kept = true;
      return lease;
    } catch (IOException e) {
      throw new StoreException("the disk did not take a file (" + e + ")", e);
    } finally {
      if (!kept) {
        lease.close();
      }
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
  public void pin(Tx tx, AccountId account, Hash hash) {
    if (find(tx, hash).isEmpty()) {
      throw new StoreException("there is no blob " + hash);
    }
    tx.run(
        "INSERT INTO blob_pin (hash, account) VALUES (?, ?) ON CONFLICT DO NOTHING",
        hash.bytes(),
        account.value());
  }

  @Override
  public void unpin(Tx tx, AccountId account, Hash hash) {
    tx.run("DELETE FROM blob_pin WHERE hash = ? AND account = ?", hash.bytes(), account.value());
  }

  @Override
  public boolean isPinned(Hash hash) {
    return store
        .read(tx ->
            tx.number(
                "SELECT 1 FROM blob_pin p JOIN blob b ON b.hash = p.hash WHERE p.hash = ? LIMIT 1",
                hash.bytes()))
        .isPresent();
  }

  @Override
  public long evictTo(long bytesBudget) {
    long total = store.read(tx -> tx.number("SELECT sum(length_bytes) FROM blob").orElse(0L));
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
      for (BlobInfo stayed : evict(going)) {
        total += stayed.lengthBytes();
      }
    }
    return total;
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

  /** Evicts those of the blobs that may go, and tells which stayed. */
  private List<BlobInfo> evict(List<BlobInfo> blobs) {
    List<BlobInfo> stayed = new ArrayList<>();
    List<BlobInfo> going = new ArrayList<>();
    for (BlobInfo blob : blobs) {
      (leases.showOut(blob.hash()) ? going : stayed).add(blob);
    }
    try {
      List<BlobInfo> gone = store.write(Lane.LIVE, tx -> deleteRows(tx, going));
      for (BlobInfo blob : gone) {
        Files.deleteIfExists(folder.file(blob.hash()));
      }
      going.stream().filter(blob -> !gone.contains(blob)).forEach(stayed::add);
      return stayed;
    } catch (IOException e) {
      throw new StoreException("a file can't be removed (" + e + ")", e);
    } finally {
      going.forEach(blob -> leases.reopen(blob.hash()));
    }
  }

  /** Asks for pins once more, now that nobody else writes. */
  private static List<BlobInfo> deleteRows(Tx tx, List<BlobInfo> blobs) {
    return blobs.stream()
        .filter(blob ->
            tx.run(
                    "DELETE FROM blob WHERE hash = ?"
                        + " AND NOT EXISTS (SELECT 1 FROM blob_pin p WHERE p.hash = blob.hash)",
                    blob.hash().bytes())
                > 0)
        .toList();
  }
}
