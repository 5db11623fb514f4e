package org.skep.app.whole;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.skep.app.Version;
import org.skep.engine.PrivateState;
import org.skep.engine.SqlVault;
import org.skep.kernel.Blobs;
import org.skep.kernel.Bytes;
import org.skep.kernel.Clock;
import org.skep.kernel.Fact;
import org.skep.kernel.Kept;
import org.skep.kernel.NetworkId;
import org.skep.kernel.NewFact;
import org.skep.kernel.Randomness;
import org.skep.store.Snapshot;
import org.skep.store.SqliteAliases;
import org.skep.store.SqliteFacts;
import org.skep.wire.age.AgeSeal;

/**
 * Gives away all that a data folder holds, as of one moment; a node may run on it meanwhile. Holds
 * no more than a few hundred entries in memory. One thread.
 */
public final class Export {
  private static final int SLICE = 500;
  private static final String FACTS = "facts";
  private static final String FORKS = "forks";

  private final Snapshot snapshot;
  private final Parcel parcel;
  private final int workFactor;
  private final List<Parcel.Written> written = new ArrayList<>();
  private final Map<String, Long> counts = new TreeMap<>();
  private final List<String> missing = new ArrayList<>();

  private Export(Snapshot snapshot, Parcel parcel, int workFactor) {
    this.snapshot = snapshot;
    this.parcel = parcel;
    this.workFactor = workFactor;
  }

  /**
   * What was given away.
   *
   * @param entries of all networks
   * @param missing sentences about what could not be
   */
  public record Done(long entries, long blobs, List<String> missing) {}

  /** Hears how many entries and blobs of how many are written. */
  public interface Progress {
    void at(long done, long total);
  }

  /**
   * Fills a folder.
   *
   * @param data the data folder, of the format that this version writes
   * @param to an empty folder, or one that is not there yet
   * @param passphrase seals what is private
   * @throws Refused when the folder can't be filled, in words
   * @throws org.skep.kernel.StoreException when the data folder can't be read, in words
   */
  public static Done run(
      Path data, Path to, String passphrase, Randomness randomness, Clock clock, Progress progress)
      throws IOException {
    return run(data, to, passphrase, AgeSeal.WORK_FACTOR, randomness, clock, progress);
  }

  /**
   * The same.
   *
   * @param workFactor what a guess at the passphrase costs, as a power of two
   */
  static Done run(
      Path data,
      Path to,
      String passphrase,
      int workFactor,
      Randomness randomness,
      Clock clock,
      Progress progress)
      throws IOException {
    Optional<String> unfinished = Import.unfinished(data);
    if (unfinished.isPresent()) {
      throw new Refused("Not all of it is here yet: " + unfinished.get() + ".");
    }
    try (Snapshot snapshot = Snapshot.of(data)) {
      return new Export(snapshot, Parcel.empty(to), workFactor)
          .run(passphrase, randomness, clock, progress);
    }
  }

  private Done run(String passphrase, Randomness randomness, Clock clock, Progress progress)
      throws IOException {
    SqliteAliases aliases = new SqliteAliases();
    SqliteFacts facts = new SqliteFacts(snapshot, aliases);
    List<Blobs.BlobInfo> blobs = snapshot.blobs();
    long entriesTotal = snapshot.tx().number("SELECT count(*) FROM fact").orElse(0L);
    long total = entriesTotal + blobs.size();
    String made = Instant.ofEpochMilli(clock.wallMillis()).toString();
    readme(made);
    privateState(new PrivateState(new SqlVault(randomness), aliases), passphrase, randomness);
    long entriesWritten = entries(facts, done -> progress.at(done, total));
    forks();
    long blobsWritten = 0;
    for (Blobs.BlobInfo blob : blobs) {
      blobsWritten += blob(blob) ? 1 : 0;
      progress.at(entriesTotal + blobsWritten, total);
    }
    counts.put("blobs", blobsWritten);
    new Manifest(Version.TEXT, made, counts, written).writeInto(parcel);
    return new Done(entriesWritten, blobsWritten, List.copyOf(missing));
  }

