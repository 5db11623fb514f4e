package org.skep.app.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.skep.app.Config;
import org.skep.app.Logging;
import org.skep.app.Node;
import org.skep.doors.ProcessEnd;
import org.skep.kernel.Progress;
import org.skep.kernel.Undertaking;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Starts the node and stays until it is stopped. */
@Command(name = "up", description = "Start Skep and open its page.")
final class UpCommand implements Callable<Integer> {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /** How soon it is seen that longer work has begun. */
  private static final Duration LOOK_IN_QUIET_EVERY = Duration.ofSeconds(5);

  private static final String STATUS = "/api/skep/v1/status";

  @Mixin Common common = new Common();

  @Option(names = "--name", paramLabel = "NAME", description = "your name, at the first start")
  @Nullable String name;

  @Option(names = "--no-browser", description = "print the one-time link and open nothing")
  boolean noBrowser;

  @Option(names = "--port", paramLabel = "N", description = "the page's port; 0 = any free one")
  @Nullable Integer port;

  @Option(
      names = "--moved",
      description = "this folder is the one Skep, in a new place; the old one is gone")
  boolean moved;

  @Option(
      names = "--copied",
      description = "this folder is a copy; the other one goes on writing, and this one reads")
  boolean copied;

  /** Read by the launcher, before there is a Java to tell it to. */
  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description =
          "default, or small: little memory and a simple compiler (default: by the computer's"
              + " memory)")
  @Nullable String profile;

  private boolean isSlow;

  /** Whether a browser shows the page already, since views are built. */
  private boolean isShown;

  @Override
  public Integer call() throws Failure, IOException, InterruptedException {
    if (moved && copied) {
      throw new Failure(Failure.USAGE, "Say either --moved or --copied.");
    }
    Path folder = common.folder();
    if (runsAlready(folder)) {
      return 0;
    }
    Logging.keepIn(folder);
    try (ProgressLine line = ProgressLine.ofCommand();
        Node node = Node.start(config(folder), building -> show(building, line, folder))) {
      line.show(Optional.empty());
      ProcessEnd.whenAsked(node::close);
      if (node.people().isEmpty()) {
        node.addPerson(firstName(), Optional.empty());
      }
      try (NodeClient client = NodeClient.of(folder, common.account)) {
        show(client, folder);
      }
      Output.note(common.here("Skep runs until you press Ctrl-C here, or say: ./skep stop"));
      Optional<ProgressLine.Told> told = Optional.empty();
      while (!node.awaitStop(told.isPresent() ? LOOK_EVERY : LOOK_IN_QUIET_EVERY)) {
        told = node.progress().stream().findFirst().map(ProgressLine.Told::of);
        line.show(told);
      }
    }
    return 0;
  }

  /** Where it takes more than a moment the page is opened already, and tells it too. */
  private void show(Undertaking building, ProgressLine line, Path folder) {
    Optional<Progress> progress = building.progress();
    if (progress.isPresent() && !isSlow) {
      isSlow = true;
      openEarly(folder);
    }
    line.show(progress.map(ProgressLine.Told::of));
  }

  private void openEarly(Path folder) {
    try (NodeClient node = NodeClient.of(folder, common.account)) {
      Output.note("Skep is starting; its page is there and says how far it is: " + node.page());
      isShown = !noBrowser && Browser.open(folder, OpenCommand.link(node));
    } catch (Failure later) {
      // There is a link when everything is in order, as always.
      Output.note(String.valueOf(later.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A second start on the same folder opens the page of the first. */
  private boolean runsAlready(Path folder) throws Failure, InterruptedException {
    try (NodeClient running = NodeClient.of(folder, common.account)) {
      Output.note("Skep runs already on " + folder + "; this is its page.");
      show(running, folder);
      return true;
    } catch (Failure gone) {
      if (gone.exitCode() == Failure.NO_NODE) {
        return false;
      }
      throw gone;
    }
  }

  private void show(NodeClient node, Path folder) throws Failure, InterruptedException {
    if (moved || copied) {
      if (node.get(STATUS).path("copied").asString("").isEmpty()) {
        Output.note("Nobody asked whether this is a copy; nothing was changed.");
      } else {
        answer(node);
      }
    }
    Output.line("ready " + node.page());
    String link = OpenCommand.link(node);
    if (noBrowser || (!isShown && !Browser.open(folder, link))) {
      Output.line("open " + link);
      Output.note(OpenCommand.HOW);
    }
    for (String line : StatusCommand.copied(node.get(STATUS))) {
      Output.note(common.here(line));
    }
  }

  private void answer(NodeClient node) throws Failure {
    Map<String, String> answer = Map.of("answer", moved ? "moved" : "copied");
    JsonNode answered = node.post("/api/skep/v1/copied", answer);
    for (JsonNode words : answered.path("resting")) {
      Output.note(words.asString());
    }
    if (copied) {
      Output.note(
          common.here("To write from here, come in as a new person: ./skep account add NAME"));
    } else if (!answered.path("resting").isEmpty()) {
      Output.note(common.here("Then say: ./skep resume"));
    }
  }

  private Config config(Path folder) throws Failure {
    Map<String, String> flags = new LinkedHashMap<>();
    if (port != null) {
      flags.put("http.port", port.toString());
    }
    try {
      return Config.read(folder, flags, System.getenv());
    } catch (Config.Mistakes mistakes) {
      throw new Failure(Failure.USAGE, String.valueOf(mistakes.getMessage()));
    }
  }

  private String firstName() {
    if (name != null) {
      return name;
    }
    Optional<String> typed =
        Optional.ofNullable(System.console())
            .filter(Console::isTerminal)
            .map(console -> console.readLine("What is your name? "))
            .filter(answer -> !answer.isBlank());
    // Nobody to ask: the name this person has on the machine; the page lets her change it.
    return typed.orElseGet(() -> System.getProperty("user.name", "me"));
  }
}
