package org.skep.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Lets an identity that rests write again. */
@Command(
    name = "resume",
    description = "Go on writing with an identity that rests, once all that it ever wrote is here.")
final class ResumeCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Option(
      names = "--all-is-here",
      description = "you have looked, and nothing you wrote elsewhere is missing")
  boolean allIsHere;

  @Option(
      names = "--insist",
      description = "go on although more of your log, or something else, is known to be elsewhere")
  boolean insist;

  @Override
  public Integer call() throws Failure {
    try (NodeClient node = common.node()) {
      List<String> networks = new ArrayList<>();
      List<String> words = new ArrayList<>();
      List<String> against = new ArrayList<>();
      for (JsonNode network : node.get("/api/skep/v1/status").path("networks")) {
        String resting = network.path("resting").asString("");
        if (!resting.isEmpty()) {
          networks.add(network.path("name").asString());
          words.add(resting);
          against.add(network.path("elsewhere").asString(""));
        }
      }
      if (networks.isEmpty()) {
        throw new Failure(Failure.REFUSED, "Nothing of yours rests: you can write.");
      }
      against.removeIf(String::isEmpty);
      words.addAll(against);
      if (!allIsHere) {
        throw new Failure(
            Failure.REFUSED,
            String.join("\n", words)
                + common.here("\nIf that is all you ever wrote, say: ./skep resume --all-is-here\n")
                + "If it is not, wait: a second entry at a place of your log spoils it for ever.");
      }
      if (!against.isEmpty() && !insist) {
        throw new Failure(
            Failure.REFUSED,
            String.join("\n", against)
                + "\nWhoever goes on now may put two different entries at one place of the log.\n"
                + common.here("To do it nonetheless, say: ./skep resume --all-is-here --insist"));
      }
      for (String network : networks) {
        node.post("/api/skep/v1/resume", Map.of("network", network, "insist", insist));
      }
      Output.line("From now on you write where you left off.");
    }
    return 0;
  }
}
