package org.skep.app.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is done to a post that is written. */
abstract class ActCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Parameters(index = "0", paramLabel = "ID", description = "the post, as post and timeline say it")
  String id = "";

  @Override
  public Integer call() throws Failure {
    try (NodeClient node = common.node()) {
      Output.line(act(node, "/api/v1/statuses/" + NodeClient.quote(id)));
    }
    return 0;
  }

  /**
   * Does it.
   *
   * @return what was done, in words
   */
  abstract String act(NodeClient node, String path) throws Failure;

  /** Passes a post on, or no longer. */
  @Command(name = "boost", description = "Pass a post on to those who follow you.")
  static final class Boost extends ActCommand {
    @Option(names = "--undo", description = "take a boost back")
    boolean undo;

    @Override
    String act(NodeClient node, String path) throws Failure {
      node.post(path + (undo ? "/unreblog" : "/reblog"), Map.of());
      return undo ? "You pass it on no longer." : "You passed it on.";
    }
  }

  /** Says an own post anew. */
  @Command(
      name = "edit",
      description = "Say a post or letter of yours anew; what it said before can still be seen.")
  static final class Edit extends ActCommand {
    @Parameters(index = "1", paramLabel = "TEXT", description = "the new words, as Markdown")
    String text = "";

    @Override
    String act(NodeClient node, String path) throws Failure {
      String warning = node.get(path).path("spoiler_text").asString();
      node.put(path, Map.of("status", text, "spoiler_text", warning));
      return "It is edited.";
    }
  }

  /** Takes an own post back, as far as that can be done. */
  @Command(
      name = "delete",
      description = "Delete a post or letter of yours; others may have kept a copy.")
  static final class Delete extends ActCommand {
    @Override
    String act(NodeClient node, String path) throws Failure {
      boolean held = node.get(path).path("skep").hasNonNull("held_until");
      node.delete(path);
      return held
          ? "It is deleted; nobody else ever had it."
          : "It is deleted here, and others are told; they may have kept a copy.";
    }
  }
}
