package org.skep.app.cli;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.skep.app.Config;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** People on this computer. */
@Command(
    name = "account",
    description = "People on this computer.",
    subcommands = {AccountCommand.Add.class, HelpCommand.class})
final class AccountCommand implements Callable<Integer> {
  @Override
  public Integer call() throws Failure {
    throw new Failure(Failure.USAGE, "Say what to do: ./skep account add NAME");
  }

  /** Makes another person at home. */
  @Command(name = "add", description = "Make another person at home on this computer.")
  static final class Add implements Callable<Integer> {
    @Mixin Common common = new Common();

    @Parameters(paramLabel = "NAME", description = "what others call the person")
    String name = "";

    @Option(
        names = "--secret",
        paramLabel = "FILE",
        description = "a Scuttlebutt secret file to bring along; use it nowhere else from now on")
    @Nullable Path secret;

    @Override
    public Integer call() throws Failure {
      Map<String, String> body = new LinkedHashMap<>();
      body.put("name", name);
      if (secret != null) {
        try {
          body.put("secret", Config.readSecret(secret));
        } catch (UncheckedIOException e) {
          throw new Failure(Failure.REFUSED, String.valueOf(e.getMessage()));
        }
      }
      try (NodeClient node = common.node()) {
        JsonNode person = node.post("/api/skep/v1/people", body);
        Output.line(name.strip() + " is at home here now.");
        for (JsonNode words : person.path("resting")) {
          Output.line(words.asString());
          Output.line("Then say: ./skep resume --account \"" + name.strip() + "\"");
        }
      }
      return 0;
    }
  }
}
