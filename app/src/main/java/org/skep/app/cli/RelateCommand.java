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

  @Option(names = "--undo", description = "take it back")
  boolean undo;

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
      String path = "/api/v1/accounts/" + account.path("id").asString() + "/";
      if (undo) {
        node.post(path + "un" + deed, Map.of());
        Output.line(done + " " + name(account) + " no longer.");
      } else {
        node.post(path + deed, with());
        Output.line(done + " " + name(account) + howSaid() + ".");
      }
    }
    return 0;
  }

  /** What is said beside the deed itself. */
  Map<String, Object> with() {
    return Map.of();
  }

  /** What of it others hear, as a part of the sentence that says that it is done. */
  String howSaid() {
    return "";
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

    @Override
    String howSaid() {
      return tell ? ", and your friends are told" : ", and nobody is told";
    }
  }
}
