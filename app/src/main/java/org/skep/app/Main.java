package org.skep.app;

import org.skep.app.cli.SkepCommand;

/** Where the program starts. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    Logging.quiet();
    System.exit(SkepCommand.run(arguments));
  }
}
