package org.skep.app;

import java.nio.file.Path;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * The one back end of {@link System.Logger}: the JDK's own. The terminal gets a sentence for each
 * thing that somebody should look at; the whole of it, stack traces included, goes to the data
 * folder's log once there is one. {@code SKEP_LOG=debug} shows everything in both.
 */
public final class Logging {
  private static final String FORMAT = "java.util.logging.SimpleFormatter.format";

  private Logging() {}

  static void quiet() {
    System.setProperty(FORMAT, "%1$tF %1$tT %4$s %3$s: %5$s%6$s%n");
    Logger root = root();
    root.setLevel(level());
    for (Handler handler : root.getHandlers()) {
      handler.setLevel(level());
      handler.setFormatter(isDebug() ? new SimpleFormatter() : new Sentence());
    }
  }

  /** From now on the log is kept in this data folder, too. */
  public static void keepIn(Path folder) {
    Logger root = root();
    for (Handler handler : root.getHandlers()) {
      if (handler instanceof LogFile) {
        root.removeHandler(handler);
      }
    }
    LogFile file = new LogFile(folder);
    file.setLevel(level());
    root.addHandler(file);
  }

  private static Logger root() {
    return LogManager.getLogManager().getLogger("");
  }

  private static Level level() {
    return isDebug() ? Level.FINE : Level.WARNING;
  }

  private static boolean isDebug() {
    return "debug".equalsIgnoreCase(System.getenv("SKEP_LOG"));
  }

  /** One line for the terminal, without the stack trace. */
  static final class Sentence extends Formatter {
    @Override
    public String format(LogRecord record) {
      String words = formatMessage(record).lines().findFirst().orElse("");
      String more = record.getThrown() == null ? "" : " (" + LogFile.NAME + " says more)";
      return "Something is not as it should be: " + words + more + System.lineSeparator();
    }
  }
}
