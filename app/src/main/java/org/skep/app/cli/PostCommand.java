package org.skep.app.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a post, or a letter. */
@Command(name = "post", description = "Write a post, or a letter.")
final class PostCommand implements Callable<Integer> {
  private static final String ANYBODY = "anybody";

  @Mixin Common common = new Common();

  @Option(
      names = "--to",
      paramLabel = "WHOM",
      required = true,
      description =
          "who can read it: anybody (for ever), or a person's address, which makes it a letter;"
              + " several times for several people")
  List<String> to = List.of();

  @Option(names = "--reply", paramLabel = "ID", description = "the post this answers")
  @Nullable String reply;

  @Parameters(paramLabel = "TEXT", description = "what to say, as Markdown")
  String text = "";

  @Override
  public Integer call() throws Failure {
    boolean letter = !to.contains(ANYBODY);
    if (!letter && to.size() > 1) {
      throw new Failure(
          Failure.USAGE, "What is for anybody can't be sealed for some: --to one or the other");
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", text);
    body.put("visibility", letter ? "direct" : "public");
    if (reply != null) {
      body.put("in_reply_to_id", reply);
    }
    try (NodeClient node = common.node()) {
      if (letter) {
        body.put("skep_to", readers(node));
      }
      Output.line(node.post("/api/v1/statuses", body).path("id").asString());
    }
    return 0;
  }

  private List<String> readers(NodeClient node) throws Failure {
    List<String> ids = new ArrayList<>();
    for (String address : to) {
      ids.add(
          node.get("/api/v1/accounts/lookup?acct=" + NodeClient.quote(address))
              .path("id")
              .asString());
    }
    return ids;
  }
}
