package org.skep.api;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.skep.fuzz.Must;
import org.skep.fuzz.Target;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;

/**
 * Markdown: whatever is written, only the short list of elements, attributes and schemes comes out.
 */
public final class MarkdownTarget implements Target {
  private static final Set<String> ELEMENTS =
      Set.of(
          "p",
          "br",
          "strong",
          "em",
          "code",
          "pre",
          "blockquote",
          "ul",
          "ol",
          "li",
          "hr",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "a");
  private static final Pattern TAG = Pattern.compile("<(/?)([^\\s/>]*)([^>]*)>");
  private static final Pattern ATTRIBUTES =
      Pattern.compile(
          "( (href=\"(?i:https?://|ssb:)[^\"<>]*\"|class=\"mention(?: hashtag)?\"|target=\"_blank\""
              + "|rel=\"nofollow noopener noreferrer\"|start=\"[0-9]{1,9}\"))*+ ?/?");
  private static final Hash SHOWN = new Hash(Bytes.ofHex("12".repeat(32)));

  /** A line of one sign may become a list with a break, and each sign an entity. */
  private static final int GROWTH_MAX = 120;

  private static final Places PLACES =
      new Places() {
        @Override
        public Optional<Place> person(String id) {
          return id.equals("@ben")
              ? Optional.of(new Place("http://localhost:1/@ben", "@Ben <b>\""))
              : Optional.empty();
        }

        @Override
        public Optional<Place> called(String name) {
          return name.equals("benny") ? person("@ben") : Optional.empty();
        }

        @Override
        public Optional<Place> post(String link) {
          return Names.message(link).map(_ -> new Place("http://localhost:1/@ben/7", "a post"));
        }

        @Override
        public Optional<Place> tag(String written) {
          return Optional.of(new Place("http://localhost:1/tags/bees", written));
        }
      };

  @Override
  public String name() {
    return "markdown";
  }

  @Override
  public List<Bytes> seeds() {
    String message = "%" + "A".repeat(43) + "=.sha256";
    return Stream.of(
            "# Bees\n\n1. one\n2. *two*\n\n> **quoted** `code`\n\n---\n```html\n<b>\n```\n",
            "[x](javascript:alert(1)) <https://a.example> [@ben](@ben) @benny #bees " + message,
            "![a <b>](&" + SHOWN.bytes().base64() + ".sha256) ![](https://a.example/track.png)",
            "<script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)>",
            "[a]: data:text/html,x\n[a] &#106;avascript: \u0000mention [y](/tags 'title')",
            "[ssb](ssb:message/classic/x \"a'b\") http://[::1]/ https://a.example/?a=b&c=\"d\"")
        .map(Bytes::ofUtf8)
        .toList();
  }

  @Override
  public int lengthBytesMax() {
    return 8192;
  }

  @Override
  public void read(Bytes input) {
    // The sanitiser parts {{, in case a page fills in templates.
    String html = Markdown.html(input.utf8(), Set.of(SHOWN), PLACES).replace("{<!-- -->", "{");
    Must.hold(html.length() <= 1000 + GROWTH_MAX * input.length(), "what comes out is bounded");
    Matcher tags = TAG.matcher(html);
    int done = 0;
    while (tags.find()) {
      Must.hold(noTagIn(html, done, tags.start()), "no tag stands open");
      Must.hold(ELEMENTS.contains(tags.group(2)), "only the short list of elements comes out");
      Must.hold(
          tags.group(1).isEmpty()
              ? ATTRIBUTES.matcher(tags.group(3)).matches()
              : tags.group(3).isEmpty(),
          "only the short list of attributes comes out");
      done = tags.end();
    }
    Must.hold(noTagIn(html, done, html.length()), "no tag stands open");
  }

  private static boolean noTagIn(String html, int from, int to) {
    int tag = html.indexOf('<', from);
    return tag < 0 || tag >= to;
  }
}
