package org.skep.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Tools for people who look after a Scuttlebutt network. */
@Command(
    name = "ssb",
    description = "Check, take in and give out files of Scuttlebutt messages.",
    subcommands = {SsbVerifyCommand.class, SsbImportCommand.class, SsbExportCommand.class})
final class SsbCommand implements Callable<Integer> {
  @Override
  public Integer call() throws Failure {
    throw new Failure(
        Failure.USAGE, "Say what to do: ./skep ssb verify FILE, import FILE or export");
  }
}
