package org.skep.app;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * The one back end of {@link System.Logger}: the JDK's own, to standard error. {@code
 * SKEP_LOG=debug} shows more; ordinarily only what somebody should look at.
 */
final class Logging {
  private Logging() {}

  static void quiet() {
    System.setProperty(
        "java.util.logging.SimpleFormatter.format", "%1$tF %1$tT %4$s %3$s: %5$s%6$s%n");
    Level level = "debug".equalsIgnoreCase(System.getenv("SKEP_LOG")) ? Level.FINE : Level.WARNING;
    Logger root = LogManager.getLogManager().getLogger("");
    root.setLevel(level);
    for (Handler handler : root.getHandlers()) {
      handler.setLevel(level);
    }
  }
}
