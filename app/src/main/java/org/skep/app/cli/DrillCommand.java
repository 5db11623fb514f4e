package org.skep.app.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.skep.doors.ProcessEnd;
import org.skep.doors.SystemClock;
import org.skep.doors.SystemRandomness;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Plays the main stories on this machine and says what was seen. */
@Command(
    name = "drill",
    description = "Start three Skeps on this machine, let them meet, and show what was checked.")
final class DrillCommand implements Callable<Integer> {
  @Option(names = "--no-browser", description = "end after the checks and leave nothing open")
  boolean noBrowser;

  @Override
  public Integer call() throws IOException, InterruptedException, Failure {
    SystemClock clock = new SystemClock();
    try (Drill drill = Drill.prepare(clock, new SystemRandomness())) {
      // First of all: Ctrl-C in the middle must not leave the drill's folders behind.
      ProcessEnd.whenAsked(drill::close);
      drill.play();
      show(drill.lines());
      if (!noBrowser) {
        drill.open();
        Output.line("The timelines stay open until you press Ctrl-C.");
        drill.stay();
      }
      return drill.lines().stream().allMatch(Drill.Line::seen) ? 0 : Failure.REFUSED;
    }
  }

  private static void show(List<Drill.Line> lines) {
    long seen = lines.stream().filter(Drill.Line::seen).count();
    Output.line("");
    Output.line(seen + " of " + lines.size() + " seen.");
  }
}
