package org.skep.wire.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.skep.kernel.Bytes;
import org.skep.kernel.PublicKey;

/** RFC 8032, section 7.1, and the map to X25519 keys. */
class Ed25519Test {
  private static final Bytes SEED = Bytes.ofHex("01".repeat(32));
  private static final Bytes MESSAGE = Bytes.ofUtf8("a message");

  /** TEST 1, 2, 3 and SHA(abc). */
  @ParameterizedTest
  @CsvSource({
    "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
        + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,"
        + "'',"
        + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e3970"
        + "1cf9b46bd25bf5f0595bbe24655141438e7a100b",
    "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
        + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,"
        + "72,"
        + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613"
        + "d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
        + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,"
        + "af82,"
        + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760"
        + "984dc6594a7c15e9716ed28dc027beceea1ec40a",
    "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42,"
        + "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf,"
        + "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23"
        + "a3feebbd454d4423643ce80e2a9ac94fa54ca49f,"
        + "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c6"
        + "6431e0303dca179c138ac17ad9bef1177331a704"
  })
  void keysAndSignaturesAreThoseOfTheRfc(
      String seed, String key, String message, String signature) {
    PublicKey expected = new PublicKey(Bytes.ofHex(key));
    assertEquals(expected, Ed25519.publicKey(Bytes.ofHex(seed)));
    assertEquals(Bytes.ofHex(signature), Ed25519.sign(Bytes.ofHex(seed), Bytes.ofHex(message)));
    assertTrue(Ed25519.verify(expected, Bytes.ofHex(message), Bytes.ofHex(signature)));
    assertTrue(StrictEd25519.verify(expected, Bytes.ofHex(message), Bytes.ofHex(signature)));
  }

  @Test
  void aChangedBitOfKeyMessageOrSignatureIsNoticed() {
    Bytes key = Ed25519.publicKey(SEED).bytes();
    Bytes signature = Ed25519.sign(SEED, MESSAGE);
    for (int bit = 0; bit < 256; bit++) {
      assertFalse(Ed25519.verify(new PublicKey(flipped(key, bit)), MESSAGE, signature));
      assertFalse(Ed25519.verify(new PublicKey(key), flipped(MESSAGE, bit % 72), signature));
      assertFalse(Ed25519.verify(new PublicKey(key), MESSAGE, flipped(signature, bit)));
      assertFalse(Ed25519.verify(new PublicKey(key), MESSAGE, flipped(signature, 256 + bit)));
    }
  }

  @Test
  void aSignatureOfAnotherLengthIsNone() {
    Bytes signature = Ed25519.sign(SEED, MESSAGE);
    PublicKey key = Ed25519.publicKey(SEED);
    assertFalse(Ed25519.verify(key, MESSAGE, signature.slice(0, 63)));
    assertFalse(Ed25519.verify(key, MESSAGE, Bytes.concat(signature, Bytes.ofHex("00"))));
    assertFalse(Ed25519.verify(key, MESSAGE, Bytes.EMPTY));
  }

  /** RFC 8032, section 5.1.7: S is in the range 0 <= S < L, so that nobody can make a second. */
  @Test
  void aSignatureWithTheGroupsOrderAddedIsNone() {
    byte[] signature = Ed25519.sign(SEED, MESSAGE).toArray();
    byte[] order =
        Bytes.ofHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010").toArray();
    int carry = 0;
    for (int i = 0; i < order.length; i++) {
      int sum = (signature[32 + i] & 0xff) + (order[i] & 0xff) + carry;
      signature[32 + i] = (byte) sum;
      carry = sum >> 8;
    }
    assertEquals(0, carry);
    assertFalse(Ed25519.verify(Ed25519.publicKey(SEED), MESSAGE, Bytes.wrap(signature)));
  }

  @Test
  void secretAndPublicHalfMapToOneX25519Pair() {
    for (int i = 0; i < 20; i++) {
      Bytes seed = Digests.sha256(Bytes.ofUtf8("seed " + i));
      assertEquals(
          Optional.of(X25519.publicKey(Ed25519.x25519Secret(seed))),
          Ed25519.x25519Public(Ed25519.publicKey(seed)));
    }
  }

  @Test
  void aKeyOutsideTheGroupHasNoX25519Form() {
    String neutral = "01" + "00".repeat(31);
    String orderEight = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05";
    for (String point : new String[] {neutral, orderEight, "ff".repeat(32)}) {
      assertEquals(
          Optional.empty(), Ed25519.x25519Public(new PublicKey(Bytes.ofHex(point))), point);
    }
  }

  private static Bytes flipped(Bytes bytes, int bit) {
    byte[] changed = bytes.toArray();
    changed[bit / 8] ^= (byte) (1 << (bit % 8));
    return Bytes.wrap(changed);
  }
}
