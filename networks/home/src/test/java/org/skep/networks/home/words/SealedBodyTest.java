package org.skep.networks.home.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.skep.wire.cbor.CborWriter.encodedText;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skep.kernel.Bytes;
import org.skep.wire.cbor.CborWriter;
import org.skep.wire.crypto.Digests;
import org.skep.wire.crypto.SecretBox;

class SealedBodyTest {
  private static final Bytes ACCOUNT_KEY = Digests.sha256(Bytes.ofUtf8("account"));
  private static final Bytes CONTENT_KEY = Digests.sha256(Bytes.ofUtf8("content"));
  private static final Bytes NONCE = Digests.sha256(Bytes.ofUtf8("nonce")).slice(0, 24);
  private static final Bytes WORD = Bytes.ofUtf8("not for everybody");

  private static final SealedBody.Unwrapping ACCOUNT =
      (nonce, wrapped) -> SecretBox.open(ACCOUNT_KEY, nonce, wrapped);

  @Test
  void theAccountKeyGivesTheContentKeyAndThatTheWord() {
    Bytes body = seal(WORD);
    assertTrue(SealedBody.isSealed(body));
    assertEquals(Optional.of(CONTENT_KEY), SealedBody.open(body, ACCOUNT));
    assertEquals(Optional.of(WORD), SealedBody.read(body, CONTENT_KEY));
  }

  @Test
  void anotherKeyOpensNothing() {
    Bytes body = seal(WORD);
    assertEquals(
        Optional.empty(),
        SealedBody.open(body, (nonce, wrapped) -> SecretBox.open(CONTENT_KEY, nonce, wrapped)));
    assertEquals(Optional.empty(), SealedBody.read(body, ACCOUNT_KEY));
  }

  @Test
  void everyTouchedByteIsNoticed() {
    byte[] body = seal(WORD).toArray();
    for (int i = 0; i < body.length; i++) {
      byte[] touched = body.clone();
      touched[i] ^= 1;
      Bytes now = Bytes.wrap(touched);
      boolean opens =
          SealedBody.open(now, ACCOUNT).flatMap(key -> SealedBody.read(now, key)).isPresent();
      assertFalse(opens, "byte " + i);
    }
  }

  @Test
  void wordsOfManyLengthsLookAlike() {
    assertEquals(seal(Bytes.EMPTY).length(), seal(Bytes.wrap(new byte[255])).length());
    assertTrue(seal(Bytes.wrap(new byte[255])).length() < seal(Bytes.wrap(new byte[256])).length());
    for (int length : new int[] {0, 1, 255, 256, 16_383, 16_384, 32_767, 32_768}) {
      Bytes word = Bytes.wrap(new byte[length]);
      assertEquals(Optional.of(word), SealedBody.read(seal(word), CONTENT_KEY));
    }
    assertEquals(256, SealedBody.bucketBytes(1));
    assertEquals(256, SealedBody.bucketBytes(256));
    assertEquals(512, SealedBody.bucketBytes(257));
    assertEquals(16_384, SealedBody.bucketBytes(8_193));
    assertEquals(32_768, SealedBody.bucketBytes(16_385));
    assertEquals(49_152, SealedBody.bucketBytes(32_769));
  }

  @Test
  void theLongestWordFitsIntoABody() {
    Bytes longest = Bytes.wrap(new byte[SealedBody.WORD_BYTES_MAX]);
    Bytes body = seal(longest);
    assertTrue(body.length() <= 1 << 20, () -> body.length() + " bytes");
    assertEquals(Optional.of(longest), SealedBody.read(body, CONTENT_KEY));
    Bytes over = Bytes.wrap(new byte[SealedBody.WORD_BYTES_MAX + 1]);
    assertThrows(IllegalArgumentException.class, () -> seal(over));
  }

  @Test
  void aLaterSchemeIsSealedButNotOurs() {
    Bytes later =
        new CborWriter()
            .map(
                Map.of(
                    "scheme", encodedText("device-slots-1"),
                    "slots", new CborWriter().array(0).toBytes()))
            .toBytes();
    assertTrue(SealedBody.isSealed(later));
    assertEquals(Optional.empty(), SealedBody.open(later, ACCOUNT));
    assertEquals(Optional.empty(), SealedBody.read(later, CONTENT_KEY));
  }

  @Test
  void aPlainWordIsNotSealed() {
    Bytes plain = WordCodec.encode(new Word.DescribeWord("name", "Ana"));
    for (Bytes body : List.of(plain, Bytes.EMPTY, Bytes.ofHex("a0"), Bytes.ofHex("ff"))) {
      assertFalse(SealedBody.isSealed(body));
      assertEquals(Optional.empty(), SealedBody.open(body, ACCOUNT));
      assertEquals(Optional.empty(), SealedBody.read(body, CONTENT_KEY));
    }
  }

  private static Bytes seal(Bytes word) {
    return SealedBody.seal(
        word, CONTENT_KEY, NONCE, key -> SecretBox.seal(ACCOUNT_KEY, NONCE, key));
  }
}
