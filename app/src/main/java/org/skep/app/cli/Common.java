package org.skep.app.cli;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  /** A command within a sentence: its words and what stands in their place, but no values. */
  private static final Pattern COMMAND =
      Pattern.compile("\\./skep( [a-z]+)( (?:add|verify|import|export))?( --[a-z-]+)*");

  /** Words that name commands, so that these mean the data folder that this command was given. */
  String here(String words) {
    if (data == null || words.contains("--data")) {
      return words;
    }
    String folder = " --data " + quoted(data);
    return COMMAND
        .matcher(words)
        .replaceAll(found -> Matcher.quoteReplacement(found.group() + folder));
  }

  private static String quoted(Path folder) {
    String text = folder.toString();
    return text.matches("[\\w./:~-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  Path folder() {
    return data == null ? Config.defaultData(System.getenv()) : data;
  }

  /** The running node, spoken to as the chosen person. */
  NodeClient node() throws Failure {
    try {
      return NodeClient.of(folder(), account);
    } catch (Failure failure) {
      throw new Failure(failure.exitCode(), here(String.valueOf(failure.getMessage())));
    }
  }
}
