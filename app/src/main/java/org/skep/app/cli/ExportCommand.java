package org.skep.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.skep.app.whole.Export;
import org.skep.doors.SystemClock;
import org.skep.doors.SystemRandomness;
import org.skep.kernel.Clock;
import org.skep.kernel.Undertaking;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Gives away all that is here. */
@Command(
    name = "export",
    description = "Write all that is here into a folder of plain files; Skep may run meanwhile.")
final class ExportCommand implements Callable<Integer> {
  @Mixin Common common = new Common();
  @Mixin Passphrase passphrase = new Passphrase();

  @Parameters(paramLabel = "DIR", description = "an empty folder, or one that is not there yet")
  Path folder = Path.of("");

  @Override
  public Integer call() throws Failure, IOException {
    Export.Done done = export(passphrase.choose());
    done.missing().forEach(Output::note);
    Output.line(
        "%s is in %s: %d entries, %d pictures and files, and what is private, sealed."
            .formatted(
                done.missing().isEmpty() ? "All of it" : "All else",
                folder,
                done.entries(),
                done.blobs()));
    Output.line("Bring it back with: ./skep import " + folder + " --data NEW-FOLDER");
    return 0;
  }

  private Export.Done export(String sealing) throws Failure, IOException {
    Clock clock = new SystemClock();
    try (ShownWork writing =
        new ShownWork(
            () -> Undertaking.measured(clock, "Writing all that is here"),
            ProgressLine.ofCommand())) {
      return Export.run(
          common.folder(), folder, sealing, new SystemRandomness(), clock, writing::at);
    }
  }
}
