package org.skep.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.skep.app.Doorstep;

/** Opens pages in the browser that the machine has chosen. */
final class Browser {
  private static final long FAILS_WITHIN_MILLIS = 1_000;

  private Browser() {}

  /**
   * Leads the browser to a one-time link, by a file that only its owner can read.
   *
   * @param folder the data folder of the node that made the link
   * @return false when the machine has no way to open a page, or the way failed within a second
   */
  static boolean open(Path folder, String link) throws InterruptedException {
    List<String> opener = opener();
    if (opener.isEmpty()) {
      return false;
    }
    try {
      return open(opener, Doorstep.put(folder, link));
    } catch (IOException e) {
      System.getLogger(Browser.class.getName())
          .log(System.Logger.Level.DEBUG, "no browser was opened", e);
      return false;
    }
  }

  /** Runs the opener on the file. */
  static boolean open(List<String> opener, Path file) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(Stream.concat(opener.stream(), Stream.of(file.toString())).toList())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    // Some openers stay as long as the browser does, so that going on is a good sign.
    return !process.waitFor(FAILS_WITHIN_MILLIS, TimeUnit.MILLISECONDS) || process.exitValue() == 0;
  }

  private static List<String> opener() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (system.contains("mac")) {
      return List.of("open");
    }
    if (system.contains("windows")) {
      return List.of("rundll32", "url.dll,FileProtocolHandler");
    }
    boolean windows = System.getenv("DISPLAY") != null || System.getenv("WAYLAND_DISPLAY") != null;
    return windows ? List.of("xdg-open") : List.of();
  }
}
