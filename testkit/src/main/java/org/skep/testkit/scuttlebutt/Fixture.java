package org.skep.testkit.scuttlebutt;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.skep.kernel.Bytes;
import org.skep.networks.scuttlebutt.message.ClassicAuthor;
import org.skep.networks.scuttlebutt.message.ClassicCodec;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.FeedState;
import org.skep.networks.scuttlebutt.message.SignCap;
import org.skep.wire.crypto.Digests;
import org.skep.wire.crypto.Ed25519;
import org.skep.wire.json.JsValue;

/**
 * The messages of some authors over five years, in the order in which they were written. Few write
 * much and many write little, as on the real network; what they write is said by {@link
 * FixtureContents}. Any thread.
 *
 * @param seed another seed is another network
 * @param messages how many, at least as many as authors
 * @param authors at least 2
 */
public record Fixture(long seed, int messages, int authors) {
  /** 2015-01-01T00:00:00Z. */
  private static final long BEGIN_MILLIS = 1_420_070_400_000L;

  private static final long SPAN_MILLIS = 5L * 365 * 24 * 3600 * 1000;

  public Fixture {
    if (authors < 2 || messages < authors) {
      throw new IllegalArgumentException(
          "a fixture has two authors or more, and a message of each: " + authors + ", " + messages);
    }
  }

  /** The feeds, the most talkative first. */
  public List<FeedId> feeds() {
    return IntStream.range(0, authors)
        .mapToObj(rank -> new FeedId(Ed25519.publicKey(secret(rank))))
        .toList();
  }

  private Bytes secret(int rank) {
    return Digests.sha256(Bytes.ofUtf8("fixture " + seed + " author " + rank));
  }

  /** The messages, made one by one as they are asked for. */
  public Stream<ClassicMessage> stream() {
    Writing writing = new Writing();
    return IntStream.range(0, messages).mapToObj(writing::next);
  }

  /** One author as far as she has written. */
  private static final class Author {
    private final FeedId feed;
    private final ClassicAuthor pen;
    private FeedState state = FeedState.EMPTY;

    Author(Bytes secret) {
      this.feed = new FeedId(Ed25519.publicKey(secret));
      this.pen = new ClassicAuthor(feed, text -> Ed25519.sign(secret, text), SignCap.NONE);
    }

    ClassicMessage write(double timestampMillis, JsValue content) {
      return switch (pen.write(state, timestampMillis, content)) {
        case ClassicCodec.Refused(String reason) ->
            throw new IllegalStateException("the fixture wrote a bad message: " + reason);
        case ClassicCodec.Parsed(ClassicMessage message) -> {
          state = new FeedState.Head(message.id(), message.sequence());
          yield message;
        }
      };
    }
  }

  private final class Writing {
    private final SplittableRandom random = new SplittableRandom(seed);
    private final List<Author> people = new ArrayList<>();
    private final double[] upTo = new double[authors];
    private final FixtureContents contents;

    Writing() {
      double sum = 0;
      for (int rank = 0; rank < authors; rank++) {
        people.add(new Author(secret(rank)));
        // Of 500 the first writes some 4 % and the middle one 0.1 %.
        sum += Math.pow(rank + 2, -0.75);
        upTo[rank] = sum;
      }
      this.contents = new FixtureContents(random, people.stream().map(of -> of.feed).toList());
    }

    ClassicMessage next(int index) {
      // Everybody says her name first, in turn, before anybody is chosen by chance.
      Author author = index < authors ? people.get(index) : people.get(chosen());
      JsValue content =
          index < authors ? contents.name(author.feed, index) : contents.some(author.feed);
      ClassicMessage message = author.write(timestamp(index), content);
      contents.written(message);
      return message;
    }

    private int chosen() {
      double at = random.nextDouble() * upTo[authors - 1];
      int rank = 0;
      while (upTo[rank] < at) {
        rank++;
      }
      return rank;
    }

    /** Mostly whole and growing; some programs wrote fractions, and some clocks go wrong. */
    private double timestamp(int index) {
      double due = BEGIN_MILLIS + (double) SPAN_MILLIS * index / messages;
      return switch (random.nextInt(200)) {
        case 0 -> Math.rint(due) + 0.25;
        case 1 -> Math.rint(due) - 86_400_000;
        default -> Math.rint(due);
      };
    }
  }
}
