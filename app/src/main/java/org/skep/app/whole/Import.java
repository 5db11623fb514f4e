package org.skep.app.whole;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.skep.app.Config;
import org.skep.app.QuietNode;
import org.skep.engine.PrivateState;
import org.skep.engine.Projections;
import org.skep.engine.Restore;
import org.skep.kernel.Blobs;
import org.skep.kernel.Bytes;
import org.skep.kernel.Clock;
import org.skep.kernel.Hash;
import org.skep.kernel.NetworkId;
import org.skep.kernel.RawItem;
import org.skep.kernel.StoreException;
import org.skep.kernel.Verdict;
import org.skep.networks.scuttlebutt.ScuttlebuttNetwork;
import org.skep.store.DataFolder;
import org.skep.wire.age.AgeException;
import org.skep.wire.age.AgeOpen;

/**
 * Brings back in an empty data folder what an {@link Export} gave away. The folder it comes from is
 * believed in nothing: every file is compared with the list, every entry passes the door that peers
 * pass. One that was cut short goes on where it stopped. One thread.
 */
public final class Import {
  /** In a data folder while an import into it is not done: which one. */
  private static final String MARK = "import";

  /** Some reasons name a place in a log, so that there may be as many as entries. */
  private static final int REASONS_MAX = 20;

  private static final int BATCH = 500;
  private static final int BATCH_BYTES = 4 << 20;

  /** The own log first: it says whom its owner follows. */
  private static final List<NetworkId> NETWORKS = List.of(NetworkId.HOME, ScuttlebuttNetwork.ID);

  private final Parcel parcel;
  private final Manifest manifest;
  private final String passphrase;
  private final Set<String> flawed = new HashSet<>();
  private final List<PrivateState.Line.Person> people = new ArrayList<>();
  private final Export.Progress progress;
  private final Map<String, Long> refused = new TreeMap<>();
  private long taken;
  private long known;
  private long blobs;
  private long done;

  private Import(Parcel parcel, Manifest manifest, String passphrase, Export.Progress progress) {
    this.parcel = parcel;
    this.manifest = manifest;
    this.passphrase = passphrase;
    this.progress = progress;
  }

  /**
   * What was brought back.
   *
   * @param taken entries that are new here
   * @param known entries that were here before
   * @param blobs pictures and files that are here now
   * @param refused how many entries or files were not, by the reason, in words
   */
  public record Done(long taken, long known, long blobs, Map<String, Long> refused) {}

  /**
   * Fills a data folder.
   *
   * @param config of the data folder that is to be filled: an empty one, or none yet, or one into
   *     which this same import was begun before
   * @param from what an export wrote
   * @param damaged whether to take what is whole of an export that is damaged
   * @param progress hears how much of it is here
   * @param ordering hears, when all is, how far the views are
   * @throws Refused when it can't be brought back, in words; nothing is changed then
   * @throws StoreException when the data folder can't be used, in words
   */
  public static Done run(
      Config config,
      Path from,
      String passphrase,
      boolean damaged,
      Clock clock,
      Export.Progress progress,
      Projections.Progress ordering)
      throws IOException, InterruptedException {
    Parcel parcel = Parcel.filled(from);
    Manifest.Found found = Manifest.of(parcel);
    Import work = new Import(parcel, found.manifest(), passphrase, progress);
    work.look(damaged);
    try (DataFolder folder = DataFolder.open(config.data(), "an import")) {
      Optional<String> begun = DataFolder.get(folder.path(), MARK).map(Bytes::utf8);
      try (QuietNode node = new QuietNode(folder.path(), config.ssbSignCap(), clock)) {
        boolean empty = node.store().read(node.vault()::accounts).isEmpty();
        if (!empty && begun.isEmpty()) {
          throw new Refused(
              "Somebody lives in " + folder.path() + " already. Name an empty folder: --data DIR");
        }
        if (!empty && begun.filter(found.digest()::equals).isEmpty()) {
          throw new Refused(
              "Another import into " + folder.path() + " was begun and not finished.");
        }
        folder.put(MARK, Bytes.ofUtf8(found.digest()));
        if (empty) {
          work.people(node, folder);
        }
        work.bring(node);
        // What was sealed was told to the views late, in whatever order its keys were found.
        node.engine().rebuild(ordering);
      }
      folder.remove(MARK);
    }
    return new Done(work.taken, work.known, work.blobs, Map.copyOf(work.refused));
  }

  /**
   * Why no node may start on a data folder, as a sentence; empty when it may.
   *
   * @throws StoreException when the folder can't be read
   */
  public static Optional<String> unfinished(Path data) {
    return DataFolder.get(data, MARK)
        .map(mark ->
            "an import into "
                + data
                + " was not finished: say ./skep import with the same folder again, or delete it");
  }

  /** Compares every file with the list, and opens the private part, before anything is changed. */
  private void look(boolean damaged) throws IOException {
    List<String> flaws = new ArrayList<>();
    for (Parcel.Written file : manifest.files()) {
      Optional<String> flaw = parcel.flaw(file);
      if (flaw.isPresent()) {
        flaws.add(flaw.get());
        flawed.add(file.name());
      }
    }
    if (!flaws.isEmpty() && !damaged) {
      throw new Refused(
          String.join("\n", flaws.subList(0, Math.min(flaws.size(), 10)))
              + "\nNothing was changed. To take what is whole nonetheless, say --damaged.");
    }
    // A passphrase that is wrong, or a damaged end, shows here.
    readPrivate(line -> {
      if (line instanceof PrivateState.Line.Person person) {
        people.add(person);
      }
    });
    if (people.isEmpty()) {
      throw new Refused("Nobody is in the private part.");
    }
  }

