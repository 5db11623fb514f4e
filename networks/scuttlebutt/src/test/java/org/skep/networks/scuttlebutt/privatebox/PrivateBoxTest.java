package org.skep.networks.scuttlebutt.privatebox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.skep.kernel.Bytes;
import org.skep.wire.crypto.Digests;
import org.skep.wire.crypto.Ed25519;
import org.skep.wire.crypto.X25519;

class PrivateBoxTest {
  /** Made by private-box 0.3.1 for readers 1 and 2. */
  private static final Bytes RECORDED =
      Bytes.ofHex(
          "8295e6826b5e05bfb3adf57b007d2b99306a25093ef7a1c83e5fdae0b6ed4048bae7399e506097fc60a8fd2fb4"
              + "b8cb5d856af0ca6fe08e1e92010c1e3022062750d6ccdc87f79b10e220c82072f856e11b68c7c3d32f1c"
              + "fe928ebe744d5b8785a5cc8c45c76123f514abb1b837dac7f4dc825b5d68009c6e888fe6eb706d17f454"
              + "b8a7eaefd928232611e76ec7ef7c7326e40f22a8776628a8a82af6a6493d6283eabfa656b8f18e3dc8f1"
              + "c97620ecf2ecbd791c63948daf3eedb983907b086005fa1e991e2040f9f48c");

  private static final Bytes WORDS = Bytes.ofUtf8("{\"type\":\"post\",\"text\":\"for two\"}");

  private static Bytes seed(int reader) {
    return Digests.sha256(Bytes.ofUtf8("reader " + reader));
  }

  private static Bytes publicKey(int reader) {
    return Ed25519.x25519Public(Ed25519.publicKey(seed(reader))).orElseThrow();
  }

  private static Optional<Bytes> open(Bytes box, int reader) {
    Bytes secret = Ed25519.x25519Secret(seed(reader));
    return PrivateBox.open(box, theirs -> X25519.agree(secret, theirs));
  }

  private static Optional<Bytes> read(Bytes box, int reader) {
    return open(box, reader).flatMap(key -> PrivateBox.read(box, key));
  }

  private static PrivateBox.Fresh fresh() {
    return new PrivateBox.Fresh(
        Bytes.wrap(new byte[24]),
        Digests.sha256(Bytes.ofUtf8("content")),
        Digests.sha256(Bytes.ofUtf8("one time")));
  }

  private static PrivateBox.Boxed sealed(int readers) {
    return PrivateBox.seal(
            WORDS,
            IntStream.rangeClosed(1, readers).mapToObj(PrivateBoxTest::publicKey).toList(),
            fresh())
        .orElseThrow();
  }

  @Test
  void whatOtherProgramsSealedIsRead() {
    assertEquals(Optional.of(WORDS), read(RECORDED, 1));
    assertEquals(Optional.of(WORDS), read(RECORDED, 2));
  }

  @Test
  void whoIsNoReaderCanNotOpen() {
    assertEquals(Optional.empty(), open(RECORDED, 3));
    assertEquals(Optional.empty(), open(sealed(7).box(), 8));
  }

  @Test
  void oneToSevenReadIt() {
    for (int readers = 1; readers <= PrivateBox.READERS_MAX; readers++) {
      PrivateBox.Boxed boxed = sealed(readers);
      assertEquals(56 + 49 * readers + 16 + WORDS.length(), boxed.box().length());
      for (int reader = 1; reader <= readers; reader++) {
        assertEquals(Optional.of(boxed.key()), open(boxed.box(), reader));
        assertEquals(Optional.of(WORDS), read(boxed.box(), reader));
      }
    }
  }

  @Test
  void neitherNobodyNorACrowdIsWrittenTo() {
    assertThrows(IllegalArgumentException.class, () -> sealed(0));
    assertThrows(IllegalArgumentException.class, () -> sealed(8));
  }

  @Test
  void aReaderWithAKeyOfLowOrderIsRefused() {
    List<Bytes> readers = new ArrayList<>(List.of(publicKey(1)));
    readers.add(Bytes.wrap(new byte[32]));
    assertEquals(Optional.empty(), PrivateBox.seal(WORDS, readers, fresh()));
  }

  @Test
  void aOneTimeKeyOfLowOrderOpensNothing() {
    Bytes box = RECORDED;
    Bytes forged =
        Bytes.concat(box.slice(0, 24), Bytes.wrap(new byte[32]), box.slice(56, box.length()));
    assertEquals(Optional.empty(), open(forged, 1));
  }

  @Test
  void whatWasCutOrTouchedIsNotRead() {
    Bytes key = open(RECORDED, 1).orElseThrow();
    for (int length = 0; length < RECORDED.length(); length++) {
      Bytes cut = RECORDED.slice(0, length);
      assertEquals(Optional.empty(), PrivateBox.read(cut, key), "cut at " + length);
      assertEquals(Optional.empty(), open(cut, 1).flatMap(found -> PrivateBox.read(cut, found)));
    }
    byte[] touched = RECORDED.toArray();
    touched[touched.length - 1] ^= 1;
    assertEquals(Optional.empty(), read(Bytes.wrap(touched), 1));
  }

  /** The number of slots stands inside the slot: its writer may have lied. */
  @Test
  void aCountThatPointsPastTheEndReadsNothing() {
    Bytes key = Bytes.concat(Bytes.wrap(new byte[] {(byte) 255}), fresh().contentKey());
    assertEquals(Optional.empty(), PrivateBox.read(sealed(1).box(), key));
    assertEquals(Optional.empty(), PrivateBox.read(sealed(1).box(), Bytes.EMPTY));
  }
}
