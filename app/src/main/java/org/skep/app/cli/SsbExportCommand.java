package org.skep.app.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.skep.doors.SystemClock;
import org.skep.kernel.Undertaking;
import org.skep.networks.scuttlebutt.message.FeedId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes the messages that are here for somebody as JSON lines. */
@Command(
    name = "export",
    description =
        "Write the messages that are here for you, a line each, exactly as they came: all feeds or"
            + " one. Say where to: ./skep ssb export > FILE")
final class SsbExportCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Parameters(
      arity = "0..1",
      paramLabel = "FEED",
      description = "@….ed25519 or an ssb: address (default: all that you may have)")
  @Nullable String feed;

  @Override
  public Integer call() throws Failure, IOException {
    Optional<FeedId> only = only();
    // Not through System.out, which would not say that the disk is full or the pipe closed.
    try (NodeClient node = common.node();
        OutputStream out =
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16)) {
      SsbExport.Done done = write(node, out, only);
      done.cutShort().forEach(Output::note);
      Output.note(done.messages() + (done.messages() == 1 ? " message." : " messages."));
    }
    return 0;
  }

  /** The bar is gone when this returns, so that the next note has a line of its own. */
  private static SsbExport.Done write(NodeClient node, OutputStream out, Optional<FeedId> only)
      throws Failure, IOException {
    try (ShownWork work =
        new ShownWork(
            () -> Undertaking.counted(new SystemClock(), "Writing out", "messages"),
            ProgressLine.ofCommand())) {
      return new SsbExport(node, out, work::at).run(only);
    }
  }

  private Optional<FeedId> only() throws Failure {
    if (feed == null) {
      return Optional.empty();
    }
    return Optional.of(
        FeedId.parse(feed)
            .orElseThrow(() -> new Failure(Failure.USAGE, "This is no name of a feed: " + feed)));
  }
}
