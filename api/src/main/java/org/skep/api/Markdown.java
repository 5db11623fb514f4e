package org.skep.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /**
   * Marks a link that we made for the renderer, followed by its class; no text can say so, for the
   * parser replaces U+0000.
   */
  static final String INSIDE = "\u0000";

  static final String MENTION = INSIDE + "mention";
  static final String HASHTAG = INSIDE + "mention hashtag";

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
          .matching(false, "mention", "mention hashtag")
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
   * @param places where that leads which it names
   */
  static String html(String markdown, Set<Hash> shownBelow, Places places) {
    Node document = PARSER.parse(markdown);
    document.accept(new Rewriting(shownBelow, places));
    return POLICY.sanitize(RENDERER.render(document)).strip();
  }

  private static void addLinkAttributes(Node node, String tagName, Map<String, String> attributes) {
    if (node instanceof Link link) {
      if (link.getTitle() != null && link.getTitle().startsWith(INSIDE)) {
        attributes.put("class", link.getTitle().substring(INSIDE.length()));
        attributes.remove("title");
      }
      attributes.put("target", "_blank");
    }
  }

  /**
   * Names pictures that are not shown below, leads what is named to its place in the page, leaves
   * only the words of a link to a blob, and makes links of what is one without Markdown.
   */
  private static final class Rewriting extends AbstractVisitor {
    private final Set<Hash> shownBelow;
    private final Places places;

    Rewriting(Set<Hash> shownBelow, Places places) {
      this.shownBelow = shownBelow;
      this.places = places;
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
      lead(link);
      // Not the children: a link within a link would be no HTML; pictures are named all the same.
      children(link).forEach(this::nameIfPicture);
    }

    private void lead(Link link) {
      String target = link.getDestination();
      Optional<Places.Place> person = places.person(Names.withoutQuery(target));
      if (person.isPresent()) {
        to(link, person.get(), MENTION);
        // A beginning of her id stands for her name where its author did not know it.
        if (link.getFirstChild() instanceof Text text
            && text.getNext() == null
            && target.startsWith(text.getLiteral())) {
          text.setLiteral(person.get().name());
        }
      } else if (target.startsWith("#")) {
        places.tag(target).ifPresent(place -> to(link, place, HASHTAG));
      } else {
        places.post(target).ifPresent(place -> to(link, place, INSIDE));
      }
    }

    private static void to(Link link, Places.Place place, String mark) {
      link.setDestination(place.address());
      link.setTitle(mark);
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
      int done = 0;
      for (NamedWords.Found found : NamedWords.in(literal, places)) {
        text.insertBefore(new Text(literal.substring(done, found.start())));
        text.insertBefore(found.link());
        done = found.end();
      }
      text.setLiteral(literal.substring(done));
    }
  }
}
