package org.skep.app.cli;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.skep.doors.SystemClock;
import org.skep.doors.ThreadTasks;
import org.skep.kernel.Clock;
import org.skep.kernel.Tasks;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** Builds the views anew. */
@Command(
    name = "rebuild",
    description =
        "Build everything you see anew from what is kept; the page stays there meanwhile.")
final class RebuildCommand implements Callable<Integer> {
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  @Mixin Common common = new Common();

  @Override
  public Integer call() throws Failure {
    try (NodeClient node = common.node()) {
      String before = node.text("/api/skep/v1/views");
      rebuild(node);
      String after = node.text("/api/skep/v1/views");
      Output.line(
          before.equals(after)
              ? "Everything was built anew and is the same as before."
              : "Everything was built anew, and something new arrived or was wrong before.");
    }
    return 0;
  }

  private static void rebuild(NodeClient node) throws Failure {
    try (ThreadTasks tasks = new ThreadTasks();
        ProgressLine line = ProgressLine.ofCommand();
        Tasks.Scope watching = tasks.scope("watching")) {
      watching.fork("progress", () -> watch(node, line));
      node.postLong("/api/skep/v1/rebuild", Map.of());
    }
  }

  /** Until it is interrupted, or nobody answers: whoever waits for the end hears why. */
  private static void watch(NodeClient node, ProgressLine line) throws InterruptedException {
    Clock clock = new SystemClock();
    try {
      while (true) {
        JsonNode progress = node.get("/api/skep/v1/status").path("progress").path(0);
        line.show(Optional.of(progress).filter(JsonNode::isObject).map(ProgressLine.Told::of));
        clock.sleep(LOOK_EVERY);
      }
    } catch (Failure over) {
      return;
    }
  }
}
