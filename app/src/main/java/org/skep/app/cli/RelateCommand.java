package org.skep.app.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Follows and blocks. */
abstract class RelateCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Parameters(paramLabel = "PERSON", description = "@….ed25519, or an ssb: address")
  String person = "";

  private final String deed;
  private final String done;

  RelateCommand(String deed, String done) {
    this.deed = deed;
    this.done = done;
  }

  @Override
  public Integer call() throws Failure {
    try (NodeClient node = common.node()) {
      JsonNode account = node.get("/api/v1/accounts/lookup?acct=" + NodeClient.quote(person));
      node.post("/api/v1/accounts/" + account.path("id").asString() + "/" + deed, with());
      Output.line(done + " " + name(account) + ".");
    }
    return 0;
  }

  /** What is said beside the deed itself. */
  Map<String, Object> with() {
    return Map.of();
  }

  /** Who never said a name here is called as she was typed. */
  private String name(JsonNode account) {
    String name = account.path("display_name").asString();
    return name.isBlank() ? person : name;
  }

  /** Follows somebody, for everybody to see. */
  @Command(name = "follow", description = "Follow somebody; on Scuttlebutt anybody can see it.")
  static final class Follow extends RelateCommand {
    Follow() {
      super("follow", "You follow");
    }
  }

  /** Blocks somebody; nobody is told unless that is asked for. */
  @Command(name = "block", description = "Block somebody; nobody is told, unless you say so.")
  static final class Block extends RelateCommand {
    @Option(
        names = "--tell",
        description = "tell your friends; on Scuttlebutt anybody can see it, she too")
    boolean tell;

    Block() {
      super("block", "You block");
    }

    @Override
    Map<String, Object> with() {
      return tell ? Map.of("skep_tell", true) : Map.of();
    }
  }
}
