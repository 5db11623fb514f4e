package org.skep.app.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes an access token. */
@Command(
    name = "token",
    description = "Make an access token for a script of yours, or withdraw them all.")
final class TokenCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Option(
      names = "--revoke",
      description = "make all of your access tokens worthless, wherever they are")
  boolean revoke;

  @Override
  public Integer call() throws Failure {
    try (NodeClient node = common.node()) {
      if (revoke) {
        node.delete("/api/skep/v1/tokens");
        Output.line("None of your access tokens works any more.");
        return 0;
      }
      Output.line(
          node.post("/api/skep/v1/tokens", Map.of("name", "made on the command line"))
              .path("token")
              .asString());
    }
    return 0;
  }
}
