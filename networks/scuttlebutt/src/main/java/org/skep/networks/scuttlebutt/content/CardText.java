package org.skep.networks.scuttlebutt.content;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.skep.kernel.Attachment;
import org.skep.networks.scuttlebutt.content.BlobLinks.BlobLink;
import org.skep.networks.scuttlebutt.message.BlobId;
import org.skep.wire.json.JsArray;
import org.skep.wire.json.JsBool;
import org.skep.wire.json.JsNull;
import org.skep.wire.json.JsNumber;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;
import org.skep.wire.json.JsValue;

/**
 * Lists the readable parts of a content as Markdown: its title, its texts, then its other parts
 * under the names that their author gave them. What is nested deeper than a list, and what only
 * programs read, is passed over. One thread.
 */
final class CardText {
  private static final int TITLE_CHARS_MAX = 200;
  private static final int TEXT_CHARS_MAX = 1_500;
  private static final int PARAGRAPHS_MAX = 8;
  private static final int VALUE_CHARS_MAX = 200;
  private static final int LABEL_CHARS_MAX = 40;
  private static final int PARTS_MAX = 10;
  private static final int ITEMS_MAX = 6;

  private static final List<String> TITLES = List.of("title", "name", "question", "subject");
  private static final List<String> TEXTS =
      List.of("summary", "description", "text", "body", "content", "msg", "message", "note");

  /** What is shown elsewhere with the post, or says something to programs only. */
  private static final Set<String> SILENT =
      Set.of(
          "type",
          "root",
          "branch",
          "fork",
          "recps",
          "mentions",
          "channel",
          "tags",
          "contentWarning",
          "operation",
          "reply",
          "tangles",
          "version",
          "nonce",
          "hash",
          "signature");

  /** Names that read badly as words. */
  private static final Map<String, String> SHORT_LABELS =
      Map.of("startDateTime", "starts", "endDateTime", "ends", "closesAt", "closes");

  private static final Set<String> PICTURES =
      Set.of("image", "picture", "photo", "thumbnail", "avatar", "cover", "banner", "icon");

  private static final Pattern TIME_NAME =
      Pattern.compile("(?i).*(?:date|time|deadline|start|end|expires|created|closes|when).*|.*At");

  /** 1973: a smaller number is hardly a time in milliseconds. */
  private static final long TIME_MILLIS_MIN = 100_000_000_000L;

  /** The end of the year 9999. */
  private static final long TIME_MILLIS_MAX = 253_402_300_799_999L;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** Keys, hashes and packed things: many Latin signs and no space. */
  private static final Pattern WALL = Pattern.compile("(?!https?://)[!-~]{40,}");

  private final List<String> parts = new ArrayList<>();
  private final SequencedSet<String> people = new LinkedHashSet<>();
  private final Map<BlobId, BlobLink> blobs = new LinkedHashMap<>();
  private String title = "";

  private CardText() {}

  static CardText of(JsObject content) {
    CardText text = new CardText();
    text.read(content);
    return text;
  }

  String markdown() {
    return String.join("\n\n", parts);
  }

  /** Whom the parts name, among the mentions or not. */
  List<Content.Mention> people() {
    return people.stream().map(feed -> new Content.Mention(feed, Optional.empty())).toList();
  }

  List<BlobLink> blobs() {
    return blobs.values().stream().limit(Attachment.PER_POST_MAX).toList();
  }

  private void read(JsObject content) {
    Set<String> shown = new HashSet<>(SILENT);
    for (String key : TITLES) {
      Optional<String> words = words(content, key);
      if (title.isEmpty() && words.isPresent()) {
        title = CardWords.oneLine(words.get());
        parts.add("**" + CardWords.line(title, TITLE_CHARS_MAX, people::add) + "**");
        shown.add(key);
      }
    }
    for (String key : TEXTS) {
      words(content, key)
          .ifPresent(words -> {
            paragraphs(words);
            shown.add(key);
          });
    }
    List<String> list = new ArrayList<>();
    for (Map.Entry<String, JsValue> member : content.members().entrySet()) {
      String key = member.getKey();
      if (list.size() < PARTS_MAX && !shown.contains(key) && !blob(content, key)) {
        part(key, member.getValue()).ifPresent(list::add);
      }
    }
    if (!list.isEmpty()) {
      parts.add(String.join("\n", list));
    }
  }

  private static Optional<String> words(JsObject content, String key) {
    return content
        .string(key)
        .filter(words -> !CardWords.oneLine(words).isEmpty() && !CardWords.isName(words))
        .filter(words -> !WALL.matcher(words).matches());
  }

  private void paragraphs(String words) {
    int room = TEXT_CHARS_MAX;
    int count = 0;
    for (String paragraph : words.split("\\R\\s*\\R", PARAGRAPHS_MAX + 1)) {
      if (room <= 0 || count++ == PARAGRAPHS_MAX) {
        parts.add("…");
        return;
      }
      List<String> lines = new ArrayList<>();
      for (String line : paragraph.split("\\R", -1)) {
        String shown = room > 0 ? CardWords.line(line, room, people::add) : "";
        room -= line.length();
        if (!shown.isEmpty()) {
          lines.add(shown);
        }
      }
      if (!lines.isEmpty()) {
        parts.add(String.join("\n", lines));
      }
    }
  }

