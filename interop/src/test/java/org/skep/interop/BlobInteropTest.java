package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Pictures and files between Skep and the unmodified programs. */
@Tag("scuttlebutt")
class BlobInteropTest {
  /** More than any buffer on the way, and less than the 5 MiB that everybody takes. */
  private static final int LARGE_BYTES = 3 << 20;

  /** A side that gives some 3 MB. */
  private static final int NOISY_PIXELS = 2_048;

  @TempDir Path folder;
  private final String key = Meeting.randomKey();

  /** Noise that begins as a PNG file does, so that it counts as a picture. */
  private static byte[] large(long seed) {
    byte[] content = new byte[LARGE_BYTES];
    new Random(seed).nextBytes(content);
    byte[] head = HexFormat.of().parseHex("89504e470d0a1a0a");
    System.arraycopy(head, 0, content, 0, head.length);
    return content;
  }

  private static String hash(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }

  private SkepProcess skep() throws Exception {
    return SkepProcess.start(folder.resolve("skep"), "Ana", Map.of("SKEP_SSB_NETWORK_KEY", key));
  }

  private static void shows(SsbPeer peer, String text, String blobId, int size) throws Exception {
    peer.create(
        Map.of(
            "type",
            "post",
            "text",
            text + "\n\n![noise](" + blobId + ")",
            "mentions",
            List.of(Map.of("link", blobId, "name", "noise", "type", "image/png", "size", size))));
  }

  private static void comes(SkepProcess skep, byte[] content) throws Exception {
    String hash = hash(content);
    Optional<byte[]> shown =
        Await.until(
            "the blob at Skep", Meeting.PATIENCE, () -> skep.shownBlob(hash), Optional::isPresent);
    assertArrayEquals(content, shown.orElseThrow());
  }

  private void skepFetchesFrom(SsbPeer peer) throws Exception {
    byte[] before = large(1);
    byte[] face = Arrays.copyOf(large(2), 40_000);
    shows(peer, "shown before", peer.addBlob(before), before.length);
    peer.create(
        Map.of("type", "about", "about", peer.id(), "image", Map.of("link", peer.addBlob(face))));
    try (SkepProcess skep = skep()) {
      skep.must("follow", peer.id());
      skep.must("connect", peer.address());
      comes(skep, before);
      comes(skep, face);

      byte[] live = large(3);
      String liveId = peer.addBlob(live);
      shows(peer, "shown live", liveId, live.length);
      comes(skep, live);
      assertEquals(
          "&" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hash(live))) + ".sha256",
          liveId);
    }
  }

  @Test
  void whatAFriendOnSsbDb2ShowsComes() throws Exception {
    try (SsbPeer peer = SsbPeer.start(NpmFolder.peer(), folder.resolve("peer"), key)) {
      skepFetchesFrom(peer);
    }
  }

  @Test
  void whatAFriendOnSsbServerShowsComes() throws Exception {
    try (SsbPeer peer = SsbPeer.startClassic(folder.resolve("peer"), key)) {
      skepFetchesFrom(peer);
    }
  }

  /** A picture that nothing makes much smaller. */
  private static byte[] noisyJpeg(int side) throws IOException {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(4);
    for (int x = 0; x < side; x++) {
      for (int y = 0; y < side; y++) {
        image.setRGB(x, y, random.nextInt());
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", out);
    return out.toByteArray();
  }

  /** The peer wants what a post of Ana's shows, as its own page would. */
  private void peerFetchesFromSkep(SsbPeer peer, Asking asking) throws Exception {
    try (SkepProcess skep = skep()) {
      String ana = skep.feedId();
      peer.publish("hello");
      asking.asks(ana);
      skep.must("follow", peer.id());
      skep.must("connect", peer.address());
      JsonNode media = skep.uploadPicture(noisyJpeg(NOISY_PIXELS));
      skep.postPicture("look", media);
      String address = media.get("url").asString();
      String hash = address.substring(address.lastIndexOf('/') + 1);
      byte[] shown = skep.shownBlob(hash).orElseThrow();
      assertTrue(shown.length > 3_000_000, () -> shown.length + " bytes");
      String blobId =
          "&" + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hash)) + ".sha256";
      String below = "look\n\n![](" + blobId + ")";
      Await.until(
          "Ana's post at " + peer.name(),
          Meeting.PATIENCE,
          () -> peer.posts(ana),
          List.of(below)::equals);
      peer.wantBlob(blobId);
      assertArrayEquals(shown, peer.blob(blobId));
    }
  }

  private interface Asking {
    void asks(String feedId) throws Exception;
  }

  @Test
  void aFriendOnSsbDb2FetchesWhatSkepShows() throws Exception {
    try (SsbPeer peer = SsbPeer.start(NpmFolder.peer(), folder.resolve("peer"), key)) {
      peerFetchesFromSkep(peer, peer::request);
    }
  }

  @Test
  void aFriendOnSsbServerFetchesWhatSkepShows() throws Exception {
    try (SsbPeer peer = SsbPeer.startClassic(folder.resolve("peer"), key)) {
      peerFetchesFromSkep(peer, peer::follow);
    }
  }
}
