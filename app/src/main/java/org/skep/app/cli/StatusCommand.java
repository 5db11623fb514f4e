package org.skep.app.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Says how the node goes. */
@Command(name = "status", description = "Say how Skep goes, and what your own addresses are.")
final class StatusCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Option(names = "--json", description = "for programs")
  boolean json;

  @Override
  public Integer call() throws Failure {
    try (NodeClient node = common.node()) {
      JsonNode status = node.get("/api/skep/v1/status");
      if (json) {
        Output.json(status);
        return 0;
      }
      Output.line("Skep " + status.path("version").asString() + " at " + node.page());
      List<String> copied = copied(status);
      copied.forEach(line -> Output.line(common.here(line)));
      for (JsonNode account : status.path("accounts")) {
        Output.line(account.path("name").asString() + "  " + account.path("ssb").asString());
      }
      status.path("progress").forEach(work -> Output.line(work.path("words").asString()));
      status.path("troubles").forEach(words -> Output.line(words.asString()));
      for (JsonNode network : status.path("networks")) {
        Output.line(network.path("words").asString());
        String address = network.path("address").asString("");
        if (!address.isEmpty()) {
          Output.line("  your address, for programs on this computer: " + address);
        }
        String resting = network.path("resting").asString("");
        // While it is asked whether this is a copy, that is why.
        if (!resting.isEmpty() && copied.isEmpty()) {
          Output.line(common.here("  " + resting + " What to do then: ./skep resume"));
        }
        for (JsonNode peer : network.path("peers")) {
          Output.line("  " + peerWords(peer));
        }
      }
    }
    return 0;
  }

  private static String peerWords(JsonNode peer) {
    String name = peer.path("name").asString("");
    return "%s: %s  %s"
        .formatted(
            name.isBlank() ? peer.path("who").asString() : name,
            peer.path("words").asString(),
            peer.path("address").asString(""))
        .stripTrailing();
  }

  /** What to say, in lines, where the node asks whether it is a copy. */
  static List<String> copied(JsonNode status) {
    String words = status.path("copied").asString("");
    return words.isEmpty()
        ? List.of()
        : List.of(
            words,
            "Was it moved, or is this a copy? Until you say so, nothing is written; reading goes on.",
            "  the old one is gone, this is the only one:  ./skep up --moved",
            "  the other one goes on writing:              ./skep up --copied");
  }
}
