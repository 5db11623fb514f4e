package org.skep.app.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The repository is tidy. */
class TidyTest {
  private static final Pattern PACKAGE =
      Pattern.compile("(.*)/src/(?:main|test)/java/(.*)/[^/]*\\.java");

  @Test
  void noFileIsTooLongOrHoldsAForbiddenText() throws Exception {
    Tree tree = Tree.here();
    List<String> files = tree.files();
    assertTrue(
        files.contains("pom.xml") && files.size() > 100, "this is the tree: " + files.size());
    List<String> objections = new ArrayList<>();
    for (String file : files) {
      objections.addAll(TidyRules.objections(file, tree.text(file)));
    }
    assertEquals(List.of(), objections);
  }

  @Test
  void everyPackageSaysWhatItIsAndIsNullMarked() throws Exception {
    Tree tree = Tree.here();
    Set<String> packages = new TreeSet<>();
    Set<String> marked = new TreeSet<>();
    for (String file : tree.files()) {
      Matcher matcher = PACKAGE.matcher(file);
      if (matcher.matches()) {
        String name = matcher.group(1) + " " + matcher.group(2);
        packages.add(name);
        if (file.endsWith("/package-info.java") && isMarked(tree.text(file))) {
          marked.add(name);
        }
      }
    }
    assertTrue(packages.size() > 5, "packages: " + packages);
    packages.removeAll(marked);
    assertEquals(Set.of(), packages);
  }

  @Test
  void aPackageInfoWithoutWordsOrMarkDoesNotCount() {
    assertTrue(isMarked("/** Words. */\n@NullMarked\npackage a;\n"));
    assertTrue(!isMarked("@NullMarked\npackage a;\n"));
    assertTrue(!isMarked("/** Words. */\npackage a;\n"));
  }

  private static boolean isMarked(String text) {
    return text.contains("/**") && text.contains("@NullMarked\npackage ");
  }

  @ParameterizedTest
  @CsvSource({
    "kernel/src/main/java/A.java, // TO_DO later, to do something later",
    "web/src/main/resources/a.js, // FIX_ME, to do something later",
    "README.md, XX_X, to do something later",
    "app/src/main/java/A.java, e.print_StackTrace();, stack trace",
    "engine/src/main/java/A.java, System._out.println();, printing",
    "engine/src/main/java/A.java, System._err.println();, printing",
    "engine/src/test/java/A.java, Thread.sl_eep(1);, fixed length",
    "engine/src/test/java/A.java, @Dis_abled, does not run",
    "engine/src/main/java/A.java, synch_ronized (this) {, monitor",
    "engine/src/main/java/A.java, public synch_ronized void a() {, monitor",
    "interop/peer/package-lock.json, https://registry.np_mjs.org/a, registry",
    "pom.xml, <url>https://repo1.ma_ven.org/maven2</url>, registry",
    "docs/a.md, see /wo_rk/notes, one machine",
    "skep, cd /ho_me/ana, one machine",
  })
  void eachForbiddenTextIsFound(String path, String text, String objection) {
    List<String> found = TidyRules.objections(path, text.replace("_", ""));
    assertEquals(1, found.size(), found::toString);
    assertTrue(found.getFirst().contains(objection), found::toString);
    assertEquals(List.of(), TidyRules.objections(path, "plain words"));
  }

  @Test
  void whereItIsAllowedNobodyObjects() {
    assertEquals(List.of(), TidyRules.objections("app/src/main/java/A.java", "System.out.println"));
    assertEquals(List.of(), TidyRules.objections("bench/src/main/java/A.java", "System.out"));
    assertEquals(List.of(), TidyRules.objections("api/A.java", "\"/api/v1/timelines/home/x\""));
    assertEquals(List.of(), TidyRules.objections("a.jsonl", "\"wire\":\"ab+XX" + "X/cd==\""));
  }

  @Test
  void aFileMayHaveSixHundredLinesAndNoMore() {
    String path = "web/src/main/resources/page.css";
    assertEquals(List.of(), TidyRules.objections(path, "a\n".repeat(TidyRules.LINES_MAX)));
    List<String> found = TidyRules.objections(path, "a\n".repeat(TidyRules.LINES_MAX + 1));
    assertEquals(List.of(path + " has 601 lines, more than 600"), found);
    String test = "web/src/test/java/A.java";
    assertEquals(List.of(), TidyRules.objections(test, "a\n".repeat(TidyRules.LINES_MAX + 1)));
  }
}
