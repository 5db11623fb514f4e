package org.skep.testkit;

import org.skep.kernel.Bytes;
import org.skep.networks.scuttlebutt.message.ClassicAuthor;
import org.skep.networks.scuttlebutt.message.ClassicCodec;
import org.skep.networks.scuttlebutt.message.ClassicMessage;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.FeedState;
import org.skep.networks.scuttlebutt.message.SignCap;
import org.skep.wire.crypto.Ed25519;
import org.skep.wire.json.JsObject;
import org.skep.wire.json.JsonException;
import org.skep.wire.json.JsonLimits;
import org.skep.wire.json.JsonParser;

/** Somebody who signs whatever she is told to. */
final class Pen {
  private final Bytes seed;
  final FeedId feed;
  private FeedState state = FeedState.EMPTY;

  Pen(int number) {
    this.seed = Bytes.ofHex("%02x".formatted(number).repeat(32));
    this.feed = new FeedId(Ed25519.publicKey(seed));
  }

  /** The next message of her feed; {@code '} stands for a quote. */
  ClassicMessage writes(double timestampMillis, String content) {
    ClassicMessage message = draws(timestampMillis, content);
    state = new FeedState.Head(message.id(), message.sequence());
    return message;
  }

  /** The same without going on from there. */
  ClassicMessage draws(double timestampMillis, String content) {
    ClassicAuthor author = new ClassicAuthor(feed, text -> Ed25519.sign(seed, text), SignCap.NONE);
    return switch (author.write(state, timestampMillis, json(content))) {
      case ClassicCodec.Parsed(ClassicMessage message) -> message;
      case ClassicCodec.Refused(String reason) -> throw new AssertionError(reason);
    };
  }

  private static JsObject json(String content) {
    try {
      return (JsObject) JsonParser.parse(content.replace('\'', '"'), new JsonLimits(9000, 128));
    } catch (JsonException e) {
      throw new AssertionError(e);
    }
  }
}
