package org.skep.app;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.skep.kernel.Bytes;
import org.skep.store.DataFolder;

/**
 * What a running node leaves in its data folder for the command line: where its page is, and an
 * access token for each person. Readable for the folder's owner only (mode 0600).
 */
public final class NodeFiles {
  private static final String PORT = "running.txt";
  private static final String TOKENS = "tokens.txt";

  private NodeFiles() {}

  static void running(DataFolder folder, int appPort) {
    folder.put(PORT, Bytes.ofUtf8(Integer.toString(appPort)));
  }

  static void stopped(DataFolder folder) {
    folder.remove(PORT);
  }

  /** The port of the page of the node that runs, or ran, on the folder. */
  public static Optional<Integer> port(Path folder) {
    return DataFolder.get(folder, PORT)
        .map(Bytes::utf8)
        .map(String::strip)
        .filter(text -> text.matches("[0-9]{1,5}"))
        .map(Integer::valueOf);
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
