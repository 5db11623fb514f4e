package org.skep.interop;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skep.testkit.peers.NpmFolder;
import org.skep.testkit.peers.SsbPeer;

/** Skep between several unmodified ssb-db2 stacks that all have what it wants. */
@Tag("scuttlebutt")
class SeveralPeersInteropTest {
  @TempDir Path folder;
  private final String key = Meeting.randomKey();

  private SsbPeer peer(String name) throws Exception {
    return SsbPeer.start(NpmFolder.peer(), folder.resolve(name), key);
  }

  @Test
  void aFeedIsAskedOfOneOfThemAndOfAnotherWhenThatOneEnds() throws Exception {
    try (SsbPeer cid = peer("cid");
        SsbPeer one = peer("one");
        SsbPeer two = peer("two");
        SkepProcess skep =
            SkepProcess.start(folder.resolve("skep"), "Ana", Map.of("SKEP_SSB_NETWORK_KEY", key))) {
      String ana = skep.feedId();
      cid.publish("first");
      for (SsbPeer between : List.of(one, two)) {
        between.request(cid.id());
        cid.request(between.id());
        between.connect(cid.address());
      }
      reads(one, cid.id(), List.of("first"));
      reads(two, cid.id(), List.of("first"));
      skep.must("follow", cid.id());
      skep.must("connect", one.address());
      skep.must("connect", two.address());
      skepReads(skep, cid.id(), "first");

      Await.until(
          "one of the two is asked",
          Meeting.PATIENCE,
          () -> asked(cid, ana, one, two),
          asked -> asked.equals(List.of(true, false)) || asked.equals(List.of(false, true)));
      boolean first = one.isAskedFor(cid.id(), ana);
      cid.publish("while both are there");
      skepReads(skep, cid.id(), "first", "while both are there");

      (first ? one : two).close();
      SsbPeer left = first ? two : one;
      Await.until(
          "the other is asked",
          Meeting.PATIENCE,
          () -> left.isAskedFor(cid.id(), ana),
          Boolean::booleanValue);
      cid.publish("when one is gone");
      skepReads(skep, cid.id(), "first", "while both are there", "when one is gone");
    }
  }

  private static List<Boolean> asked(SsbPeer author, String by, SsbPeer... peers) {
    return Stream.of(peers)
        .map(peer -> {
          try {
            return peer.isAskedFor(author.id(), by);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        })
        .toList();
  }

  private static void reads(SsbPeer peer, String feedId, List<String> texts) throws Exception {
    Await.until(
        "Cid's posts at " + peer.name(), Meeting.PATIENCE, () -> peer.posts(feedId), texts::equals);
  }

  private static void skepReads(SkepProcess skep, String feedId, String... texts) throws Exception {
    List<String> sorted = Stream.of(texts).sorted().toList();
    Await.until(
        "Cid's posts at Skep",
        Meeting.PATIENCE,
        () -> skep.postsBy(feedId).stream().sorted().toList(),
        sorted::equals);
  }
}
