package org.skep.app.cli;

import java.util.List;
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
import org.skep.wire.json.JsObject;

/** Somebody elsewhere on Scuttlebutt, and what she writes. */
final class Ssb {
  final FeedId feed;
  private final ClassicAuthor pen;
  private FeedState state = FeedState.EMPTY;

  Ssb(String name) {
    this(name, SignCap.NONE);
  }

  Ssb(String name, SignCap cap) {
    Bytes secret = Digests.sha256(Bytes.ofUtf8(name));
    this.feed = new FeedId(Ed25519.publicKey(secret));
    this.pen = new ClassicAuthor(feed, text -> Ed25519.sign(secret, text), cap);
  }

  /** A line of a file for each text. */
  List<String> saysAll(String... texts) {
    return Stream.of(texts).map(this::says).toList();
  }

  private String says(String text) {
    JsObject post = JsObject.EMPTY.with("type", "post").with("text", text);
    return switch (pen.write(state, 1e12, post)) {
      case ClassicCodec.Refused(String reason) -> throw new AssertionError(reason);
      case ClassicCodec.Parsed(ClassicMessage message) -> {
        state = new FeedState.Head(message.id(), message.sequence());
        yield message.text().utf8();
      }
    };
  }
}
