package org.skep.app;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skep.kernel.Bytes;
import org.skep.store.DataFolder;

/**
 * What a running node leaves in its data folder for the command line: where its page is, how it
 * proves that it is the one, and an access token for each person. Readable for the folder's owner
 * only (mode 0600).
 */
public final class NodeFiles {
  private static final String PORT = "running.txt";
  private static final String TOKENS = "tokens.txt";
  private static final Pattern RUNNING =
      Pattern.compile("(?<port>[0-9]{1,5})\n(?<key>[0-9a-f]{64})\n");

  private NodeFiles() {}

  static void running(DataFolder folder, int appPort, RunningProof proof) {
    folder.put(PORT, Bytes.ofUtf8(appPort + "\n" + proof.key() + "\n"));
  }

  static void stopped(DataFolder folder) {
    folder.remove(PORT);
  }

  /**
   * A node that says it runs; whoever answers at the port proves by the other that it is the one.
   */
  public record Running(int port, RunningProof proof) {}

  /**
   * The node that runs on the folder. What one that was killed left behind is cleared away: its
   * port may be anybody's by now.
   */
  public static Optional<Running> running(Path folder) {
    if (DataFolder.get(folder, PORT).isEmpty()) {
      return Optional.empty();
    }
    Optional<DataFolder> nobodys = DataFolder.openIfFree(folder, "a command that looked around");
    if (nobodys.isPresent()) {
      try (DataFolder left = nobodys.get()) {
        left.remove(PORT);
      }
      return Optional.empty();
    }
    return DataFolder.get(folder, PORT).map(Bytes::utf8).flatMap(NodeFiles::parse);
  }

  private static Optional<Running> parse(String text) {
    Matcher matcher = RUNNING.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new Running(
                Integer.parseInt(matcher.group("port")), RunningProof.ofKey(matcher.group("key"))))
        : Optional.empty();
  }

  /** Names cannot hold control characters, so that a tab parts them from their token. */
  static void tokens(DataFolder folder, Map<String, String> tokenByName) {
    StringBuilder lines = new StringBuilder();
    tokenByName.forEach(
        (name, token) -> lines.append(token).append('\t').append(name).append('\n'));
    folder.put(TOKENS, Bytes.ofUtf8(lines.toString()));
  }

  /** The access tokens by the names people came in with, in order of arrival. */
  public static Map<String, String> tokens(Path folder) {
    Map<String, String> tokens = new LinkedHashMap<>();
    DataFolder.get(folder, TOKENS)
        .map(Bytes::utf8)
        .orElse("")
        .lines()
        .map(line -> line.split("\t", 2))
        .filter(parts -> parts.length == 2)
        .forEach(parts -> tokens.put(parts[1], parts[0]));
    return tokens;
  }
}
