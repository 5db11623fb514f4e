package org.skep.app.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Shows the newest letter of each conversation. */
@Command(name = "letters", description = "Show the newest letter of each conversation.")
final class LettersCommand implements Callable<Integer> {
  @Mixin Common common = new Common();

  @Option(names = "--json", description = "for programs: Mastodon's Conversation objects")
  boolean json;

  @Override
  public Integer call() throws Failure {
    try (NodeClient node = common.node()) {
      JsonNode letters = node.get("/api/v1/conversations?limit=40");
      if (json) {
        Output.json(letters);
        return 0;
      }
      if (letters.isEmpty()) {
        Output.line("No letters yet. Write one: ./skep post --to THEIR-ADDRESS \"Hello\"");
      }
      for (JsonNode conversation : letters) {
        JsonNode last = conversation.path("last_status");
        List<String> names =
            StreamSupport.stream(conversation.path("accounts").spliterator(), false)
                .map(account -> account.path("display_name").asString())
                .toList();
        Output.line(
            (names.isEmpty() ? "a note to yourself" : "with " + String.join(", ", names))
                + (conversation.path("unread").asBoolean() ? "  (not read yet)" : ""));
        Output.line(
            last.path("account").path("display_name").asString()
                + "  "
                + last.path("created_at").asString()
                + "  "
                + last.path("id").asString());
        Output.lines(last.path("skep").path("text").asString());
        Output.line("");
      }
    }
    return 0;
  }
}
