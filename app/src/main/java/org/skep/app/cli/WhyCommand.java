package org.skep.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Says why somebody's posts are here or are not. */
@Command(
    name = "why",
    description = "Say why somebody's posts are here or are not: who was asked, what came.")
final class WhyCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Parameters(
      paramLabel = "PERSON",
      description = "@….ed25519, an ssb: address, or the name of somebody on this computer")
  String person = "";

  @Option(names = "--json", description = "for programs")
  boolean json;

  @Override
  public Integer call() throws Failure {
    try (NodeClient node = common.node()) {
      JsonNode account = node.get("/api/v1/accounts/lookup?acct=" + NodeClient.quote(person));
      JsonNode why = node.get("/api/skep/v1/people/" + account.path("id").asString() + "/why");
      if (json) {
        Output.json(why);
        return 0;
      }
      why.path("words").forEach(sentence -> Output.line(sentence.asString()));
    }
    return 0;
  }
}
