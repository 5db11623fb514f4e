package org.skep.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Lets an identity that was brought along write again. */
@Command(
    name = "resume",
    description =
        "Go on writing with an identity that was brought along, once all of its past is here.")
final class ResumeCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Option(
      names = "--all-is-here",
      description = "you have looked, and nothing you wrote elsewhere is missing")
  boolean allIsHere;

  @Override
  public Integer call() throws Failure {
    try (NodeClient node = common.node()) {
      List<String> networks = new ArrayList<>();
      List<String> words = new ArrayList<>();
      for (JsonNode network : node.get("/api/skep/v1/status").path("networks")) {
        String resting = network.path("resting").asString("");
        if (!resting.isEmpty()) {
          networks.add(network.path("name").asString());
          words.add(resting);
        }
      }
      if (networks.isEmpty()) {
        throw new Failure(Failure.REFUSED, "Nothing of yours rests: you can write.");
      }
      if (!allIsHere) {
        throw new Failure(
            Failure.REFUSED,
            String.join("\n", words)
                + "\nIf that is all you ever wrote, say: ./skep resume --all-is-here\n"
                + "If it is not, wait: a second entry at a place of your log spoils it for ever.");
      }
      for (String network : networks) {
        node.post("/api/skep/v1/resume", Map.of("network", network));
      }
      Output.line("From now on you write where you left off.");
    }
    return 0;
  }
}
