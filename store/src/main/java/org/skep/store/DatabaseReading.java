package org.skep.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import org.skep.kernel.Snapshots;
import org.skep.kernel.Store;
import org.skep.kernel.StoreException;

/**
 * The database of a folder, read by somebody who is not its node, which may run meanwhile or not.
 * Where it does not, whoever reads holds the folder. One thread at a time.
 */
public final class DatabaseReading implements Snapshots, AutoCloseable {
  private final Session session;

  private DatabaseReading(Session session) {
    this.session = session;
  }

  /**
   * Opens the database if there is one, and if it is of the format that this version writes.
   *
   * @throws StoreException when it can't be read
   */
  public static Optional<DatabaseReading> open(Path folder) {
    Path file = folder.resolve(SqliteStore.FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      Session session = Session.forReading(file);
      boolean open = false;
      try {
        open = Migrations.format(session.connection()) == Migrations.FORMAT;
        return open ? Optional.of(new DatabaseReading(session)) : Optional.empty();
      } finally {
        if (!open) {
          session.close();
        }
      }
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  private static StoreException unreadable(SQLException e) {
    return new StoreException("the database can't be read: " + e.getMessage(), e);
  }

  @Override
  public <T> T read(Store.Work<T> work) {
    Sql tx =
        new Sql(
            session.statements(),
            announcement -> {
              throw new IllegalStateException("a reader announces nothing: " + announcement);
            },
            () -> false);
    try {
      session.execute("BEGIN");
      try {
        return Objects.requireNonNull(work.with(tx), "a transaction answers with a value");
      } finally {
        tx.end();
        session.execute("ROLLBACK");
      }
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }
}
