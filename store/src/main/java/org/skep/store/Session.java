package org.skep.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/** One connection to the database file, with its settings and its prepared statements. */
final class Session {
  private final Connection connection;
  private final Statements statements;

  private Session(Connection connection) {
    this.connection = connection;
    this.statements = new Statements(connection);
  }

  /** Opens the file for the one writer, making it when there is none. */
  static Session forWriting(Path file) throws SQLException {
    try {
      // SQLite gives its side files the mode of the main file, so this decides for all of them.
      Disk.createFile(file);
    } catch (IOException e) {
      throw new SQLException("the file can't be made: " + e.getMessage(), e);
    }
    return open(
        file,
        "PRAGMA busy_timeout = 10000",
        // page_size and auto_vacuum only take hold in an empty file, so they come first.
        "PRAGMA page_size = 8192",
        "PRAGMA auto_vacuum = INCREMENTAL",
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        // On Apple's systems an ordinary sync stops at the drive's own memory.
        "PRAGMA fullfsync = ON",
        // A log that grew in a flood of history gives its room back at the next checkpoint.
        "PRAGMA journal_size_limit = 16777216",
        // What its owner deletes leaves no trace in free pages.
        "PRAGMA secure_delete = ON",
        "PRAGMA cache_size = -16000",
        "PRAGMA temp_store = MEMORY");
  }

  /**
   * Opens a file that is there, and lets nothing be written through this connection. Sets nothing
   * that belongs to the file, because that would wait for the writer.
   */
  static Session forReading(Path file) throws SQLException {
    return open(
        file,
        "PRAGMA busy_timeout = 10000",
        "PRAGMA query_only = ON",
        "PRAGMA cache_size = -16000",
        "PRAGMA temp_store = MEMORY");
  }

  private static Session open(Path file, String... settings) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    // One thread at a time uses it: the one writer, or who has borrowed it for reading.
    config.setOpenMode(SQLiteOpenMode.NOMUTEX);
    // As an address, because the driver would take a question mark in a path for its own.
    Session session =
        new Session(config.createConnection("jdbc:sqlite:" + file.toAbsolutePath().toUri()));
    try {
      for (String setting : settings) {
        session.execute(setting);
      }
      return session;
    } catch (SQLException e) {
      session.close();
      throw e;
    }
  }

  Connection connection() {
    return connection;
  }

  Statements statements() {
    return statements;
  }

  /** Runs one statement, or several with semicolons between, to their end. */
  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  void close() throws SQLException {
    try {
      statements.close();
    } finally {
      connection.close();
    }
  }
}