  private interface Lines {
    void take(PrivateState.Line line) throws InterruptedException;
  }

  private void readPrivate(Lines lines) throws IOException {
    try (InputStream in = AgeOpen.begin(parcel.read(Parcel.PRIVATE), passphrase);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (Optional<String> line = line(reader); line.isPresent(); line = line(reader)) {
        lines.take(PrivateState.parse(line.get()));
      }
    } catch (AgeException e) {
      throw new Refused("The private part can't be opened: " + e.getMessage() + ".");
    } catch (IllegalArgumentException e) {
      throw new Refused("The private part can't be read: " + e.getMessage() + ".");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused("Interrupted. Say the same again to go on.");
    }
  }

  private static Optional<String> line(BufferedReader reader) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = reader.read();
    if (next < 0) {
      return Optional.empty();
    }
    while (next >= 0 && next != '\n') {
      if (line.length() == PrivateState.LINE_CHARS_MAX) {
        throw new Refused("The private part has a line that is too long.");
      }
      line.append((char) next);
      next = reader.read();
    }
    return Optional.of(line.toString());
  }

  private void bring(QuietNode node) throws IOException, InterruptedException {
    try (Restore restore = node.engine().restore()) {
      for (Parcel.Written file : manifest.files()) {
        Optional<Hash> blob = Parcel.blobOf(file.name());
        if (blob.isPresent()) {
          blob(node.blobs(), file, blob.get());
        }
      }
      entries(restore, "facts", true);
      belongings(restore);
      entries(restore, "forks", false);
    }
  }

  /** All of them or none: where it is none, no import was begun. */
  private void people(QuietNode node, DataFolder folder) throws Refused {
    try (Restore restore = node.engine().restore()) {
      restore.people(people);
    } catch (IllegalArgumentException e) {
      folder.remove(MARK);
      throw new Refused("The private part can't be used: " + e.getMessage() + ".");
    }
  }

  private void blob(Blobs shelf, Parcel.Written file, Hash hash) throws IOException {
    if (flawed.contains(file.name()) || !file.sha256().equals(hash.toString())) {
      refuse("a picture or file is missing, damaged or too large");
    } else {
      if (shelf.find(hash).isEmpty()) {
        try (InputStream in = parcel.read(file.name())) {
          shelf.put(in, file.bytes()).close();
        }
      }
      blobs++;
    }
    told(1);
  }

  private void told(long more) {
    done += more;
    progress.at(Math.min(done, manifest.total()), manifest.total());
  }

  private void refuse(String reason) {
    boolean told = refused.size() < REASONS_MAX || refused.containsKey(reason);
    refused.merge(told ? reason : "something else", 1L, Long::sum);
  }

  /**
   * @param kept whether they are to be kept; else they show forks, and it is right that they are
   *     refused
   */
  private void entries(Restore restore, String kind, boolean kept)
      throws IOException, InterruptedException {
    for (NetworkId network : NETWORKS) {
      EntryFormat format = EntryFormat.of(network).orElseThrow();
      String name = Parcel.entries(kind, network, format);
      if (manifest.files().stream().anyMatch(file -> file.name().equals(name))) {
        try (InputStream in = parcel.read(name)) {
          entries(restore, new Entries(network, format, in), kept);
        } catch (Refused missing) {
          refuse(String.valueOf(missing.getMessage()));
        }
      }
    }
  }

  private record Entries(NetworkId network, EntryFormat format, InputStream in) {}

  private void entries(Restore restore, Entries from, boolean kept)
      throws IOException, InterruptedException {
    List<RawItem> batch = new ArrayList<>();
    long bytes = 0;
    Optional<EntryFormat.Entry> next = from.format().read(from.in());
    while (next.isPresent()) {
      switch (next.get()) {
        case EntryFormat.Entry.Damaged(String reason) -> refuse(reason);
        case EntryFormat.Entry.Whole(Bytes entry) -> {
          batch.add(new RawItem(from.network(), entry));
          bytes += entry.length();
        }
      }
      next = from.format().read(from.in());
      if (batch.size() == BATCH || bytes >= BATCH_BYTES || next.isEmpty()) {
        restore.offer(batch).forEach(verdict -> count(verdict, kept));
        told(batch.size());
        batch.clear();
        bytes = 0;
      }
    }
  }

  private void count(Verdict verdict, boolean kept) {
    switch (verdict) {
      case Verdict.Accepted _ -> taken++;
      case Verdict.Duplicate _ -> known++;
      // Each waits for another place: told one by one they would fill the screen.
      case Verdict.Deferred _ -> refuse("an entry waits for others that are missing");
      case Verdict.Unwanted _ -> refuse("nobody wants the log of an entry");
      case Verdict.Rejected(String reason) -> {
        if (kept) {
          refuse(reason);
        }
      }
    }
  }

  private void belongings(Restore restore) throws IOException, InterruptedException {
    List<PrivateState.Line> batch = new ArrayList<>();
    readPrivate(line -> {
      if (!(line instanceof PrivateState.Line.Person)) {
        batch.add(line);
      }
      if (batch.size() == BATCH) {
        restore.belongings(List.copyOf(batch));
        batch.clear();
      }
    });
    restore.belongings(batch);
  }
}
