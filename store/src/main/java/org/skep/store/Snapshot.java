package org.skep.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.skep.kernel.Blobs;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;
import org.skep.kernel.Snapshots;
import org.skep.kernel.Store;
import org.skep.kernel.StoreException;
import org.skep.kernel.Tx;

/**
 * What a data folder holds at one moment, also while a node runs on it and writes on: everything
 * that is read until this is closed is of that moment. Changes nothing. One thread.
 */
public final class Snapshot implements Snapshots, AutoCloseable {
  private final Path folder;
  private final Session session;
  private final Sql tx;

  private Snapshot(Path folder, Session session) {
    this.folder = folder;
    this.session = session;
    this.tx =
        new Sql(
            session.statements(),
            announcement -> {
              throw new IllegalStateException("a snapshot announces nothing");
            },
            () -> false);
  }

  /**
   * Takes a snapshot of a folder.
   *
   * @throws StoreException when there is none, or it is of another format than this version writes;
   *     in one sentence
   */
  public static Snapshot of(Path folder) {
    Path file = folder.resolve(SqliteStore.FILE);
    if (!Files.isRegularFile(file)) {
      throw new StoreException("there is no Skep in " + folder);
    }
    try {
      Session session = Session.forReading(file);
      boolean begun = false;
      try {
        session.execute("BEGIN");
        Snapshot snapshot = new Snapshot(folder, session);
        // The first question is what holds the moment.
        snapshot.checkFormat();
        begun = true;
        return snapshot;
      } finally {
        if (!begun) {
          session.close();
        }
      }
    } catch (SQLException e) {
      throw new StoreException(
          "the database in " + folder + " can't be read: " + e.getMessage(), e);
    }
  }

  private void checkFormat() {
    long format = tx.number("SELECT user_version FROM pragma_user_version").orElse(0L);
    if (format != Migrations.FORMAT) {
      throw new StoreException(
          "the data folder " + folder + " was written by another version; start Skep on it once");
    }
  }

  /** What the snapshot is of. */
  public Tx tx() {
    return tx;
  }

  @Override
  public <T> T read(Store.Work<T> work) {
    return Objects.requireNonNull(work.with(tx), "a transaction answers with a value");
  }

  /** The blobs that were settled, in the order in which they came. */
  public List<Blobs.BlobInfo> blobs() {
    return tx.all(
        row -> new Blobs.BlobInfo(new Hash(row.bytes(0)), row.number(1)),
        "SELECT hash, length_bytes FROM blob ORDER BY number");
  }

  /**
   * The content of a blob, not checked against its hash.
   *
   * @return empty when it was evicted meanwhile
   */
  public Optional<InputStream> blob(Hash hash) throws IOException {
    try {
      return Optional.of(Files.newInputStream(BlobFolder.fileIn(folder.resolve("blobs"), hash)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Signed entries that show a fork, with the name of their network. */
  public record ForkEntry(String network, Bytes bytes) {}

  /** All of them, in the order in which they came; they are few. */
  public List<ForkEntry> forks() {
    return tx.all(
        row -> new ForkEntry(row.text(0), row.bytes(1)),
        "SELECT a.network, f.bytes FROM fork f JOIN alias a ON a.number = f.author"
            + " ORDER BY f.number");
  }

  @Override
  public void close() {
    tx.end();
    try {
      session.close();
    } catch (SQLException e) {
      throw new StoreException("the snapshot can't be let go: " + e.getMessage(), e);
    }
  }
}
