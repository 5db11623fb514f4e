package org.skep.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;
import org.skep.kernel.Hash;

/**
 * Turns the Markdown of posts into HTML that can hurt nobody: HTML inside is shown as text,
 * pictures are named instead of loaded, and what comes out passes a sanitiser with a short list of
 * elements, in case the renderer is ever wrong. Any thread.
 */
final class Markdown {
  private static final int OPEN_BLOCKS_MAX = 32;
  private static final int INLINE_NESTING_MAX = 32;
  private static final Pattern ADDRESS =
      Pattern.compile("https?://[^\\s<>\"]+[^\\s<>\".,;:!?'\")\\]]");

  /** No relative ones: they would lead to places of our own page. */
  private static final Pattern WHOLE_ADDRESS = Pattern.compile("(?i)(https?://|ssb:)[^\\s].*");

  private static final Parser PARSER =
      Parser.builder()
          .maxOpenBlockParsers(OPEN_BLOCKS_MAX)
          .maxInlineNesting(INLINE_NESTING_MAX)
          .build();
  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder()
          .escapeHtml(true)
          .softbreak("<br />")
          .attributeProviderFactory(_ -> Markdown::addLinkAttributes)
          .build();
  private static final PolicyFactory POLICY =
      new HtmlPolicyBuilder()
          .allowElements(
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
              "a")
          .allowUrlProtocols("http", "https", "ssb")
          .allowAttributes("href")
          .matching(WHOLE_ADDRESS)
          .onElements("a")
          .allowAttributes("class")
          .matching(false, "mention")
          .onElements("a")
          .allowAttributes("target")
          .matching(false, "_blank")
          .onElements("a")
          .allowAttributes("start")
          .matching(Pattern.compile("[0-9]{1,9}"))
          .onElements("ol")
          .requireRelsOnLinks("nofollow", "noopener", "noreferrer")
          .toFactory();

  private Markdown() {}

  /**
   * @param shownBelow the pictures that stand with the text; in it they leave no trace
   * @param personAddress where the page of a person is that a link names, if it names one
   */
  static String html(
      String markdown, Set<Hash> shownBelow, Function<String, Optional<String>> personAddress) {
    Node document = PARSER.parse(markdown);
    document.accept(new Rewriting(shownBelow, personAddress));
    return POLICY.sanitize(RENDERER.render(document)).strip();
  }

  private static void addLinkAttributes(Node node, String tagName, Map<String, String> attributes) {
    if (node instanceof Link link) {
      if (link.getTitle() != null && link.getTitle().equals(Rewriting.MENTION)) {
        attributes.put("class", "mention");
        attributes.remove("title");
      }
      attributes.put("target", "_blank");
    }
  }

  /**
   * Names pictures that are not shown below, leads mentions to the person's page, leaves only the
   * words of a link to a blob, and makes bare addresses links.
   */
  private static final class Rewriting extends AbstractVisitor {
    /** Marks a link for the renderer; no text can say so, for the parser replaces U+0000. */
    static final String MENTION = "\u0000mention";

    private final Set<Hash> shownBelow;
    private final Function<String, Optional<String>> personAddress;

    Rewriting(Set<Hash> shownBelow, Function<String, Optional<String>> personAddress) {
      this.shownBelow = shownBelow;
      this.personAddress = personAddress;
    }

    @Override
    public void visit(Paragraph paragraph) {
      visitChildren(paragraph);
      tidy(paragraph);
    }

    /** A picture that was taken out leaves neither an empty line nor an empty paragraph. */
    private static void tidy(Paragraph paragraph) {
      for (Node child : children(paragraph)) {
        boolean first = child.getPrevious() == null || isBreak(child.getPrevious());
        if (isBreak(child) && (first || child.getNext() == null)) {
          child.unlink();
        }
      }
      if (children(paragraph).stream().allMatch(Rewriting::isBlank)) {
        paragraph.unlink();
      }
    }

    private static boolean isBreak(Node node) {
      return node instanceof SoftLineBreak || node instanceof HardLineBreak;
    }

    private static boolean isBlank(Node node) {
      return node instanceof Text text && text.getLiteral().isBlank();
    }

    @Override
    public void visit(Image image) {
      if (Names.blob(image.getDestination()).filter(shownBelow::contains).isEmpty()) {
        String words = words(image);
        image.insertBefore(new Text(words.isEmpty() ? "[picture]" : "[picture: " + words + "]"));
      }
      image.unlink();
    }

    private static String words(Image image) {
      StringBuilder alt = new StringBuilder();
      image.accept(
          new AbstractVisitor() {
            @Override
            public void visit(Text text) {
              alt.append(text.getLiteral());
            }

            @Override
            public void visit(Code code) {
              alt.append(code.getLiteral());
            }
          });
      String words = alt.toString().strip();
      return Names.blob(words).isPresent() ? "" : words;
    }

    @Override
    public void visit(Link link) {
      if (Names.blob(link.getDestination()).isPresent()) {
        leaveWords(link);
        return;
      }
      personAddress
          .apply(link.getDestination())
          .ifPresent(address -> {
            link.setDestination(address);
            link.setTitle(MENTION);
          });
      // Not the children: a link within a link would be no HTML; pictures are named all the same.
      children(link).forEach(this::nameIfPicture);
    }

    /** A blob has no address that leads anywhere; it stands below. */
    private void leaveWords(Link link) {
      visitChildren(link);
      for (Node child : children(link)) {
        if (!(child instanceof Text text && Names.blob(text.getLiteral()).isPresent())) {
          link.insertBefore(child);
        }
      }
      link.unlink();
    }

    private void nameIfPicture(Node child) {
      if (child instanceof Image image) {
        visit(image);
      }
    }

    private static List<Node> children(Node parent) {
      List<Node> children = new ArrayList<>();
      for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
        children.add(child);
      }
      return children;
    }

    @Override
    public void visit(Text text) {
      String literal = text.getLiteral();
      Matcher addresses = ADDRESS.matcher(literal);
      int done = 0;
      while (addresses.find()) {
        text.insertBefore(new Text(literal.substring(done, addresses.start())));
        Link link = new Link(addresses.group(), null);
        link.appendChild(new Text(addresses.group()));
        text.insertBefore(link);
        done = addresses.end();
      }
      text.setLiteral(literal.substring(done));
    }
  }
}
