package org.skep.app.house;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a single file may not look like; pure, so that each rule can be shown to bite. */
final class TidyRules {
  static final int LINES_MAX = 600;

  /**
   * A text that may not occur.
   *
   * @param where the paths it is forbidden in
   */
  private record Forbidden(String name, Pattern text, Pattern where) {}

  private static final String ANYWHERE = ".*";
  private static final String JAVA = ".*\\.java";

  // Written in halves where this file itself would otherwise be the only offender.
  private static final List<Forbidden> FORBIDDEN =
      List.of(
          rule(
              "a note to do something later",
              "(?<![\\w+/=])(TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK)(?![\\w+/=])",
              ANYWHERE),
          rule("a stack trace for the user", "print" + "StackTrace", ANYWHERE),
          rule(
              "printing outside app, bench, fuzz and testkit",
              "System\\.(out|err)\\b",
              "(?!(app|bench|fuzz|testkit)/)(?!.*/src/test/).*\\.java"),
          rule("a pause of fixed length", "Thread\\.sl" + "eep", "(?!doors/src/main/)" + JAVA),
          rule("a test that does not run", "@Dis" + "abled\\b", JAVA),
          rule(
              "a monitor, in which a virtual thread must not park",
              "\\bsynch" + "ronized\\s*(\\(|void|boolean|[A-Z])",
              JAVA),
          rule(
              "the host of a package registry",
              "registry\\.np" + "mjs|repo1?\\.ma" + "ven|regis" + "try\\.yarnpkg",
              ANYWHERE),
          rule(
              "a path of one machine",
              "(?<![\\w./})*-])/(wo" + "rk|ho" + "me|ro" + "ot)/\\w",
              ANYWHERE));

  private static final Pattern COUNTED = Pattern.compile(".*/src/main/.*\\.(java|js|css|html)");

  private TidyRules() {}

  private static Forbidden rule(String name, String text, String where) {
    return new Forbidden(name, Pattern.compile(text), Pattern.compile(where));
  }

  /** Everything that is wrong with a file, one sentence each. */
  static List<String> objections(String path, String text) {
    List<String> found = new ArrayList<>();
    List<String> lines = text.lines().toList();
    if (COUNTED.matcher(path).matches() && lines.size() > LINES_MAX) {
      found.add("%s has %d lines, more than %d".formatted(path, lines.size(), LINES_MAX));
    }
    for (Forbidden forbidden : FORBIDDEN) {
      if (!forbidden.where().matcher(path).matches()) {
        continue;
      }
      for (int i = 0; i < lines.size(); i++) {
        if (forbidden.text().matcher(lines.get(i)).find()) {
          found.add(String.format(Locale.ROOT, "%s:%d holds %s", path, i + 1, forbidden.name()));
        }
      }
    }
    return found;
  }
}
