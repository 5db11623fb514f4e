package org.skep.app.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.skep.doors.SystemClock;
import org.skep.kernel.Clock;
import org.skep.kernel.Undertaking;
import org.skep.networks.scuttlebutt.logfile.MessageFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes the messages of a file into the running node. */
@Command(
    name = "import",
    description =
        "Take in the messages of a file, as if friends had brought them: of the people you and"
            + " others here want to hear, checked, each once. Begin again what broke off.")
final class SsbImportCommand implements Callable<Integer> {
  private static final String WORDS = "Taking in";

  @Mixin Common common = new Common();
  @Mixin SsbFile file = new SsbFile();

  @Override
  public Integer call() throws Failure, IOException {
    try (NodeClient node = common.node();
        MessageFile messages = file.open()) {
      SsbImport.Tally tally = run(node, messages);
      say(tally);
      return tally.refused() == 0 ? 0 : Failure.REFUSED;
    }
  }

  private SsbImport.Tally run(NodeClient node, MessageFile messages) throws IOException, Failure {
    Clock clock = new SystemClock();
    Supplier<Undertaking> taking =
        () ->
            file.size() > 0
                ? Undertaking.measured(clock, WORDS)
                : Undertaking.counted(clock, WORDS, "messages");
    try (ShownWork work = new ShownWork(taking, ProgressLine.ofCommand())) {
      return new SsbImport(node, new FileWay(file, work)).run(messages);
    }
  }

  /** Of a file it is told how much is read; of a pipe how many messages came. */
  private record FileWay(SsbFile file, ShownWork work) implements SsbImport.Way {
    @Override
    public long done(long messages) {
      return file.size() > 0 ? file.bytesRead() : messages;
    }

    @Override
    public long total() {
      return file.size();
    }

    @Override
    public void went(long messages) {
      work.at(done(messages), total());
    }
  }

  private static void say(SsbImport.Tally tally) {
    Output.line("Taken in: " + tally.takenIn());
    Output.line("Known before: " + tally.known());
    if (tally.waiting() > 0) {
      Output.line(
          "Waiting for those before them: " + tally.waiting() + " (dropped if they don't come)");
    }
    if (tally.unwanted() > 0) {
      Output.line(
          "Left out, because nobody here follows their authors: "
              + tally.unwanted()
              + (tally.takenIn() > 0
                  ? " (import the file again: of those taken in, some may follow them)"
                  : ""));
    }
    if (tally.refused() > 0) {
      Output.line("Refused: " + tally.refused());
      tally.reasons().forEach((reason, count) -> Output.line("  " + count + ": " + reason));
    }
  }
}
