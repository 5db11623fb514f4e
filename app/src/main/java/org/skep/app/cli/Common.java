package org.skep.app.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.skep.app.Config;
import picocli.CommandLine.Option;

/** Options that every command has. */
final class Common {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "the folder in which everything is kept (default: ~/.skep)")
  @Nullable Path data;

  @Option(
      names = "--account",
      paramLabel = "NAME",
      description = "which of the people on this computer (default: the first)")
  @Nullable String account;

  Path folder() {
    return data == null ? Config.defaultData(System.getenv()) : data;
  }

  /** The running node, spoken to as the chosen person. */
  NodeClient node() throws Failure {
    return NodeClient.of(folder(), account);
  }
}
