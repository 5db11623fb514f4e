package org.skep.app.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Makes an access token. */
@Command(name = "token", description = "Make an access token for a script of yours.")
final class TokenCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Override
  public Integer call() throws Failure {
    try (NodeClient node = common.node()) {
      Output.line(
          node.post("/api/skep/v1/tokens", Map.of("name", "made on the command line"))
              .path("token")
              .asString());
    }
    return 0;
  }
}
