package org.skep.testkit.scuttlebutt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.skep.kernel.Bytes;
import org.skep.networks.scuttlebutt.content.Content;
import org.skep.networks.scuttlebutt.content.ContentWriter;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.MessageId;
import org.skep.wire.json.JsArray;
import org.skep.wire.json.JsNumber;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsString;
import org.skep.wire.json.JsValue;

/**
 * What the authors of a {@link Fixture} say: of a hundred messages 43 votes, 25 posts (every other
 * one an answer), 12 private ones, 9 follows, 9 of other types and 2 about oneself, as was counted
 * on the real network. The private ones are noise that nobody can open.
 */
final class FixtureContents {
  private static final List<String> WORDS =
      List.of(
          "boat",
          "hill",
          "garden",
          "café",
          "rain",
          "solder",
          "offline",
          "gossip",
          "friend",
          "bread",
          "✓",
          "mesh",
          "naïve",
          "sail",
          "morning",
          "kettle",
          "radio",
          "moss",
          "😀",
          "harbour",
          "wind",
          "letter",
          "honey",
          "battery",
          "field",
          "日本",
          "river",
          "paper",
          "\"quoted\"",
          "back\\slash");
  private static final List<String> TYPES =
      List.of("channel", "pub", "gathering", "blog", "npm-publish");
  private static final int RECENT_MAX = 1000;

  /** A post, and the thread it stands in. */
  private record Said(MessageId id, MessageId root) {}

  private final SplittableRandom random;
  private final List<FeedId> feeds;
  private final List<Said> recent = new ArrayList<>();
  private Optional<MessageId> rootOfNext = Optional.empty();

  FixtureContents(SplittableRandom random, List<FeedId> feeds) {
    this.random = random;
    this.feeds = feeds;
  }

  /** A post that was written can be answered and liked. */
  void written(ClassicMessage message) {
    if (message.content() instanceof JsObject content
        && content.string("type").equals(Optional.of("post"))) {
      Said said = new Said(message.id(), rootOfNext.orElse(message.id()));
      if (recent.size() < RECENT_MAX) {
        recent.add(said);
      } else {
        recent.set(random.nextInt(RECENT_MAX), said);
      }
    }
  }

  JsValue name(FeedId author, int number) {
    return about(author, Optional.of(word() + " " + number), Optional.empty());
  }

  JsValue some(FeedId author) {
    int dice = random.nextInt(100);
    if (dice < 43 && !recent.isEmpty()) {
      return ContentWriter.write(
          new Content.Vote(anyPost().id(), dice == 0 ? 0 : 1, Optional.of("Like")));
    } else if (dice < 68) {
      return post();
    } else if (dice < 80) {
      return sealed();
    } else if (dice < 89) {
      boolean blocks = dice == 80 && random.nextInt(10) == 0;
      return ContentWriter.write(
          new Content.Contact(anyFeed(), Optional.of(!blocks), Optional.of(blocks)));
    } else if (dice < 98) {
      return other();
    }
    return about(author, Optional.empty(), Optional.of(text(20)));
  }

  private static JsValue about(FeedId author, Optional<String> name, Optional<String> description) {
    return ContentWriter.write(
        new Content.About(author.toString(), name, Optional.empty(), description));
  }

  private JsValue post() {
    Optional<Said> answered =
        random.nextBoolean() && !recent.isEmpty() ? Optional.of(anyPost()) : Optional.empty();
    rootOfNext = answered.map(Said::root);
    List<Content.Mention> mentions =
        random.nextInt(8) == 0
            ? List.of(new Content.Mention(anyFeed().toString(), Optional.of(word())))
            : List.of();
    return ContentWriter.write(
        new Content.Post(
            text(20 + random.nextInt(230)),
            rootOfNext,
            answered.map(Said::id).stream().toList(),
            Optional.empty(),
            mentions,
            List.of(),
            random.nextInt(10) == 0 ? Optional.of("#" + word()) : Optional.empty(),
            random.nextInt(40) == 0 ? Optional.of("about " + word()) : Optional.empty()));
  }

  private JsValue sealed() {
    byte[] noise = new byte[3 * (100 + random.nextInt(300))];
    random.nextBytes(noise);
    return new JsString(Bytes.wrap(noise).base64() + ".box");
  }

  private JsValue other() {
    return JsObject.EMPTY
        .with("type", TYPES.get(random.nextInt(TYPES.size())))
        .with("title", text(6))
        .with("weight", new JsNumber(random.nextInt(1000) / 8.0))
        .with("tags", new JsArray(List.of(new JsString(word()), new JsString(word()))));
  }

  private Said anyPost() {
    return recent.get(random.nextInt(recent.size()));
  }

  private FeedId anyFeed() {
    return feeds.get(random.nextInt(feeds.size()));
  }

  private String word() {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  private String text(int words) {
    StringBuilder text = new StringBuilder(word());
    for (int i = 1; i < words; i++) {
      text.append(i % 17 == 0 ? "\n\n" : " ").append(word());
    }
    return text.toString();
  }
}
