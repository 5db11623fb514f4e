package org.skep.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.skep.kernel.StoreException;

/**
 * Brings a database to the format this version writes, one numbered script after the other, each in
 * a transaction of its own. A format from the future is refused.
 */
final class Migrations {
  private static final List<String> SCRIPTS =
      List.of(
          "001-first.sql",
          "002-blobs.sql",
          "003-peers.sql",
          "004-blobs-again.sql",
          "005-unwanted.sql",
          "006-released.sql",
          "007-unsealed.sql",
          "008-forks.sql",
          "009-waiting-bytes.sql",
          "010-held.sql",
          "011-names.sql");

  /** "Skep" in ASCII, so that tools such as {@code file} can tell whose database it is. */
  private static final int APPLICATION_ID = 0x536b6570;

  /** The format this version writes. */
  static final int FORMAT = SCRIPTS.size();

  private Migrations() {}

  static void bringUpToDate(Connection connection) throws SQLException {
    bringTo(connection, FORMAT);
  }

  /** Brings a database as far as this format only, as an older version would have. */
  static void bringTo(Connection connection, int wanted) throws SQLException {
    int format = format(connection);
    if (format > FORMAT) {
      throw new StoreException(newer(format));
    }
    NameHash.teach(connection);
    try {
      for (int next = format; next < wanted; next++) {
        apply(connection, next);
      }
    } finally {
      NameHash.unteach(connection);
    }
  }

  static String newer(int format) {
    return "this data folder was written by a newer Skep (format "
        + format
        + "; this one knows up to "
        + FORMAT
        + "). Please start that version.";
  }

  static int format(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("PRAGMA user_version")) {
      answer.next();
      return answer.getInt(1);
    }
  }

  private static void apply(Connection connection, int index) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      // As an update, because that runs a whole script; the other ways stop after one statement.
      statement.executeUpdate(script(SCRIPTS.get(index)));
      statement.execute("PRAGMA application_id = " + APPLICATION_ID);
      statement.execute("PRAGMA user_version = " + (index + 1));
      statement.execute("COMMIT");
    }
  }

  private static String script(String name) {
    try (InputStream in = Migrations.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new StoreException("the program lacks its part " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new StoreException("the program's part " + name + " can't be read", e);
    }
  }
}
