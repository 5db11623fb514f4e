package org.skep.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whatever the page asks for is on the class path, and nothing of ours goes around its walls. */
class WebFilesTest {

  private static final Pattern MAP_LINE = Pattern.compile("\"([^\"]+)\": \"(/_static/[^\"]+)\"");
  private static final Pattern IMPORT =
      Pattern.compile("\\b(?:from|import)\\s*(['\"])([^'\"]+)\\1");

  @Test
  void thePageIsServedAtTheRoot() throws IOException {
    assertTrue(text("/").contains("<skep-app>"));
  }

  @Test
  void everyModuleThatIsImportedIsThere() throws IOException {
    Set<String> reached = reachableModules();

    assertTrue(reached.size() > 40, "only " + reached.size() + " modules were found");
    assertTrue(reached.stream().anyMatch(path -> path.endsWith("/lit-html.js")), "Lit is missing");
  }

  @Test
  void everythingThePageLinksIsThere() throws IOException {
    Matcher links = Pattern.compile("(?:href|src)=\"([^\"]+)\"").matcher(text("/"));
    int count = 0;
    while (links.find()) {
      text(links.group(1));
      count++;
    }
    assertTrue(count >= 6, "the page links only " + count + " files");
  }

  @Test
  void nothingInThePageIsInlineButTheImportMap() throws IOException {
    String page = text("/");

    assertFalse(Pattern.compile("<style|\\sstyle=|\\son\\w+=").matcher(page).find());
    assertEquals(1, page.split("<script type=\"importmap\">", -1).length - 1);
    assertEquals(2, page.split("<script", -1).length - 1);
  }

  @Test
  void noModuleOfOursUsesInlineStylesOrRawHtml() throws IOException {
    for (String path : reachableModules()) {
      if (path.startsWith("/app/")) {
        assertFalse(
            Pattern.compile(
                    "innerHTML|outerHTML|insertAdjacentHTML|unsafeHTML|\\seval\\(|\\sstyle=")
                .matcher(text(path))
                .find(),
            path);
      }
    }
  }

  @Test
  void noModuleOfOursIsTooLong() throws IOException {
    for (String path : reachableModules()) {
      if (path.startsWith("/app/")) {
        assertTrue(text(path).lines().count() <= 400, path);
      }
    }
  }

  /** All modules that the browser will ask for, found by following the imports from the page. */
  private static Set<String> reachableModules() throws IOException {
    Map<String, String> map = importMap();
    Set<String> reached = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    open.add("/app/main.js");
    while (!open.isEmpty()) {
      String path = open.remove();
      if (!reached.add(path)) {
        continue;
      }
      Matcher imports = IMPORT.matcher(withoutComments(text(path)));
      while (imports.find()) {
        open.add(resolve(map, path, imports.group(2)));
      }
    }
    return reached;
  }

  private static String withoutComments(String module) {
    return module.replaceAll("(?s)/\\*.*?\\*/", "");
  }

  private static Map<String, String> importMap() throws IOException {
    Map<String, String> map = new LinkedHashMap<>();
    Matcher lines = MAP_LINE.matcher(text("/"));
    while (lines.find()) {
      map.put(lines.group(1), lines.group(2));
    }
    return map;
  }

  private static String resolve(Map<String, String> map, String from, String specifier) {
    if (specifier.startsWith(".") || specifier.startsWith("/")) {
      return URI.create(from).resolve(specifier).getPath();
    }
    String exact = map.get(specifier);
    if (exact != null) {
      return exact;
    }
    String folder =
        map.keySet().stream()
            .filter(key -> key.endsWith("/") && specifier.startsWith(key))
            .max(String::compareTo)
            .orElseThrow(() -> new AssertionError(from + " imports " + specifier));
    return map.get(folder) + specifier.substring(folder.length());
  }

  private static String text(String path) throws IOException {
    String resource = resourceOf(path);
    try (InputStream file = WebFilesTest.class.getClassLoader().getResourceAsStream(resource)) {
      assertNotNull(file, "missing: " + resource);
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The three rules by which the files are served. */
  private static String resourceOf(String path) {
    if (path.equals("/")) {
      return "org/skep/web/index.html";
    }
    if (path.startsWith("/app/")) {
      return "org/skep/web" + path;
    }
    if (path.startsWith("/_static/")) {
      return "META-INF/resources" + path;
    }
    throw new AssertionError("nobody serves " + path);
  }
}