  private void readme(String made) throws IOException {
    try (InputStream in = Export.class.getResourceAsStream(Parcel.README);
        Parcel.Sheet sheet = parcel.write(Parcel.README)) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its part " + Parcel.README);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      sheet.write(text.replace("{made}", made).getBytes(StandardCharsets.UTF_8));
      written.add(sheet.written());
    }
  }

  private void privateState(PrivateState privates, String passphrase, Randomness randomness)
      throws IOException {
    try (Parcel.Sheet sheet = parcel.write(Parcel.PRIVATE)) {
      try (OutputStream seal = AgeSeal.begin(sheet, passphrase, randomness, workFactor)) {
        privates.write(
            snapshot.tx(), line -> seal.write((line + "\n").getBytes(StandardCharsets.UTF_8)));
      }
      written.add(sheet.written());
    }
  }

  private interface Counting {
    void at(long done);
  }

  private long entries(SqliteFacts facts, Counting counting) throws IOException {
    long entriesWritten = 0;
    try (Sheets sheets = new Sheets(FACTS)) {
      long after = 0;
      long done = 0;
      List<Kept> slice = facts.after(snapshot.tx(), after, SLICE);
      while (!slice.isEmpty()) {
        for (Kept kept : slice) {
          entriesWritten += isWritten(sheets, kept) ? 1 : 0;
        }
        after = slice.getLast().localSeq();
        done += slice.size();
        counting.at(done);
        slice = facts.after(snapshot.tx(), after, SLICE);
      }
      sheets.finish();
    }
    return entriesWritten;
  }

  /** What is damaged on the disk is left out and told. */
  private boolean isWritten(Sheets sheets, Kept kept) throws IOException {
    return switch (kept) {
      case Fact fact -> {
        NewFact content = fact.content();
        boolean written = sheets.add(content.id().network(), content.bytes());
        if (!written) {
          missing(content.author().id(), content.position().sequence());
        }
        yield written;
      }
      case Kept.Damaged damaged -> {
        missing(damaged.author(), damaged.sequence());
        yield false;
      }
    };
  }

  private void missing(String author, long sequence) {
    missing.add("Entry " + sequence + " of " + author + " is damaged on this disk.");
  }

  /** Never among the others: no reader must take them for a part of a log. */
  private void forks() throws IOException {
    try (Sheets sheets = new Sheets(FORKS)) {
      for (Snapshot.ForkEntry fork : snapshot.forks()) {
        if (!sheets.add(new NetworkId(fork.network()), fork.bytes())) {
          missing.add("An entry that shows a fork is damaged on this disk.");
        }
      }
      sheets.finish();
    }
  }

  /** A file for each network that has something. */
  private final class Sheets implements AutoCloseable {
    private final String kind;
    private final Map<NetworkId, Parcel.Sheet> sheets = new LinkedHashMap<>();

    Sheets(String kind) {
      this.kind = kind;
    }

    /** False where it could not be read again, and might spoil what stands after it. */
    boolean add(NetworkId network, Bytes entry) throws IOException {
      EntryFormat format =
          EntryFormat.of(network)
              .orElseThrow(() -> new IllegalStateException("no format for " + network));
      if (!format.holds(entry)) {
        return false;
      }
      Parcel.Sheet sheet = sheets.get(network);
      if (sheet == null) {
        sheet = parcel.write(Parcel.entries(kind, network, format));
        sheets.put(network, sheet);
      }
      format.write(sheet, entry);
      counts.merge(kind + " " + network.name(), 1L, Long::sum);
      return true;
    }

    void finish() throws IOException {
      for (Parcel.Sheet sheet : sheets.values()) {
        written.add(sheet.written());
      }
    }

    @Override
    public void close() throws IOException {
      for (Parcel.Sheet sheet : sheets.values()) {
        sheet.close();
      }
    }
  }

  /** What is damaged on the disk is left out and told, as is what was evicted meanwhile. */
  private boolean blob(Blobs.BlobInfo blob) throws IOException {
    Optional<InputStream> content = snapshot.blob(blob.hash());
    if (content.isEmpty()) {
      missing.add("The picture or file " + blob.hash() + " was let go of meanwhile.");
      return false;
    }
    String name = Parcel.blob(blob.hash());
    try (InputStream in = content.get();
        Parcel.Sheet sheet = parcel.write(name)) {
      in.transferTo(sheet);
      Parcel.Written file = sheet.written();
      if (file.sha256().equals(blob.hash().toString())) {
        written.add(file);
        return true;
      }
    }
    parcel.remove(name);
    missing.add("The picture or file " + blob.hash() + " is damaged on this disk.");
    return false;
  }
}
