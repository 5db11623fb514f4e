package org.skep.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.skep.app.Config;
import org.skep.app.Node;
import org.skep.app.whole.Import;
import org.skep.doors.SystemClock;
import org.skep.kernel.Clock;
import org.skep.kernel.Undertaking;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings back what an export gave away. */
@Command(
    name = "import",
    description = "Bring back, in an empty data folder, what ./skep export wrote.")
final class ImportCommand implements Callable<Integer> {
  @Mixin Common common = new Common();
  @Mixin Passphrase passphrase = new Passphrase();

  @Parameters(paramLabel = "DIR", description = "the folder that ./skep export filled")
  Path folder = Path.of("");

  @Option(names = "--damaged", description = "take what is whole where something is damaged")
  boolean damaged;

  @Override
  public Integer call() throws Failure, IOException, InterruptedException {
    Import.Done done = bringBack(passphrase.recall());
    Output.line(
        "Brought back: %d entries and %d pictures and files; %d entries were here before."
            .formatted(done.taken(), done.blobs(), done.known()));
    done.refused()
        .forEach((reason, count) -> Output.line("Refused, " + count + " times: " + reason));
    Output.line("Start it with: ./skep up" + (common.data == null ? "" : " --data " + common.data));
    Output.line(
        "Nothing new is written until you have said on its status page that all of it is there. The"
            + " Skep that this came from must never write again.");
    return done.refused().isEmpty() ? 0 : Failure.REFUSED;
  }

  private Import.Done bringBack(String opening) throws Failure, IOException, InterruptedException {
    Clock clock = new SystemClock();
    ProgressLine line = ProgressLine.ofCommand();
    try (ShownWork bringing =
            new ShownWork(() -> Undertaking.measured(clock, "Bringing it back"), line);
        ShownWork ordering =
            new ShownWork(() -> Undertaking.measured(clock, Node.IN_ORDER), line)) {
      return Import.run(config(), folder, opening, damaged, clock, bringing::at, ordering::at);
    }
  }

  private Config config() throws Failure {
    try {
      return Config.read(common.folder(), Map.of(), System.getenv());
    } catch (Config.Mistakes mistakes) {
      throw new Failure(Failure.USAGE, String.valueOf(mistakes.getMessage()));
    }
  }
}
