package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.skep.testkit.peers.SsbPeer;
import tools.jackson.databind.JsonNode;

/**
 * What Ana does with Skep and Ben with a real program, and how the other's program comes to show
 * it: by its own words, under its own id, as the right person's.
 */
final class BothWays {
  /** More than any buffer on the way, and less than the 5 MiB that everybody takes. */
  private static final int LARGE_BYTES = 3 << 20;

  /** A side that gives some 3 MB. */
  private static final int LARGE_PIXELS = 2_048;

  private static final int FACE_PIXELS = 600;

  private final SsbPeer ben;
  private final SkepProcess skep;
  private final PhoneApp phone;
  private final String ana;

  /** Tells one round's words, pictures and people from another's. */
  private final String when;

  private final long seed;
  private final String anasNewcomer = "@" + Meeting.randomKey() + ".ed25519";
  private final String bensNewcomer = "@" + Meeting.randomKey() + ".ed25519";

  BothWays(SsbPeer ben, SkepProcess skep, String ana, String when) {
    this.ben = ben;
    this.skep = skep;
    this.phone = skep.phone();
    this.ana = ana;
    this.when = when;
    this.seed = when.hashCode();
  }

  /** A post as either side names it. */
  private record Post(String key, JsonNode status) {
    String id() {
      return status.get("id").asString();
    }
  }

  void doEverything() throws Exception {
    Post anas = anaPosts();
    Post bens = benPosts();
    anaReplies(bens);
    benReplies(anas);
    anaLikes(bens);
    benLikes(anas);
    anaFollows();
    benFollows();
    anaChoosesAPicture();
    benChoosesAPicture();
    anaShowsALargePicture();
    benShowsALargePicture();
    anaBlocks();
    benBlocks();
  }

  private Post anaPosts() throws Exception {
    String text = "Ana's post, " + when;
    JsonNode status = phone.say(text);
    JsonNode message = atBen(text).orElseThrow();
    assertEquals(ana, message.at("/value/author").asString());
    String key = message.get("key").asString();
    assertEquals(key, PhoneApp.faceOf(phone.status(status.get("id").asString())));
    return new Post(key, status);
  }

  private Post benPosts() throws Exception {
    String text = "Ben's post, " + when;
    return new Post(ben.publish(text), atSkep(text));
  }

  private void anaReplies(Post bens) throws Exception {
    String text = "Ana's reply, " + when;
    phone.reply(text, bens.status());
    JsonNode content = atBen(text).orElseThrow().at("/value/content");
    assertEquals(bens.key(), content.get("root").asString());
    assertEquals(List.of(bens.key()), texts(content.get("branch")));
  }

  private void benReplies(Post anas) throws Exception {
    String text = "Ben's reply, " + when;
    String key = ben.reply(text, anas.key());
    JsonNode status = atSkep(text);
    assertEquals(anas.id(), status.get("in_reply_to_id").asString());
    assertEquals(key, PhoneApp.faceOf(status));
  }

  private void anaLikes(Post bens) throws Exception {
    phone.like(bens.status());
    await(
        "Ana's like at " + ben.name(),
        () -> ben.contents(ana, "vote").stream().map(vote -> vote.get("vote")).toList(),
        votes -> votes.stream().anyMatch(vote -> isLike(vote, bens.key())));
  }

  private static boolean isLike(JsonNode vote, String of) {
    return vote.get("link").asString().equals(of) && vote.get("value").asInt() == 1;
  }

  private void benLikes(Post anas) throws Exception {
    ben.like(anas.key());
    await(
        "Ben's like at Skep",
        () -> phone.status(anas.id()).get("favourites_count").asInt(),
        count -> count == 1);
  }

  private void anaFollows() throws Exception {
    phone.follow(List.of(anasNewcomer));
    await(
        "Ana's follow at " + ben.name(),
        () -> ben.knowsFollow(ana, anasNewcomer),
        Boolean::booleanValue);
  }

  private void benFollows() throws Exception {
    ben.follow(bensNewcomer);
    await(
        "Ben's follow at Skep",
        () -> phone.followedBy(ben.id()),
        people -> people.contains(bensNewcomer));
    assertEquals("friends_friend", phone.standing(bensNewcomer));
  }

