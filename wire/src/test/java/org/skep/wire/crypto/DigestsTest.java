package org.skep.wire.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.skep.kernel.Bytes;

class DigestsTest {
  private static final Bytes ABC = Bytes.ofUtf8("abc");

  /** FIPS 180-4, examples of one block. */
  @Test
  void sha2IsThatOfTheStandard() {
    assertEquals(
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        Digests.sha256(ABC).hex());
    assertEquals(
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
            + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        Digests.sha512(ABC).hex());
  }

  /** The reference implementation's words over nothing and over three letters. */
  @Test
  void blake3IsThatOfItsAuthors() {
    assertEquals(
        "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262",
        Digests.blake3(Bytes.EMPTY).hex());
    assertEquals(
        "6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85",
        Digests.blake3(ABC).hex());
  }

  /** RFC 4231, test cases 1 and 2 for HMAC-SHA-512, cut to 32 bytes; keys filled up with zeros. */
  @Test
  void authIsTheFirstHalfOfTheHmac() {
    assertEquals(
        "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde",
        Digests.auth(key("0b".repeat(20)), Bytes.ofUtf8("Hi There")).hex());
    assertEquals(
        "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554",
        Digests.auth(key(Bytes.ofUtf8("Jefe").hex()), Bytes.ofUtf8("what do ya want for nothing?"))
            .hex());
  }

  private static Bytes key(String hex) {
    return Bytes.ofHex(hex + "0".repeat(64 - hex.length()));
  }
}
