package org.skep.app.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a post. */
@Command(name = "post", description = "Write a post.")
final class PostCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Option(
      names = "--to",
      paramLabel = "AUDIENCE",
      required = true,
      description = "who can read it; until sealed posts exist only: anybody (for ever)")
  String to = "";

  @Option(names = "--reply", paramLabel = "ID", description = "the post this answers")
  @Nullable String reply;

  @Parameters(paramLabel = "TEXT", description = "what to say, as Markdown")
  String text = "";

  @Override
  public Integer call() throws Failure {
    if (!to.equals("anybody")) {
      throw new Failure(
          Failure.USAGE,
          "A post can't be sealed yet, so it is for anybody and for ever: --to anybody");
    }
    Map<String, String> body = new LinkedHashMap<>();
    body.put("status", text);
    body.put("visibility", "public");
    if (reply != null) {
      body.put("in_reply_to_id", reply);
    }
    try (NodeClient node = common.node()) {
      Output.line(node.post("/api/v1/statuses", body).path("id").asString());
    }
    return 0;
  }
}
