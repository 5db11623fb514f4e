package org.skep.app.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes another one-time link to the page. */
@Command(name = "open", description = "Open the page in the browser, with a link that works once.")
final class OpenCommand implements Callable<Integer> {
  /** Beside a link that no browser was opened for. */
  static final String HOW = "Please open this link in a browser; it works once, for ten minutes.";

  @Mixin Common common = new Common();

  @Option(names = "--no-browser", description = "only print the link")
  boolean noBrowser;

  @Override
  public Integer call() throws Failure, InterruptedException {
    try (NodeClient node = common.node()) {
      String link = link(node);
      Output.line("open " + link);
      if (!noBrowser && !Browser.open(common.folder(), link)) {
        Output.line(HOW);
      }
    }
    return 0;
  }

  static String link(NodeClient node) throws Failure {
    return node.post("/api/skep/v1/links", Map.of()).path("url").asString();
  }
}
