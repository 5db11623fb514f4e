package org.skep.app;

import org.skep.app.cli.SkepCommand;

/** Where the program starts. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    // Pictures are drawn without a screen; some systems would look for one, or show an icon.
    System.setProperty("java.awt.headless", "true");
    Logging.quiet();
    System.exit(SkepCommand.run(arguments));
  }
}
