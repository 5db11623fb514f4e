package org.skep.app.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Connects to another computer, and keeps trying. */
@Command(
    name = "connect",
    description = "Connect to another computer, now and after every restart.")
final class ConnectCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Parameters(paramLabel = "ADDRESS", description = "for instance net:HOST:PORT~shs:KEY")
  String address = "";

  @Override
  public Integer call() throws Failure {
    try (NodeClient node = common.node()) {
      Output.line(
          node.post("/api/skep/v1/connect", Map.of("address", address)).path("words").asString());
    }
    return 0;
  }
}
