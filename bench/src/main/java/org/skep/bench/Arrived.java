package org.skep.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Collectors;
import org.skep.testkit.scuttlebutt.Fixture;

/**
 * How much of a fixture a running node has taken in, read from its database by another process: a
 * question to the node would cost the very time that is measured. To be closed before the node
 * stops, for the last to leave empties the write-ahead log.
 */
final class Arrived implements AutoCloseable {
  private final Set<String> authors;
  private final Connection connection;
  private final PreparedStatement heads;

  private Arrived(Set<String> authors, Connection connection, PreparedStatement heads) {
    this.authors = authors;
    this.connection = connection;
    this.heads = heads;
  }

  static Arrived in(Path folder, Fixture fixture) throws IOException {
    Set<String> authors =
        fixture.feeds().stream().map(Object::toString).collect(Collectors.toSet());
    try {
      Connection connection =
          DriverManager.getConnection(
              "jdbc:sqlite:" + folder.resolve("skep.db").toAbsolutePath().toUri() + "?mode=ro");
      PreparedStatement heads =
          connection.prepareStatement(
              "SELECT a.foreign_id, h.sequence FROM feed e"
                  + " JOIN fact h ON h.local_seq = e.head JOIN alias a ON a.number = e.author");
      return new Arrived(authors, connection, heads);
    } catch (SQLException e) {
      throw new IOException("the database in " + folder + " can't be looked at", e);
    }
  }

  /** Messages that are there for good, none of a feed missing before them. */
  long messages() throws IOException {
    long messages = 0;
    try (ResultSet row = heads.executeQuery()) {
      while (row.next()) {
        messages += authors.contains(row.getString(1)) ? row.getLong(2) : 0;
      }
    } catch (SQLException e) {
      throw new IOException("what has arrived can't be counted", e);
    }
    return messages;
  }

  @Override
  public void close() throws IOException {
    try (connection) {
      heads.close();
    } catch (SQLException e) {
      throw new IOException("the database that was looked at can't be closed", e);
    }
  }
}
