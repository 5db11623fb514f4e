package org.skep.api;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;

/** Whatever is written, only the short list of elements comes out. */
final class MarkdownPropertiesTest {
  private static final Set<String> ALLOWED =
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
  private static final Hash SHOWN = new Hash(Bytes.ofHex("12".repeat(32)));
  private static final Pattern TAG = Pattern.compile("<\\s*/?\\s*([^\\s/>]*)([^>]*)>");
  private static final Pattern ATTRIBUTES =
      Pattern.compile(
          "(\\s+(href=\"(https?|ssb):[^\"<>]*\"|class=\"mention(?: hashtag)?\"|target=\"_blank\""
              + "|rel=\"nofollow noopener noreferrer\"|start=\"[0-9]{1,9}\"))*\\s*/?");

  @Provide
  Arbitrary<String> markdown() {
    return Arbitraries.of(
            "<",
            ">",
            "\"",
            "'",
            "/",
            "=",
            "&",
            "#",
            ";",
            ":",
            "[",
            "]",
            "(",
            ")",
            "!",
            "*",
            "_",
            "`",
            "\n",
            " ",
            "\\",
            "script",
            "img",
            "a",
            "svg",
            "style",
            "href",
            "src",
            "onload",
            "javascript",
            "data",
            "https://x.example",
            "&" + SHOWN.bytes().base64() + ".sha256",
            "&" + "A".repeat(43) + "=.sha256",
            "ssb:feed/x",
            "@ben",
            "#bees",
            "[x](#bees)",
            "%" + "A".repeat(43) + "=.sha256",
            "\u0000",
            "\u2028",
            "&#106;",
            "&lt;",
            "<!--",
            "-->",
            "<![CDATA[",
            "😀",
            "- ",
            "1. ",
            "> ",
            "\t")
        .list()
        .ofMaxSize(40)
        .map(parts -> String.join("", parts));
  }

  private static final Places PLACES = new KnownPlaces();

  @Property(tries = 2_000)
  boolean onlyTheShortListComesOut(@ForAll("markdown") String markdown) {
    String html = Markdown.html(markdown, Set.of(SHOWN), PLACES);
    Matcher tags = TAG.matcher(html);
    while (tags.find()) {
      if (!ALLOWED.contains(tags.group(1)) || !ATTRIBUTES.matcher(tags.group(2)).matches()) {
        return false;
      }
    }
    return !TAG.matcher(html).replaceAll("").contains("<");
  }
}
