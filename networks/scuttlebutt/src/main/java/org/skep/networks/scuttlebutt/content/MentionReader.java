package org.skep.networks.scuttlebutt.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skep.wire.json.JsArray;
import org.skep.wire.json.JsBool;
import org.skep.wire.json.JsNull;
import org.skep.wire.json.JsNumber;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;
import org.skep.wire.json.JsValue;

/**
 * Reads {@code mentions} in every shape: a list of links or of objects with a link and a name, a
 * list within a list, one of these without a list, a map from places, from names or from links.
 * What has no link ({@code {emoji, name}} of ssb-mentions 0.5.2) names nothing that is known here.
 */
final class MentionReader {
  private static final int DEPTH_MAX = 3;

  private final List<Content.Mention> mentions = new ArrayList<>();

  private MentionReader() {}

  /** In the order in which they stand, at most {@link ContentReader#LIST_ITEMS_MAX}. */
  static List<Content.Mention> read(JsObject content) {
    MentionReader reader = new MentionReader();
    JsValue value = content.get("mentions").orElse(JsNull.NULL);
    reader.read(value, DEPTH_MAX);
    return reader.mentions;
  }

  private void read(JsValue value, int depth) {
    switch (value) {
      case JsString(String link) -> add(link, Optional.empty());
      case JsObject object when object.string("link").isPresent() -> add(object);
      case JsObject object -> {
        if (depth > 0) {
          object.members().entrySet().stream()
              .limit(ContentReader.LIST_ITEMS_MAX)
              .forEach(member -> member(member, depth - 1));
        }
      }
      case JsArray(List<JsValue> items) -> {
        if (depth > 0) {
          items.stream().limit(ContentReader.LIST_ITEMS_MAX).forEach(item -> read(item, depth - 1));
        }
      }
      case JsNumber _, JsBool _, JsNull _ -> {}
    }
  }

  /** Of a map either side may be the link, and the other the name. */
  private void member(Map.Entry<String, JsValue> member, int depth) {
    String key = member.getKey();
    if (isLink(key)) {
      add(
          key,
          switch (member.getValue()) {
            case JsString(String name) -> Optional.of(name);
            case JsObject object -> object.string("name");
            case JsArray _, JsNumber _, JsBool _, JsNull _ -> Optional.empty();
          });
    } else if (member.getValue() instanceof JsString(String link)) {
      if (isLink(link)) {
        add(link, Optional.of(key).filter(name -> !name.chars().allMatch(Character::isDigit)));
      }
    } else {
      read(member.getValue(), depth);
    }
  }

  private static boolean isLink(String text) {
    return text.startsWith("ssb:") || (text.length() > 1 && "@%&#".indexOf(text.charAt(0)) >= 0);
  }

  private void add(String link, Optional<String> name) {
    add(new Content.Mention(link, name.filter(MentionReader::isWord)));
  }

  private static boolean isWord(String text) {
    return text.length() <= ContentReader.WORD_CHARS_MAX;
  }

  private void add(JsObject object) {
    add(
        new Content.Mention(
            unboxed(object),
            ContentReader.text(object, "name", ContentReader.WORD_CHARS_MAX),
            ContentReader.text(object, "type", ContentReader.WORD_CHARS_MAX),
            size(object)));
  }

  /** Some programs write the key of a sealed blob beside its link, and not behind it. */
  private static String unboxed(JsObject object) {
    String link = object.string("link").orElse("");
    return object.get("query").orElse(JsNull.NULL) instanceof JsObject query
            && query.string("unbox").isPresent()
            && link.indexOf('?') < 0
        ? link + "?unbox=" + query.string("unbox").get()
        : link;
  }

  private static Optional<Long> size(JsObject object) {
    return object.get("size").orElse(JsNull.NULL) instanceof JsNumber(double size)
            && size >= 0
            && size <= Long.MAX_VALUE
        ? Optional.of((long) size)
        : Optional.empty();
  }

  private void add(Content.Mention mention) {
    if (mentions.size() < ContentReader.LIST_ITEMS_MAX
        && ContentReader.word(mention.link()).isPresent()) {
      mentions.add(mention);
    }
  }
}