  private void anaChoosesAPicture() throws Exception {
    byte[] shown = phone.choosePicture(Noise.picture(FACE_PIXELS, "png", seed));
    String blobId = Noise.blobId(shown);
    await("Ana's picture at " + ben.name(), () -> ben.imageOf(ana), blobId::equals);
    benFetches(shown);
  }

  private void benChoosesAPicture() throws Exception {
    byte[] face = Noise.picture(FACE_PIXELS, "jpg", seed + 1);
    ben.choosePicture(ben.addBlob(face));
    await(
        "Ben's picture at Skep",
        () -> phone.person(ben.id()).get("avatar").asString(),
        avatar -> avatar.endsWith("/blob/" + Noise.hash(face)));
    skepFetches(face);
  }

  private void anaShowsALargePicture() throws Exception {
    String text = "Ana's picture, " + when;
    JsonNode media = phone.uploadPicture(Noise.picture(LARGE_PIXELS, "jpg", seed));
    String address = media.get("url").asString();
    byte[] shown = phone.shownBlob(address.substring(address.lastIndexOf('/') + 1)).orElseThrow();
    assertTrue(shown.length > 3_000_000, () -> shown.length + " bytes");
    phone.postPicture(text, media);
    String blobId = Noise.blobId(shown);
    JsonNode content = atBen(text + "\n\n![](" + blobId + ")").orElseThrow().at("/value/content");
    assertEquals(blobId, content.at("/mentions/0/link").asString());
    benFetches(shown);
  }

  private void benShowsALargePicture() throws Exception {
    byte[] picture = Noise.file(LARGE_BYTES, seed);
    String text = "Ben's picture, " + when;
    String key = ben.show(text, ben.addBlob(picture), picture.length);
    JsonNode status = atSkep(text);
    assertEquals(key, PhoneApp.faceOf(status));
    String address = status.at("/media_attachments/0/url").asString();
    assertTrue(address.endsWith("/blob/" + Noise.hash(picture)), address);
    skepFetches(picture);
  }

  private void anaBlocks() throws Exception {
    skep.must("block", "--tell", anasNewcomer);
    await(
        "Ana's block at " + ben.name(),
        () -> ben.knowsBlock(ana, anasNewcomer),
        Boolean::booleanValue);
  }

  /** Ben alone speaks for the newcomer: whom he blocks is near nobody any more. */
  private void benBlocks() throws Exception {
    ben.block(bensNewcomer);
    await("Ben's block at Skep", () -> phone.standing(bensNewcomer), "stranger"::equals);
    JsonNode last = phone.entries(ben.id()).getLast().get("content");
    assertEquals(bensNewcomer, last.get("contact").asString());
    assertTrue(last.get("blocking").asBoolean(), last::toString);
  }

  /** The message with these words as Ben's program has it. */
  private Optional<JsonNode> atBen(String text) throws Exception {
    return await(
        "“" + text + "” at " + ben.name(), () -> ben.message(ana, text), Optional::isPresent);
  }

  /** Ben's post as Skep shows it. */
  private JsonNode atSkep(String text) throws Exception {
    JsonNode status =
        await("“" + text + "” at Skep", () -> phone.post(text), Optional::isPresent).orElseThrow();
    assertEquals(ben.id(), PhoneApp.faceOf(status.get("account")));
    return status;
  }

  private void benFetches(byte[] content) throws Exception {
    String blobId = Noise.blobId(content);
    ben.wantBlob(blobId);
    assertArrayEquals(content, ben.blob(blobId));
  }

  private void skepFetches(byte[] content) throws Exception {
    Optional<byte[]> shown =
        await("the blob at Skep", () -> phone.shownBlob(Noise.hash(content)), Optional::isPresent);
    assertArrayEquals(content, shown.orElseThrow());
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asString).toList();
  }

  private static <T> T await(String what, Callable<T> question, Predicate<? super T> condition)
      throws Exception {
    return Await.until(what, Meeting.PATIENCE, question, condition);
  }
}
