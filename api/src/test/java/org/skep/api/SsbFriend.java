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

/** Somebody elsewhere, usually one whom Ana follows; her messages arrive at the node one by one. */
final class SsbFriend {
  private final SmallNode node;
  private final Bytes secret;
  private final FeedId feed;
  private final ClassicAuthor pen;
  private FeedState state = FeedState.EMPTY;

  static SsbFriend of(SmallNode node) throws IOException, InterruptedException {
    SsbFriend friend = new SsbFriend(node, "a friend");
    String name = URLEncoder.encode(friend.feedId(), StandardCharsets.UTF_8);
    String id = node.get(node.ana, "/api/v1/accounts/lookup?acct=" + name).path("id").asString();
    node.post(node.ana, "/api/v1/accounts/" + id + "/follow", Map.of());
    return friend;
  }

  /** Somebody whose secret file is brought along to the node, and who writes elsewhere, too. */
  static SsbFriend withSecretFile(SmallNode node) {
    return new SsbFriend(node, "one at two places");
  }

  private SsbFriend(SmallNode node, String seed) {
    this.node = node;
    this.secret = Digests.sha256(Bytes.ofUtf8(seed));
    this.feed = new FeedId(Ed25519.publicKey(secret));
    this.pen = new ClassicAuthor(feed, text -> Ed25519.sign(secret, text), SignCap.NONE);
  }

  String secretFile() {
    Bytes both = Bytes.concat(secret, feed.key().bytes());
    return "{\"private\":\"" + both.base64() + ".ed25519\"}";
  }

  String feedId() {
    return feed.toString();
  }

  static String blobId(Hash blob) {
    return new BlobId(blob).toString();
  }

  void posts(String text) {
    writes(JsObject.EMPTY.with("type", "post").with("text", text));
  }

  /** Writes two entries of which only the second arrives. */
  void postsWithAGap(String text) {
    written(JsObject.EMPTY.with("type", "post").with("text", "what never comes"));
    assertInstanceOf(
        Verdict.Deferred.class,
        comes(written(JsObject.EMPTY.with("type", "post").with("text", text))));
  }

  /** Another entry than the last one comes for the same place. */
  void forks(String text) {
    FeedState before = state;
    RawItem kept = written(JsObject.EMPTY.with("type", "post").with("text", text));
    FeedState after = state;
    state = before;
    RawItem other = written(JsObject.EMPTY.with("type", "post").with("text", "not " + text));
    state = after;
    assertInstanceOf(Verdict.Accepted.class, comes(kept));
    assertInstanceOf(Verdict.Rejected.class, comes(other));
  }

  void shows(Hash picture) {
    writes(
        JsObject.EMPTY
            .with("type", "about")
            .with("about", feedId())
            .with("image", blobId(picture)));
  }

  /** Writes anything at all, and says what the message is called. */
  String writes(JsObject content) {
    return writes(node.clock.wallMillis(), content);
  }

  /**
   * @param claimedMillis when she says that it is
   */
  String writes(long claimedMillis, JsObject content) {
    assertInstanceOf(Verdict.Accepted.class, comes(written(claimedMillis, content)));
    return ((FeedState.Head) state).id().toString();
  }

  private RawItem written(JsObject content) {
    return written(node.clock.wallMillis(), content);
  }

  private RawItem written(long claimedMillis, JsObject content) {
    ClassicCodec.Parsed written =
        assertInstanceOf(
            ClassicCodec.Parsed.class, pen.write(state, (double) claimedMillis, content));
    state = new FeedState.Head(written.message().id(), written.message().sequence());
    return new RawItem(ScuttlebuttNetwork.ID, written.message().text());
  }

  private Verdict comes(RawItem item) {
    try {
      return node.engine.inbox().offer(List.of(item), new Origin("a friend", Lane.LIVE)).getFirst();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
