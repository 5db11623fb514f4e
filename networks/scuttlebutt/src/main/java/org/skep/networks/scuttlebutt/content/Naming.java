package org.skep.networks.scuttlebutt.content;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.skep.kernel.Hashtags;
import org.skep.kernel.MarkdownCode;
import org.skep.kernel.Tags;
import org.skep.networks.scuttlebutt.message.FeedId;

/**
 * Whom a content names and what it is about: by its fields, and by its text where a program left
 * the fields out. Pure.
 */
public final class Naming {
  /** {@code [@name](address)}; the name may be left out. */
  private static final Pattern LINKED =
      Pattern.compile("\\[([^\\[\\]\\n]{0,200})\\]\\(\\s*((?:@|ssb:)[^)\\s]{8,200})\\s*\\)");

  private static final Pattern BARE = Pattern.compile("@[A-Za-z0-9+/]{43}=\\.ed25519");

  private Naming() {}

  /**
   * Whom it names and as what, without the sign before the name; empty where no name is given.
   * Those among the mentions come first.
   *
   * @param text Markdown; what stands in code names nobody
   */
  public static Map<FeedId, String> people(List<Content.Mention> mentions, String text) {
    Map<FeedId, String> people = new LinkedHashMap<>();
    for (Content.Mention mention : mentions) {
      FeedId.parse(mention.bare()).ifPresent(feed -> put(people, feed, mention.name().orElse("")));
    }
    if (text.indexOf('@') < 0 && !text.contains("ssb:")) {
      return people;
    }
    String words = MarkdownCode.blanked(text);
    Matcher linked = LINKED.matcher(words);
    while (linked.find()) {
      String name = linked.group(1);
      FeedId.parse(Content.Mention.bare(linked.group(2)))
          .ifPresent(feed -> put(people, feed, FeedId.parse(name).isPresent() ? "" : name));
    }
    Matcher bare = BARE.matcher(words);
    while (bare.find()) {
      FeedId.parse(bare.group()).ifPresent(feed -> put(people, feed, ""));
    }
    return people;
  }

  private static void put(Map<FeedId, String> people, FeedId feed, String written) {
    String name = written.strip();
    String bare = name.startsWith("@") ? name.substring(1) : name;
    people.merge(feed, bare, (before, now) -> before.isEmpty() ? now : before);
  }

  /**
   * What it is about, normalised: its channel, the channels among its mentions, the hashtags in its
   * text.
   */
  public static List<String> tags(
      Optional<String> channel, List<Content.Mention> mentions, String text) {
    SequencedSet<String> tags = new LinkedHashSet<>();
    channel.flatMap(Tags::normalise).ifPresent(tags::add);
    for (Content.Mention mention : mentions) {
      if (mention.link().startsWith("#")) {
        Tags.normalise(mention.link()).ifPresent(tags::add);
      }
    }
    Hashtags.inMarkdown(text).forEach(written -> Tags.normalise(written).ifPresent(tags::add));
    return tags.stream().limit(Tags.PER_POST_MAX).toList();
  }
}