  private Optional<String> part(String key, JsValue value) {
    String label = label(key);
    return label.isEmpty()
        ? Optional.empty()
        : value(key, value, true)
            .filter(shown -> !shown.isEmpty())
            .map(shown -> "- " + CardWords.escaped(label) + ": " + shown);
  }

  /** {@code myColor} is read as “my color”. */
  private static String label(String key) {
    if (SHORT_LABELS.containsKey(key)) {
      return SHORT_LABELS.get(key);
    }
    String words =
        CardWords.oneLine(key.replaceAll("(?<=\\p{Ll})(?=\\p{Lu})|[_/-]+", " "))
            .toLowerCase(Locale.ROOT);
    return words.length() > LABEL_CHARS_MAX || WALL.matcher(key).matches() ? "" : words;
  }

  private Optional<String> value(String key, JsValue value, boolean mayBeList) {
    return switch (value) {
      case JsString(String text) -> Optional.of(text(key, text));
      case JsNumber(double number) -> Optional.of(number(key, number));
      case JsBool(boolean truth) -> Optional.of(truth ? "yes" : "no");
      case JsArray(List<JsValue> items) -> mayBeList ? list(key, items) : Optional.empty();
      case JsObject object -> object(key, object, mayBeList);
      case JsNull _ -> Optional.empty();
    };
  }

  private String text(String key, String text) {
    if (CardWords.isName(text)) {
      return CardWords.link(text, "", people::add);
    }
    if (WALL.matcher(text.strip()).matches()) {
      return "";
    }
    return (TIME_NAME.matcher(key).matches() ? time(text) : Optional.<String>empty())
        .orElseGet(() -> CardWords.line(text, VALUE_CHARS_MAX, people::add));
  }

  private static Optional<String> time(String iso) {
    try {
      return time((double) OffsetDateTime.parse(iso.strip()).toInstant().toEpochMilli());
    } catch (DateTimeException | ArithmeticException _) {
      return Optional.empty();
    }
  }

  private static Optional<String> time(double millis) {
    return millis >= TIME_MILLIS_MIN && millis <= TIME_MILLIS_MAX
        ? Optional.of(TIME.format(Instant.ofEpochMilli((long) millis)))
        : Optional.empty();
  }

  private static String number(String key, double number) {
    return (TIME_NAME.matcher(key).matches() ? time(number) : Optional.<String>empty())
        .orElseGet(() ->
            number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : CardWords.escaped(Double.toString(number)));
  }

  private Optional<String> list(String key, List<JsValue> items) {
    List<String> shown =
        items.stream()
            .limit(ContentReader.LIST_ITEMS_MAX)
            .flatMap(item -> value(key, item, false).stream())
            .filter(item -> !item.isEmpty())
            .toList();
    return shown.isEmpty()
        ? Optional.empty()
        : Optional.of(
            shown.stream().limit(ITEMS_MAX).collect(Collectors.joining(", "))
                + (shown.size() > ITEMS_MAX ? ", …" : ""));
  }

  /** Of an object what names it: a time, a link, a name; of a poll its choices. */
  private Optional<String> object(String key, JsObject object, boolean mayBeList) {
    if (object.get("epoch").orElse(JsNull.NULL) instanceof JsNumber(double millis)) {
      return time(millis);
    }
    Optional<String> link = object.string("link").filter(CardWords::isName);
    if (link.isPresent()) {
      String name = CardWords.oneLine(object.string("name").orElse(""));
      return Optional.of(CardWords.link(link.get(), name, people::add));
    }
    for (String name : TITLES) {
      Optional<String> words = words(object, name);
      if (words.isPresent()) {
        return Optional.of(CardWords.line(words.get(), VALUE_CHARS_MAX, people::add));
      }
    }
    return mayBeList && object.get("choices").orElse(JsNull.NULL) instanceof JsArray(var choices)
        ? list(key, choices)
        : Optional.empty();
  }

  /** Takes a blob, which is shown as a picture where it is one; what else is packed is left. */
  private boolean blob(JsObject content, String key) {
    JsValue value = content.get(key).orElse(JsNull.NULL);
    String link =
        switch (value) {
          case JsString(String text) -> text;
          case JsObject object -> object.string("link").orElse("");
          case JsArray _, JsNumber _, JsBool _, JsNull _ -> "";
        };
    Optional<BlobId> blob = BlobId.parse(Content.Mention.bare(link));
    if (blob.isEmpty()) {
      return false;
    }
    String said =
        value instanceof JsObject object
            ? ContentReader.text(object, "type", ContentReader.WORD_CHARS_MAX).orElse("")
            : "";
    boolean isPicture =
        PICTURES.contains(key.toLowerCase(Locale.ROOT)) || said.startsWith("image/");
    boolean isText = key.equals("blog") && content.string("type").equals(Optional.of("blog"));
    if ((isPicture || isText) && !link.contains("?unbox=")) {
      Optional<String> mediaType =
          Optional.of(isText ? "text/markdown" : said).filter(type -> !type.isEmpty());
      blobs.putIfAbsent(blob.get(), new BlobLink(blob.get(), title, mediaType, Optional.empty()));
    }
    return true;
  }
}
