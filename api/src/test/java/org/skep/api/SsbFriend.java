package org.skep.api;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.skep.kernel.Bytes;
import org.skep.kernel.Hash;
import org.skep.kernel.Lane;
import org.skep.kernel.Origin;
import org.skep.kernel.RawItem;
import org.skep.kernel.Verdict;
import org.skep.networks.scuttlebutt.ScuttlebuttNetwork;
import org.skep.networks.scuttlebutt.message.BlobId;
import org.skep.networks.scuttlebutt.message.ClassicAuthor;
import org.skep.networks.scuttlebutt.message.ClassicCodec;
import org.skep.networks.scuttlebutt.message.FeedId;
import org.skep.networks.scuttlebutt.message.FeedState;
import org.skep.networks.scuttlebutt.message.SignCap;
import org.skep.wire.crypto.Digests;
import org.skep.wire.crypto.Ed25519;
import org.skep.wire.json.JsObject;

/** Somebody elsewhere whom Ana follows; her messages arrive at the node one by one. */
final class SsbFriend {
  private final SmallNode node;
  private final FeedId feed;
  private final ClassicAuthor pen;
  private FeedState state = FeedState.EMPTY;

  static SsbFriend of(SmallNode node) throws IOException, InterruptedException {
    SsbFriend friend = new SsbFriend(node);
    String name = URLEncoder.encode(friend.feedId(), StandardCharsets.UTF_8);
    String id = node.get(node.ana, "/api/v1/accounts/lookup?acct=" + name).path("id").asString();
    node.post(node.ana, "/api/v1/accounts/" + id + "/follow", Map.of());
    return friend;
  }

  private SsbFriend(SmallNode node) {
    Bytes secret = Digests.sha256(Bytes.ofUtf8("a friend"));
    this.node = node;
    this.feed = new FeedId(Ed25519.publicKey(secret));
    this.pen = new ClassicAuthor(feed, text -> Ed25519.sign(secret, text), SignCap.NONE);
  }

  String feedId() {
    return feed.toString();
  }

  static String blobId(Hash blob) {
    return new BlobId(blob).toString();
  }

  void posts(String text) throws InterruptedException {
    writes(JsObject.EMPTY.with("type", "post").with("text", text));
  }

  void shows(Hash picture) throws InterruptedException {
    writes(
        JsObject.EMPTY
            .with("type", "about")
            .with("about", feedId())
            .with("image", blobId(picture)));
  }

  private void writes(JsObject content) throws InterruptedException {
    ClassicCodec.Parsed written =
        assertInstanceOf(
            ClassicCodec.Parsed.class, pen.write(state, (double) node.clock.wallMillis(), content));
    state = new FeedState.Head(written.message().id(), written.message().sequence());
    List<Verdict> verdicts =
        node.engine
            .inbox()
            .offer(
                List.of(new RawItem(ScuttlebuttNetwork.ID, written.message().text())),
                new Origin("a friend", Lane.LIVE));
    assertInstanceOf(Verdict.Accepted.class, verdicts.getFirst());
  }
}
