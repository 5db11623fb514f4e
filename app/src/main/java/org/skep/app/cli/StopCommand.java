package org.skep.app.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Stops the running node. */
@Command(name = "stop", description = "Stop the running Skep.")
final class StopCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Override
  public Integer call() throws Failure {
    try (NodeClient node = common.node()) {
      node.post("/api/skep/v1/stop", Map.of());
    }
    Output.line("Skep is stopping.");
    return 0;
  }
}
