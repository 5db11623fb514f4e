package org.skep.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.Link;
import org.commonmark.node.Text;
import org.skep.kernel.Hashtags;

/**
 * Makes links of what is one without Markdown: web addresses, hashtags, ids, and {@code @name}
 * where the author said elsewhere who that is (SIP 10, section 4.2.3). Pure.
 */
final class NamedWords {
  private static final Pattern ADDRESS =
      Pattern.compile("https?://[^\\s<>\"]+[^\\s<>\".,;:!?'\")\\]]");
  private static final Pattern ID = Pattern.compile("[@%][A-Za-z0-9+/]{43}=\\.[a-z0-9]{1,16}");
  private static final Pattern AT_NAME =
      Pattern.compile("(?<![\\p{L}\\p{N}_@/.])@([\\p{L}\\p{N}_][\\p{L}\\p{M}\\p{N}_-]{0,79}+)");

  private NamedWords() {}

  /**
   * A link and what it stands for.
   *
   * @param start where that begins in the text
   * @param end behind it
   */
  record Found(int start, int end, Link link) {}

  /** In their order; none lies over another. */
  static List<Found> in(String text, Places places) {
    List<Found> all = new ArrayList<>();
    Matcher addresses = ADDRESS.matcher(text);
    while (addresses.find()) {
      Link link = new Link(addresses.group(), null);
      link.appendChild(new Text(addresses.group()));
      all.add(new Found(addresses.start(), addresses.end(), link));
    }
    Matcher ids = ID.matcher(text);
    while (ids.find()) {
      String id = ids.group();
      Optional<Places.Place> person = places.person(id);
      person
          .map(place -> link(place, place.name(), Markdown.MENTION))
          .or(() -> places.post(id).map(place -> link(place, place.name(), Markdown.INSIDE)))
          .ifPresent(link -> all.add(new Found(ids.start(), ids.end(), link)));
    }
    Matcher names = AT_NAME.matcher(text);
    while (names.find()) {
      places
          .called(names.group(1))
          .map(place -> link(place, names.group(), Markdown.MENTION))
          .ifPresent(link -> all.add(new Found(names.start(), names.end(), link)));
    }
    for (Hashtags.Hashtag tag : Hashtags.inPlain(text)) {
      places
          .tag(tag.written())
          .map(place -> link(place, tag.written(), Markdown.HASHTAG))
          .ifPresent(link -> all.add(new Found(tag.start(), tag.end(), link)));
    }
    return apart(all);
  }

  static Link link(Places.Place place, String words, String mark) {
    Link link = new Link(place.address(), mark);
    link.appendChild(new Text(words));
    return link;
  }

  /** Of those that lie over each other the first one, and the longest. */
  private static List<Found> apart(List<Found> all) {
    all.sort(Comparator.comparingInt(Found::start).thenComparingInt(found -> -found.end()));
    List<Found> apart = new ArrayList<>();
    for (Found found : all) {
      if (apart.isEmpty() || found.start() >= apart.getLast().end()) {
        apart.add(found);
      }
    }
    return apart;
  }
}
