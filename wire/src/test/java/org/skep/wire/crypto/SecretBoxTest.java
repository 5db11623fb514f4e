package org.skep.wire.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.skep.kernel.Bytes;

/** The vector of NaCl's {@code tests/secretbox.c} (public domain), without its 16 zero bytes. */
class SecretBoxTest {
  private static final Bytes KEY =
      Bytes.ofHex("1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389");
  private static final Bytes NONCE =
      Bytes.ofHex("69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37");
  private static final Bytes PLAIN =
      Bytes.ofHex(
          "be075fc53c81f2d5cf141316ebeb0c7b5228c52a4c62cbd44b66849b64244ffc"
              + "e5ecbaaf33bd751a1ac728d45e6c61296cdc3c01233561f41db66cce314adb31"
              + "0e3be8250c46f06dceea3a7fa1348057e2f6556ad6b1318a024a838f21af1fde"
              + "048977eb48f59ffd4924ca1c60902e52f0a089bc76897040e082f93776384864"
              + "5e0705");
  private static final Bytes BOX =
      Bytes.ofHex(
          "f3ffc7703f9400e52a7dfb4b3d3305d9"
              + "8e993b9f48681273c29650ba32fc76ce48332ea7164d96a4476fb8c531a1186a"
              + "c0dfc17c98dce87b4da7f011ec48c97271d2c20f9b928fe2270d6fb863d51738"
              + "b48eeee314a7cc8ab932164548e526ae90224368517acfeabd6bb3732bc0e9da"
              + "99832b61ca01b6de56244a9e88d5f9b37973f622a43d14a6599b1f654cb45a74"
              + "e355a5");

  @Test
  void theBoxIsThatOfNacl() {
    assertEquals(BOX, SecretBox.seal(KEY, NONCE, PLAIN));
    assertEquals(Optional.of(PLAIN), SecretBox.open(KEY, NONCE, BOX));
  }

  @Test
  void whatIsSealedOpensAtEveryLength() {
    for (int length = 0; length <= 200; length++) {
      Bytes plain = Bytes.wrap(new byte[length]);
      Bytes box = SecretBox.seal(KEY, NONCE, plain);
      assertEquals(SecretBox.MAC_BYTES + length, box.length());
      assertEquals(Optional.of(plain), SecretBox.open(KEY, NONCE, box));
    }
  }

  @Test
  void aChangedByteAnywhereIsNoticed() {
    for (int i = 0; i < BOX.length(); i++) {
      assertEquals(Optional.empty(), SecretBox.open(KEY, NONCE, changed(BOX, i)), "byte " + i);
    }
    assertEquals(Optional.empty(), SecretBox.open(changed(KEY, 0), NONCE, BOX));
    assertEquals(Optional.empty(), SecretBox.open(KEY, changed(NONCE, 0), BOX));
    assertEquals(Optional.empty(), SecretBox.open(KEY, changed(NONCE, 23), BOX));
  }

  @Test
  void aBoxThatIsCutShortDoesNotOpen() {
    for (int length = 0; length < BOX.length(); length++) {
      assertEquals(Optional.empty(), SecretBox.open(KEY, NONCE, BOX.slice(0, length)));
    }
  }

  private static Bytes changed(Bytes bytes, int index) {
    byte[] array = bytes.toArray();
    array[index] ^= 1;
    return Bytes.wrap(array);
  }
}
