package org.skep.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hashtags that stand in a text: a {@code #} that follows no letter, then letters, digits,
 * underscores and hyphens. Any thread.
 */
public final class Hashtags {
  private static final int WRITTEN_CHARS_MAX = 100;

  /** The sign is none inside a word, an address, an entity or an attribute of HTML. */
  private static final Pattern HASHTAG =
      Pattern.compile(
          "(?<![\\p{L}\\p{M}\\p{N}_#&/=%@\\\\])(?<!=[\"'])"
              + "#[\\p{L}\\p{N}_][\\p{L}\\p{M}\\p{N}_\\u200c-]*+");

  // Not \b, which looks back over every mark before it and so takes the square of their number.
  private static final Pattern ADDRESS = Pattern.compile("(?<!\\w)https?://[^\\s<>]*+");

  private Hashtags() {}

  /**
   * One of them and its place.
   *
   * @param start where its sign stands
   * @param end behind its last character
   * @param written with the sign, as its author wrote it
   */
  public record Hashtag(int start, int end, String written) {}

  /** Those in a text that is no Markdown, in their order. */
  public static List<Hashtag> inPlain(String text) {
    List<Hashtag> found = new ArrayList<>();
    Matcher matcher = HASHTAG.matcher(text);
    while (matcher.find()) {
      String written = withoutHyphens(matcher.group());
      if (written.length() <= WRITTEN_CHARS_MAX && Tags.normalise(written).isPresent()) {
        found.add(new Hashtag(matcher.start(), matcher.start() + written.length(), written));
      }
    }
    return found;
  }

  /** A hyphen ends no tag. */
  private static String withoutHyphens(String written) {
    int end = written.length();
    while (written.charAt(end - 1) == '-') {
      end--;
    }
    return written.substring(0, end);
  }

  /**
   * What a text is about by its own words: as its author wrote them with the sign, each tag once,
   * at most {@link Tags#PER_POST_MAX}. What stands in code or in a link's words is none, but {@code
   * [words](#tag)} is.
   *
   * @param markdown of any length; the time taken grows with it and no faster
   */
  public static List<String> inMarkdown(String markdown) {
    if (markdown.indexOf('#') < 0) {
      return List.of();
    }
    List<String> linked = new ArrayList<>();
    String words = withoutLinks(MarkdownCode.blanked(markdown), linked);
    Map<String, String> byTag = new LinkedHashMap<>();
    inPlain(words).forEach(one -> put(byTag, one.written()));
    linked.forEach(one -> put(byTag, one));
    return byTag.values().stream().limit(Tags.PER_POST_MAX).toList();
  }

  private static void put(Map<String, String> byTag, String written) {
    Optional<String> tag = Tags.normalise(written);
    tag.ifPresent(name -> byTag.putIfAbsent(name, written));
  }

  /**
   * The text with spaces where links and addresses stand.
   *
   * @param tags gets what links lead to that is a hashtag
   */
  private static String withoutLinks(String text, List<String> tags) {
    char[] kept = text.toCharArray();
    Deque<Integer> opened = new ArrayDeque<>();
    for (int at = 0; at < kept.length; at++) {
      switch (kept[at]) {
        case '\\' -> {
          blank(kept, at, Math.min(at + 2, kept.length));
          at++;
        }
        case '[' -> opened.push(at);
        case ']' -> {
          int end = opened.isEmpty() ? -1 : targetEnd(text, at + 1);
          if (end > 0) {
            String target = text.substring(at + 2, end - 1).strip();
            if (HASHTAG.matcher(target).matches()) {
              tags.add(target);
            }
            blank(kept, opened.peek(), end);
            at = end - 1;
          }
          opened.poll();
        }
        default -> {}
      }
    }
    Matcher address = ADDRESS.matcher(new String(kept));
    while (address.find()) {
      blank(kept, address.start(), address.end());
    }
    return new String(kept);
  }

  private static final int TARGET_CHARS_MAX = 1_024;

  /** Behind the bracket that closes a link's target; -1 where none begins here. */
  private static int targetEnd(String text, int start) {
    if (start >= text.length() || text.charAt(start) != '(') {
      return -1;
    }
    int limit = Math.min(text.length(), start + TARGET_CHARS_MAX);
    for (int at = start + 1; at < limit && text.charAt(at) != '\n'; at++) {
      if (text.charAt(at) == ')') {
        return at + 1;
      }
    }
    return -1;
  }

  private static void blank(char[] text, int start, int end) {
    for (int at = start; at < end; at++) {
      text[at] = ' ';
    }
  }
}
