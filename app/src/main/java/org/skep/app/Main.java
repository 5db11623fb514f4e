package org.skep.app;

import java.util.Optional;
import org.skep.app.cli.SkepCommand;
import org.skep.store.SqliteLibrary;

/** Where the program starts. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    // Pictures are drawn without a screen; some systems would look for one, or show an icon.
    System.setProperty("java.awt.headless", "true");
    Logging.quiet();
    // The launcher knows of a place that lasts as long as the build.
    Optional.ofNullable(System.getProperty("skep.unpacked")).ifPresent(SqliteLibrary::keepIn);
    System.exit(SkepCommand.run(arguments));
  }
}
