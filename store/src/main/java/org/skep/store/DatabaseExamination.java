package org.skep.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.skep.kernel.Clock;
import org.skep.kernel.Examination;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteErrorCode;

/**
 * Whether the database is one, of a format that this version knows, and whole as far as can be seen
 * in the time given.
 */
public final class DatabaseExamination implements Examination {
  private static final String WHAT_TO_DO =
      " Stop Skep, keep a copy of the folder as it is, and put back the last copy that was made"
          + " while Skep was stopped; what friends have of yours since then comes back.";

  /** So many steps of SQLite's between two looks at the clock; thousands take a millisecond. */
  private static final int STEPS = 1_000;

  private final Path file;
  private final Clock clock;
  private final Duration patience;

  /**
   * @param patience after so long the check ends with what it has seen
   */
  public DatabaseExamination(Path folder, Clock clock, Duration patience) {
    this.file = folder.resolve(SqliteStore.FILE);
    this.clock = clock;
    this.patience = patience;
  }

  @Override
  public List<Finding> look() {
    if (!Files.exists(file)) {
      return List.of(
          new Finding.Remark("There is no database here yet; the first ./skep up makes one."));
    }
    try {
      Session session = Session.forReading(file);
      try {
        return look(session);
      } finally {
        session.close();
      }
    } catch (SQLException e) {
      return List.of(
          new Finding.Wrong("The database can't be read (" + e.getMessage() + ")." + WHAT_TO_DO));
    }
  }

  private List<Finding> look(Session session) throws SQLException {
    int format = Migrations.format(session.connection());
    if (format > Migrations.FORMAT) {
      return List.of(new Finding.Wrong(capital(Migrations.newer(format))));
    }
    long deadline = clock.monotonicNanos() + patience.toNanos();
    ProgressHandler.setHandler(
        session.connection(),
        STEPS,
        new ProgressHandler() {
          @Override
          protected int progress() {
            return clock.monotonicNanos() - deadline > 0 ? 1 : 0;
          }
        });
    try (Statement statement = session.connection().createStatement();
        ResultSet answer = statement.executeQuery("PRAGMA quick_check(1)")) {
      answer.next();
      String words = answer.getString(1);
      return words.equals("ok")
          ? List.of()
          : List.of(new Finding.Wrong("The database is damaged (" + words + ")." + WHAT_TO_DO));
    } catch (SQLException e) {
      if (e.getErrorCode() == SQLiteErrorCode.SQLITE_INTERRUPT.code) {
        return List.of(
            new Finding.Remark(
                "The database is large: only what "
                    + patience.toSeconds()
                    + " seconds allow of it was checked."));
      }
      throw e;
    } finally {
      ProgressHandler.clearHandler(session.connection());
    }
  }

  private static String capital(String words) {
    return "T" + words.substring(1);
  }
}
