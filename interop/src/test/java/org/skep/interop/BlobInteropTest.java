package org.skep.interop;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures and files between Skep and the unmodified programs. */
@Tag("scuttlebutt")
class BlobInteropTest {
  /** More than any buffer on the way, and less than the 5 MiB that everybody takes. */
  private static final int LARGE_BYTES = 3 << 20;

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
}
