package org.skep.app.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Builds the views anew. */
@Command(
    name = "rebuild",
    description =
        "Build everything you see anew from what is kept; the page stays there meanwhile.")
final class RebuildCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Override
  public Integer call() throws Failure {
    try (NodeClient node = common.node()) {
      String before = node.text("/api/skep/v1/views");
      node.postLong("/api/skep/v1/rebuild", Map.of());
      String after = node.text("/api/skep/v1/views");
      Output.line(
          before.equals(after)
              ? "Everything was built anew and is the same as before."
              : "Everything was built anew, and something new arrived or was wrong before.");
    }
    return 0;
  }
}
