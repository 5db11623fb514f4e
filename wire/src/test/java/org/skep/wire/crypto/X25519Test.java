package org.skep.wire.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skep.kernel.Bytes;

/** RFC 7748, sections 5.2 and 6.1. */
class X25519Test {
  private static final Bytes NINE = Bytes.ofHex("09" + "00".repeat(31));

  private static Bytes agreed(String secret, String theirs) {
    return X25519.agree(Bytes.ofHex(secret), Bytes.ofHex(theirs)).orElseThrow();
  }

  @Test
  void twoSidesAgreeOnTheSecretOfTheRfc() {
    String alice = "77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a";
    String alices = "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a";
    String bob = "5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb";
    String bobs = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f";
    String shared = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742";
    assertEquals(alices, X25519.publicKey(Bytes.ofHex(alice)).hex());
    assertEquals(bobs, X25519.publicKey(Bytes.ofHex(bob)).hex());
    assertEquals(shared, agreed(alice, bobs).hex());
    assertEquals(shared, agreed(bob, alices).hex());
  }

  @Test
  void secretsAreClampedAndTheTopBitOfAKeyIsIgnored() {
    assertEquals(
        "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552",
        agreed(
                "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
                "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c")
            .hex());
    assertEquals(
        "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957",
        agreed(
                "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
                "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493")
            .hex());
  }

  @Test
  void aThousandRoundsEndWhereTheRfcSays() {
    Bytes k = NINE;
    Bytes u = NINE;
    for (int i = 0; i < 1000; i++) {
      Bytes next = X25519.agree(k, u).orElseThrow();
      u = k;
      k = next;
    }
    assertEquals("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51", k.hex());
  }

  @Test
  void aKeyOfLowOrderGivesNoSecret() {
    for (String lowOrder :
        new String[] {
          "00".repeat(32),
          "01" + "00".repeat(31),
          "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
          "ec" + "ff".repeat(30) + "7f",
          "ed" + "ff".repeat(30) + "7f"
        }) {
      assertEquals(Optional.empty(), X25519.agree(NINE, Bytes.ofHex(lowOrder)), lowOrder);
    }
  }

  @Test
  void aKeyOfAnotherLengthGivesNoSecret() {
    assertEquals(Optional.empty(), X25519.agree(NINE, NINE.slice(0, 31)));
    assertEquals(Optional.empty(), X25519.agree(NINE, Bytes.concat(NINE, NINE)));
  }
}
