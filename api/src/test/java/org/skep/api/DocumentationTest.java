package org.skep.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.kernel.http.Access;
import org.skep.kernel.http.HttpRoute;

/** The page on the API lists every call, marks the open ones, and no call that is not there. */
final class DocumentationTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z]+ [^`]+)` \\| (\\*open\\*)?");

  @Test
  void everyCallIsListedAndEveryListedCallIsThere(@TempDir Path folder) throws IOException {
    Map<String, Boolean> listed = new TreeMap<>();
    ROW.matcher(Files.readString(Path.of("../docs/api.md")))
        .results()
        .forEach(row -> listed.put(row.group(1), row.group(2) != null));
    try (SmallNode node = new SmallNode(folder)) {
      Map<String, Boolean> registered = new TreeMap<>();
      for (HttpRoute route : node.registered()) {
        registered.put(route.method() + " " + route.path(), route.access() == Access.OPEN);
      }
      assertEquals(registered, listed);
    }
  }
}
