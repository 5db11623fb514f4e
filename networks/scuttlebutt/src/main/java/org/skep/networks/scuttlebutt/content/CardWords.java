package org.skep.networks.scuttlebutt.content;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skep.networks.scuttlebutt.message.BlobId;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.MessageId;

/**
 * A stranger's text as Markdown that shows it as it is: no heading, list, picture or quotation
 * comes of it. Links to people, messages and web addresses stay links. Pure.
 */
final class CardWords {
  /** What Markdown makes something of anywhere in a line. */
  private static final String SIGNS = "\\`*_[]<>&#!~|";

  /** A link, or a name of Scuttlebutt's by itself. */
  private static final Pattern LINK =
      Pattern.compile(
          "!?\\[(?<words>[^\\[\\]]{0,200})\\]\\(\\s?(?<target>[^\\s()]{1,500})\\s?\\)"
              + "|(?<bare>[@%&][A-Za-z0-9+/]{43}=\\.[a-z0-9]{1,16})");

  private static final Pattern WEB = Pattern.compile("(?i)https?://[^\\s<>\\\\]+");

  /** What opens a list or underlines a heading where a line begins. */
  private static final Pattern LINE_BEGINNING = Pattern.compile("^(?:([-+=])|([0-9]{1,9})([.)]))");

  private CardWords() {}

  /** A text without line breaks, controls and what is not seen, its spaces single. */
  static String oneLine(String text) {
    StringBuilder kept = new StringBuilder();
    text.codePoints()
        .map(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) ? ' ' : c)
        .filter(CardWords::isSeen)
        .forEach(kept::appendCodePoint);
    return kept.toString().replaceAll(" +", " ").strip();
  }

  private static boolean isSeen(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.SURROGATE, Character.UNASSIGNED -> false;
      // Joiners make letters and pictographs; everything else of this type turns or hides text.
      case Character.FORMAT -> c == 0x200c || c == 0x200d;
      default -> true;
    };
  }

  /**
   * One line of Markdown.
   *
   * @param charsMax how much of the text is shown
   * @param named hears whom and what it names
   */
  static String line(String text, int charsMax, Consumer<String> named) {
    String line = oneLine(text);
    StringBuilder out = new StringBuilder();
    Matcher links = LINK.matcher(line);
    int room = charsMax;
    int done = 0;
    while (room > 0 && links.find()) {
      room = append(out, line.substring(done, links.start()), room);
      done = links.end();
      if (room > 0) {
        String bare = links.group("bare");
        String words = bare == null ? links.group("words").strip() : "";
        String link = link(bare == null ? links.group("target") : bare, words, named);
        out.append(link);
        room -= Math.max(words.length(), 1);
      }
    }
    if (room > 0) {
      room = append(out, line.substring(done), room);
    }
    return atBeginning(room > 0 || done >= line.length() ? out.toString() : out + "…");
  }

  /** Appends what there is room for. Room that is used up is less than one. */
  private static int append(StringBuilder out, String part, int room) {
    if (part.length() <= room) {
      out.append(escaped(part));
      return room - part.length();
    }
    int end = Character.isHighSurrogate(part.charAt(room - 1)) ? room - 1 : room;
    out.append(escaped(part.substring(0, end).stripTrailing()));
    return -1;
  }

  static String escaped(String part) {
    StringBuilder out = new StringBuilder();
    for (int at = 0; at < part.length(); at++) {
      if (SIGNS.indexOf(part.charAt(at)) >= 0) {
        out.append('\\');
      }
      out.append(part.charAt(at));
    }
    return out.toString();
  }

  private static String atBeginning(String line) {
    Matcher beginning = LINE_BEGINNING.matcher(line);
    return beginning.find()
        ? beginning.replaceFirst(beginning.group(1) == null ? "$2\\\\$3" : "\\\\$1")
        : line;
  }

  /**
   * A link, where that is one to a person, a message or the web; of another its words.
   *
   * @param words what its author calls it; empty for what this program calls it
   */
  static String link(String target, String words, Consumer<String> named) {
    String bare = Content.Mention.bare(target);
    Optional<String> feed = FeedId.parse(bare).map(FeedId::toString);
    if (feed.isPresent()) {
      named.accept(feed.get());
      // A beginning of the id stands for the name, which is not known here.
      return "[" + (words.isEmpty() ? "@" : escaped(words)) + "](" + feed.get() + ")";
    }
    Optional<String> message = MessageId.parse(bare).map(MessageId::toString);
    if (message.isPresent()) {
      return "[" + (words.isEmpty() ? "a message" : escaped(words)) + "](" + message.get() + ")";
    }
    if (WEB.matcher(target).matches()) {
      return words.isEmpty() || words.equals(target)
          ? escaped(target)
          : "[" + escaped(words) + "](<" + target + ">)";
    }
    return escaped(words);
  }

  /** Whether a text is a name of something and no words. */
  static boolean isName(String text) {
    String bare = Content.Mention.bare(text);
    return FeedId.parse(bare).isPresent()
        || MessageId.parse(bare).isPresent()
        || BlobId.parse(bare).isPresent();
  }
}
