package org.skep.app.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.skep.doors.ThreadTasks;
import org.skep.networks.scuttlebutt.logfile.MessageFile;
import org.skep.networks.scuttlebutt.logfile.MessageJudge;
import org.skep.networks.scuttlebutt.message.SignCap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says of each message of a file whether Scuttlebutt programs would take it. */
@Command(
    name = "verify",
    description =
        "Say of each message in a file whether Scuttlebutt programs take it: ok ID, or refused"
            + " REASON. Ends with 0 when all are ok. Needs no running Skep.")
final class SsbVerifyCommand implements Callable<Integer> {
  /** At most so many are in memory, at most 64 KiB each. */
  private static final int AT_ONCE = 200;

  @Mixin SsbFile file = new SsbFile();

  @Option(
      names = "--unchained",
      description = "judge each message by itself: feeds may begin anywhere and have gaps")
  boolean unchained;

  @Option(
      names = "--hmac",
      paramLabel = "KEY",
      description = "the network's signing key (caps.sign): 32 bytes in base64")
  @Nullable String hmac;

  @Override
  public Integer call() throws Failure, IOException, InterruptedException {
    MessageJudge.Chaining chaining =
        unchained ? MessageJudge.Chaining.UNCHAINED : MessageJudge.Chaining.CHAINED;
    long good = 0;
    long all = 0;
    SignCap cap = cap();
    try (MessageFile messages = file.open();
        ThreadTasks tasks = new ThreadTasks()) {
      MessageJudge judge = new MessageJudge(cap, chaining, tasks);
      List<MessageFile.Item> next = SsbFile.next(messages, AT_ONCE);
      while (!next.isEmpty()) {
        for (MessageJudge.Verdict verdict : judge.judge(next)) {
          Output.line(words(verdict));
          good += verdict instanceof MessageJudge.Sound ? 1 : 0;
          all++;
        }
        next = SsbFile.next(messages, AT_ONCE);
      }
    }
    Output.note(good + " of " + all + " messages are ok.");
    return good == all ? 0 : Failure.REFUSED;
  }

  private static String words(MessageJudge.Verdict verdict) {
    return switch (verdict) {
      case MessageJudge.Sound sound -> "ok " + sound.id();
      case MessageJudge.Refused(String reason) -> "refused " + reason;
    };
  }

  private SignCap cap() throws Failure {
    if (hmac == null) {
      return SignCap.NONE;
    }
    return SignCap.parse(hmac)
        .orElseThrow(() ->
            new Failure(Failure.USAGE, "--hmac takes 32 bytes in base64, with its = at the end."));
  }
}
