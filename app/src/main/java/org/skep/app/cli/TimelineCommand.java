package org.skep.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Shows the newest posts. */
@Command(name = "timeline", description = "Show the newest posts.")
final class TimelineCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Option(names = "--json", description = "for programs: Mastodon's Status objects")
  boolean json;

  @Override
  public Integer call() throws Failure {
    try (NodeClient node = common.node()) {
      JsonNode posts = node.get("/api/v1/timelines/home?limit=40");
      if (json) {
        Output.json(posts);
        return 0;
      }
      if (posts.isEmpty()) {
        Output.line("Nothing here yet. Write something: ./skep post --to anybody \"Hello\"");
      }
      for (JsonNode post : posts) {
        Output.line(
            post.path("account").path("display_name").asString()
                + "  "
                + post.path("created_at").asString()
                + "  "
                + post.path("id").asString());
        String warning = post.path("spoiler_text").asString("");
        if (!warning.isEmpty()) {
          Output.line("[" + warning + "]");
        }
        Output.lines(post.path("skep").path("text").asString());
        Output.line("");
      }
    }
    return 0;
  }
}
